/** What a figure or a code cell tells its lesson when a run is over. */

export type ReportValue = number | boolean | string;

/** A flat record of computed results, e.g. `{ unseenAccuracy: 0.861, rounds: 10 }`; shares go from 0 to 1. */
export type Report = Readonly<Record<string, ReportValue>>;
