/**
 * Every round of a run as the stage plays it: the fold of its events. Objects are replaced, never changed, so a
 * round looks the same whenever it is looked at.
 */
import type { RunConfig } from '../federated/config';
import type { RunEvent } from '../federated/events';
import { advanceRound, openRound } from './advanceRound';
import { phasesEndedBy, phasesOf } from './phases';
import { bareRecord, RECORD_BUDGET_BYTES, recordBytes, thinRecord } from './recordMemory';
import type { LayerHistogram, NumberPicture, Phase, RoundRecord } from './roundRecord';

export interface RunRecords {
	/** Null before the run has told what it runs with. */
	config: RunConfig | null;
	/** Training examples of each client, by id. */
	numExamples: readonly number[];
	/** Round r stands at r - 1; the last one may be under way. */
	rounds: readonly RoundRecord[];
	/** The model before the first round; empty in runs that nobody observes. */
	initialModel: readonly NumberPicture[];
	initialHistograms: readonly LayerHistogram[];
	/** Bytes that the rounds hold; how many from the first on are thinned, and how many of those are bare. */
	heldBytes: number;
	numThinned: number;
	numBare: number;
}

export const noRecords: RunRecords = {
	config: null,
	numExamples: [],
	rounds: [],
	initialModel: [],
	initialHistograms: [],
	heldBytes: 0,
	numThinned: 0,
	numBare: 0
};

/**
 * The records after these events. When the rounds outgrow the budget, the oldest ones are thinned: their figures
 * stay, their pictures of updates go.
 */
export function advanceRecords(
	before: RunRecords,
	events: readonly RunEvent[],
	budgetBytes = RECORD_BUDGET_BYTES
): RunRecords {
	if (events.length === 0) return before;
	const draft = { ...before, rounds: [...before.rounds] };
	for (const event of events) applyEvent(draft, event, budgetBytes);
	return draft;
}

type Draft = Omit<RunRecords, 'rounds'> & { rounds: RoundRecord[] };

function applyEvent(draft: Draft, event: RunEvent, budgetBytes: number): void {
	if (event.type === 'RunStarted') {
		draft.config = event.config;
		draft.numExamples = event.clients.map((client) => client.numExamples);
		return;
	}
	if (event.type === 'RunCompleted' || !draft.config) return;
	if (event.type === 'ModelObserved' && event.roundNum === 0) {
		draft.initialModel = event.pictures;
		draft.initialHistograms = event.histograms;
		return;
	}
	const at = event.roundNum - 1;
	if (event.type === 'RoundStarted') {
		// A round that failed begins anew, in its old place.
		draft.rounds[at] = openRound(
			event.roundNum,
			modelBefore(draft, at),
			draft.config.secureAggregation
		);
		return;
	}
	const { numExamples } = draft;
	const inRun = phasesOf(draft.config);
	const advanced = advanceRound(draft.rounds[at], event, { numExamples, inRun });
	draft.rounds[at] = reach(advanced, event, inRun);
	if (event.type === 'RoundCompleted') holdWithin(draft, at, budgetBytes);
}

function modelBefore({ rounds, initialModel }: Draft, at: number): readonly NumberPicture[] {
	return at > 0 ? (rounds[at - 1].server.after ?? rounds[at - 1].server.before) : initialModel;
}

/** The phases that the event has completed join the others, in their order. */
function reach(record: RoundRecord, event: RunEvent, inRun: readonly Phase[]): RoundRecord {
	const ended = phasesEndedBy(event);
	if (ended.length === 0) return record;
	const reached = inRun.filter((phase) => ended.includes(phase) || record.reached.includes(phase));
	return { ...record, reached };
}

function holdWithin(draft: Draft, at: number, budgetBytes: number): void {
	draft.heldBytes += recordBytes(draft.rounds[at]);
	while (draft.heldBytes > budgetBytes && draft.numThinned < at) {
		replace(draft, draft.numThinned++, thinRecord);
	}
	while (draft.heldBytes > budgetBytes && draft.numBare < draft.numThinned) {
		replace(draft, draft.numBare++, bareRecord);
	}
}

function replace(draft: Draft, at: number, lighten: (record: RoundRecord) => RoundRecord): void {
	const lighter = lighten(draft.rounds[at]);
	draft.heldBytes += recordBytes(lighter) - recordBytes(draft.rounds[at]);
	draft.rounds[at] = lighter;
}
