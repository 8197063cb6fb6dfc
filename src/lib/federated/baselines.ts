/**
 * The two yardsticks of a federation, on the same data, seed and budget.
 * Centralised: SGD over all training digits in one place; in each round it sees as many examples as the
 * federation's clients did. Local-only: sampled clients train alone, each for an equal share of the
 * federation's whole budget.
 */
import { permutation, randomStream, sampleWithoutReplacement } from '../math/random';
import type { RunConfig } from './config';
import { createLocalPlan, cut } from './localPlan';

/** Clients that train alone: enough for a mean, few enough to be measured on all unseen writers. */
export const NUM_LOCAL_ONLY = 30;

/**
 * Positions in the pooled data for the examples numbered `from` to `from + count` of an endless walk
 * through shuffled epochs, cut into batches.
 */
export function centralizedBatches(
	seed: number,
	numPooled: number,
	from: number,
	count: number,
	batchSize: number
): Uint32Array[] {
	const order = new Uint32Array(count);
	for (let filled = 0; filled < count;) {
		const epoch = Math.floor((from + filled) / numPooled);
		const start = (from + filled) % numPooled;
		const shuffled = permutation(numPooled, randomStream(seed, 'centralized', epoch));
		const piece = shuffled.subarray(start, start + count - filled);
		order.set(piece, filled);
		filled += piece.length;
	}
	return cut(order, batchSize);
}

/**
 * Examples of the walk that a round trains on, where each round sees `numExamples` after `numSeen` before it. Batches lie
 * end to end over all rounds, and a round takes those that it completes: cut anew in each, the last might hold a single
 * digit, and one step on it undo twenty rounds just before they are measured.
 */
export function centralizedSpan(
	config: RunConfig,
	numSeen: number,
	numExamples: number
): { from: number; count: number } {
	const { batchSize } = createLocalPlan(config);
	if (!batchSize) return { from: numSeen, count: numExamples };
	const from = numSeen - (numSeen % batchSize);
	const end = numSeen + numExamples;
	return { from, count: end - (end % batchSize) - from };
}

/** Where clients take all they have at once, so does the centre: the round's examples in one step. */
export function centralizedBatchSize(config: RunConfig, numExamplesInRound: number): number {
	const { batchSize, numEpochs } = createLocalPlan(config);
	return batchSize || Math.max(1, Math.round(numExamplesInRound / numEpochs));
}

/** Epochs in a client's equal share of the federation's budget, at least one. */
export function localOnlyEpochs(config: RunConfig, numEligible: number): number {
	const { numEpochs } = createLocalPlan(config);
	const cohortSize = Math.min(config.cohortSize, numEligible);
	return Math.max(1, Math.round((config.rounds * cohortSize * numEpochs) / numEligible));
}

/** The clients that train alone in this round: the sample is spread evenly over all rounds. */
export function localOnlyClients(
	config: RunConfig,
	roundNum: number,
	eligibleIds: readonly number[]
): number[] {
	const count = Math.min(NUM_LOCAL_ONLY, eligibleIds.length);
	const random = randomStream(config.seed, 'localOnly');
	const sampled = sampleWithoutReplacement(eligibleIds.length, count, random);
	const from = Math.floor(((roundNum - 1) * count) / config.rounds);
	const to = Math.floor((roundNum * count) / config.rounds);
	return sampled.slice(from, to).map((position) => eligibleIds[position]);
}
