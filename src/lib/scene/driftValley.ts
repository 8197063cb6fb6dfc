/**
 * Client drift with two clients and one number: f_i(x) = a_i / 2 (x - b_i)^2, each doing K local steps of size
 * eta. One round of FedAvg is x' = b_i + (1 - eta a_i)^K (x - b_i), averaged, so its rest point weighs each b_i with
 * c_i = 1 - (1 - eta a_i)^K instead of a_i: away from the optimum of the sum as soon as K > 1 and the a_i differ.
 */

export interface Valley {
	/** Curvatures and lowest places of the two clients, equally weighted. */
	curvatures: readonly number[];
	minima: readonly number[];
}

/** A flat valley at 0 and a steep one at 1; their sum is lowest at 0.8. */
export const twoValleys: Valley = { curvatures: [1, 4], minima: [0, 1] };

export interface LocalWork {
	learningRate: number;
	/** Local steps of a round, from 1. */
	numSteps: number;
}

/** Where the sum of all clients is lowest. */
export function optimum({ curvatures, minima }: Valley): number {
	return weightedMean(curvatures, minima);
}

/** Each client's way through its local steps, from x; entry 0 is x. */
export function localPaths(
	{ curvatures, minima }: Valley,
	x: number,
	{ learningRate, numSteps }: LocalWork
): number[][] {
	return curvatures.map((curvature, i) => {
		const path = [x];
		for (let step = 0; step < numSteps; step++) {
			const at = path[step];
			path.push(at - learningRate * curvature * (at - minima[i]));
		}
		return path;
	});
}

/** The server's x before the first round and after each, [numRounds + 1]. */
export function federatedPath(
	valley: Valley,
	start: number,
	work: LocalWork,
	numRounds: number
): number[] {
	const path = [start];
	for (let round = 0; round < numRounds; round++) {
		const ends = localPaths(valley, path[round], work).map((local) => local[work.numSteps]);
		path.push(ends.reduce((sum, end) => sum + end, 0) / ends.length);
	}
	return path;
}

/** Where federated averaging comes to rest, in closed form. */
export function restingPoint({ curvatures, minima }: Valley, work: LocalWork): number {
	const pulls = curvatures.map((a) => 1 - (1 - work.learningRate * a) ** work.numSteps);
	return weightedMean(pulls, minima);
}

function weightedMean(weights: readonly number[], values: readonly number[]): number {
	const total = weights.reduce((sum, weight) => sum + weight, 0);
	return weights.reduce((sum, weight, i) => sum + weight * values[i], 0) / total;
}
