/** The masks of a round, counted as they stand in the sum of what arrived (Bonawitz et al. 2017). */
import type { RoundRecord } from './roundRecord';

export interface MaskCount {
	/** Updates in the sum: each carries one mask of its own sender, beside those of its pairs. */
	numOwn: number;
	/** Clients that share masks with others and whose update never came. */
	numLost: number;
	/** Pairs whose masks are in the sum twice, with + and −; null where nobody observes the run. */
	numWhole: number | null;
	/** Pairs of which only one end is in the sum; null where nobody observes the run. */
	numHalf: number | null;
}

/** All zero until updates have arrived. */
export function countMasks({ stages, pairs }: RoundRecord): MaskCount {
	const inputs = stages.find(({ stage }) => stage === 'maskedInput');
	const arrived = new Set(inputs?.presentIds);
	const numWhole = pairs.filter((pair) => pair.every((id) => arrived.has(id))).length;
	const isSeen = pairs.length > 0;
	return {
		numOwn: arrived.size,
		numLost: inputs?.droppedIds.length ?? 0,
		numWhole: isSeen ? numWhole : null,
		numHalf: isSeen
			? pairs.filter((pair) => pair.some((id) => arrived.has(id))).length - numWhole
			: null
	};
}
