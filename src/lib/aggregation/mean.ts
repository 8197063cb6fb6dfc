/**
 * The weighted mean of updates: sum_k w_k delta_k / sum_k w_k
 * (McMahan et al. 2017, arXiv 1602.05629, Algorithm 1, with w_k = n_k).
 * A mean is composed of two sums, so that a secure sum can take their place.
 */

export interface WeightedUpdate {
	/** Local minus global parameters, [numParams]. */
	delta: Float32Array;
	/** At least 0. */
	clientWeight: number;
}

/** Sums in double precision, in the order given. */
export function weightedSum(updates: readonly WeightedUpdate[], numParams: number): Float64Array {
	const sum = new Float64Array(numParams);
	for (const { delta, clientWeight } of updates) {
		for (let i = 0; i < numParams; i++) sum[i] += clientWeight * delta[i];
	}
	return sum;
}

/** Sum to mean, [numParams]; null where there is no weight behind it, so that the model stays as it is. */
export function meanOf(sum: Float64Array, weight: number): Float64Array | null {
	if (!(weight > 0)) return null;
	const mean = new Float64Array(sum.length);
	for (let i = 0; i < sum.length; i++) mean[i] = sum[i] / weight;
	return mean;
}
