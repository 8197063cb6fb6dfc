/**
 * A secure sum of a few updates, start to end, with what lies at the server before it is repaired: the whole
 * protocol of the masking room, on vectors small enough for a lesson.
 */
import { stepOf, type FixedPoint } from '../masking/fixedPoint';
import type { Stage } from '../masking/messages';
import { addUp, sumSecurely } from '../masking/sumSecurely';
import type { StageClosed } from '../masking/wholeAggregation';

export interface DemonstrationOptions {
	seed: number;
	/** Each client's numbers, all of one length, within [-1, 1]. */
	updates: ReadonlyMap<number, Float32Array>;
	/** Clients that fall silent after sharing keys, before they send their numbers. */
	droppedIds: readonly number[];
}

export interface Demonstration {
	/** What each client sent that sent anything, integers modulo 2^32, [length]. */
	masked: ReadonlyMap<number, Uint32Array>;
	/** All of that added up. */
	maskedSum: Uint32Array;
	/** Shares that put a secret together, and clients that are left to give one. */
	threshold: number;
	numLeft: number;
	/** Of the clients that stayed, once every mask is off, in the unit of the updates; null when that failed. */
	sum: Float32Array | null;
	/** Clients whose masks were rebuilt from shares. */
	recoveredIds: readonly number[];
	/** Numbers of the masked and of the unmasked sum that differ from the plain integer sum. */
	numDifferingBefore: number;
	numDifferingAfter: number | null;
	/** Why it failed, one sentence, or null. */
	reason: string | null;
	stages: readonly Pick<StageClosed, 'stage' | 'presentIds' | 'numBytesUp' | 'numBytesDown'>[];
}

const FIXED_POINT: FixedPoint = { range: 1, bits: 20, maxWeight: 1 };

export function demonstrateSecureSum({
	seed,
	updates,
	droppedIds
}: DemonstrationOptions): Demonstration {
	const { plan, encoded, masked, maskedSum, stages, end } = sumSecurely({
		seed,
		updates,
		fixedPoint: FIXED_POINT,
		dropouts: new Map(droppedIds.map((id): [number, Stage] => [id, 'maskedInput']))
	});
	const sent = [...masked.keys()].map((id) => encoded.get(id)!);
	const plain = addUp(sent, maskedSum.length);
	const unmasked = end.type === 'SumUnmasked' ? end : null;
	return {
		masked: new Map([...masked].map(([id, vector]) => [id, vector.subarray(1)])),
		maskedSum: maskedSum.subarray(1),
		threshold: plan.threshold,
		numLeft: masked.size,
		sum: unmasked && toNumbers(unmasked.sum.subarray(1)),
		recoveredIds: unmasked?.recoveredIds ?? [],
		numDifferingBefore: countDiffering(maskedSum, plain),
		numDifferingAfter: unmasked && countDiffering(unmasked.sum, plain),
		reason: end.type === 'AggregationFailed' ? end.reason : null,
		stages
	};
}

/** Of all but the weight, which stands first. */
function countDiffering(a: Uint32Array, b: Uint32Array): number {
	return a.subarray(1).reduce((count, value, i) => count + Number(value !== b[i + 1]), 0);
}

function toNumbers(integers: Uint32Array): Float32Array {
	const step = stepOf(FIXED_POINT);
	return Float32Array.from(integers, (value) => (value | 0) * step);
}
