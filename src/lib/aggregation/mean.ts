/**
 * The weighted mean of updates: sum_k w_k delta_k / sum_k w_k
 * (McMahan et al. 2017, arXiv 1602.05629, Algorithm 1, with w_k = n_k).
 * A mean is composed of two sums, so that a secure sum can take their place.
 */
import { addScaledInPlace, divideInPlace } from '../math/vector';

export interface WeightedUpdate {
	/** Local minus global parameters, [numParams]. */
	delta: Float32Array;
	/** At least 0. */
	clientWeight: number;
}

/** A weighted sum that grows while updates arrive. */
export interface GrowingSum {
	/** The update of a client, or null for one that will not come. */
	offer(clientId: number, update: WeightedUpdate | null): void;
	/** The sum of all that were offered, [numParams]; complete once every client was. */
	total(): Float64Array;
}

/**
 * Adds in the order of `clientIds`, whoever comes first: a sum must not depend on the race.
 * @param sum where it grows, [numParams]; what was in it is lost.
 */
export function createGrowingSum(clientIds: readonly number[], sum: Float64Array): GrowingSum {
	const early = new Map<number, WeightedUpdate | null>();
	let numDone = 0;
	sum.fill(0);
	return {
		offer(clientId, update) {
			early.set(clientId, update);
			for (;;) {
				const next = early.get(clientIds[numDone]);
				if (next === undefined) return;
				early.delete(clientIds[numDone++]);
				if (next) addScaledInPlace(sum, next.clientWeight, next.delta);
			}
		},
		total: () => sum
	};
}

/** Sums in double precision, in the order given. */
export function weightedSum(updates: readonly WeightedUpdate[], numParams: number): Float64Array {
	const sum = new Float64Array(numParams);
	for (const { delta, clientWeight } of updates) addScaledInPlace(sum, clientWeight, delta);
	return sum;
}

/**
 * Sum to mean, [numParams], in the place of the sum; null where there is no weight behind it, so that the model stays
 * as it is.
 */
export function meanOf(sum: Float64Array, weight: number): Float64Array | null {
	if (!(weight > 0)) return null;
	divideInPlace(sum, weight);
	return sum;
}
