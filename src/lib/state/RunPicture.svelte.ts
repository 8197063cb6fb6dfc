/** What a run has come to, as the page shows it: the fold of its events, at most once an animation frame. */
import type { RunEvent } from '../federated/events';
import { advanceRecords, noRecords, type RunRecords } from '../scene/runRecords';
import { advanceSnapshot, emptySnapshot, type RunSnapshot } from '../scene/runSnapshot';
import { FrameBatch, type FrameClock } from './frameBatch';

interface Picture {
	snapshot: RunSnapshot;
	records: RunRecords;
}

const empty: Picture = { snapshot: emptySnapshot, records: noRecords };

export class RunPicture {
	readonly #batch: FrameBatch<RunEvent>;
	/** Ahead of what is shown until the next frame: in a hidden tab, until it is back. */
	#latest: Picture = empty;
	#snapshot = $state.raw<RunSnapshot>(emptySnapshot);
	#records = $state.raw<RunRecords>(noRecords);

	/** Without `hasRecords` it keeps no records of rounds. */
	constructor(hasRecords: boolean, clock?: FrameClock) {
		const take = (events: RunEvent[]) => {
			const { snapshot, records } = this.#latest;
			this.#latest = {
				snapshot: advanceSnapshot(snapshot, events),
				records: hasRecords ? advanceRecords(records, events) : records
			};
		};
		this.#batch = new FrameBatch({ take, show: () => this.#show() }, clock);
	}

	/** As shown. */
	get snapshot(): RunSnapshot {
		return this.#snapshot;
	}

	/** Every round so far, as shown. */
	get records(): RunRecords {
		return this.#records;
	}

	/** Is shown with the next frame. */
	add(event: RunEvent): void {
		this.#batch.push(event);
	}

	/** Shows everything, now. */
	flush(): void {
		this.#batch.flush();
	}

	/** Forgets the run, and what was still to be shown of it. */
	clear(): void {
		this.#batch.clear();
		this.#latest = empty;
		this.#show();
	}

	/** Shows nothing more. */
	stop(): void {
		this.#batch.clear();
	}

	#show(): void {
		this.#snapshot = this.#latest.snapshot;
		this.#records = this.#latest.records;
	}
}
