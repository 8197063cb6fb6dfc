/** What happens in a round under masks, in past tense: a part of the events of a run. */
import type { Stage } from '../masking/messages';
import type { MaskColumns } from './maskColumns';
import type { UpdateView } from './observation';

/** The worker that played these clients died while they masked; another one brings them to where they were. */
export interface MaskingRetried {
	type: 'MaskingRetried';
	roundNum: number;
	/** Ascending. */
	clientIds: number[];
	/** Their keys were the system's secrets and went with it: they can only drop out. */
	areLost: boolean;
	reason: string;
}

/**
 * Through the glass wall: masks, and what the server holds under them. Before UpdatesMasked, and once more after it where
 * the reader has silenced somebody meanwhile.
 */
export interface MasksObserved {
	type: 'MasksObserved';
	roundNum: number;
	/** Clients that masked their updates to send them, ascending. */
	clients: {
		clientId: number;
		publicKey: string;
		masked: UpdateView;
		/** The numbers of its sample before masking; null where the host told nothing. */
		coded: number[] | null;
	}[];
	/** The pairs that share a mask, and what either end tells of it. */
	masks: MaskColumns;
	/** The masked sum after each arrival, and what it would be without masks. */
	runningSums: UpdateView[];
	plainSums: UpdateView[];
}

/**
 * Masks are on, and nothing has been sent yet: whoever waits here may still silence a client. Tells how maskedInput
 * closes unless somebody does.
 */
export interface UpdatesMasked {
	type: 'UpdatesMasked';
	roundNum: number;
	expected: AggregationStageClosed;
}

/** A stage of secure aggregation is over: who is still there, and what it cost. */
export interface AggregationStageClosed {
	type: 'AggregationStageClosed';
	roundNum: number;
	stage: Stage;
	/** Clients that answered, ascending. */
	presentIds: number[];
	/** Clients that were asked and fell silent, ascending. */
	droppedIds: number[];
	/** Those of them that the reader silenced, outside of the seed. */
	byHandIds: number[];
	numBytesUp: number;
	numBytesDown: number;
	/** The same bytes client by client, ascending. */
	traffic: { clientId: number; numBytesUp: number; numBytesDown: number }[];
}

/** Through the glass wall: the unmasked sum beside the plain sum of the integers. Before SumUnmasked. */
export interface SumObserved {
	type: 'SumObserved';
	roundNum: number;
	numCompared: number;
	/** How many of these numbers are not the same. */
	numDiffering: number;
	/** The unmasked sum, seen as the last of `plainSums` is. */
	unmasked: UpdateView;
}

/** All masks are off the sum; no single update was ever without. */
export interface SumUnmasked {
	type: 'SumUnmasked';
	roundNum: number;
	/** Clients whose updates are in the sum. */
	survivorIds: number[];
	/** Clients that dropped out after sharing keys, whose masks were rebuilt from shares. */
	recoveredIds: number[];
}

/** Too few clients were left: the sum stays masked and the model as it was. */
export interface AggregationFailed {
	type: 'AggregationFailed';
	roundNum: number;
	stage: Stage;
	/** One sentence for people. */
	reason: string;
}
