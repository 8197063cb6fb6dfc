/** One cell, round by round: the engine's cohorts, clients and mean on the paper's federation. */
import { meanOf, weightedSum } from '../../lib/aggregation/mean';
import { sampleCohort } from '../../lib/federated/cohort';
import { serverUpdate } from '../../lib/federated/serverUpdate';
import { NUM_CLIENTS, type Cell } from './cells';
import type { TrainerPool } from './trainerPool';

/** Where a cell stands: everything that its next round depends on besides the settings. */
export interface CellState {
	/** The global model after `accuracies.length` rounds. */
	params: Float32Array;
	/** Test accuracy of each model before it, the untrained one first. */
	accuracies: readonly number[];
}

/** A state whose model has been tested. */
export interface TestedState extends CellState {
	/** Test accuracy of `params`. */
	accuracy: number;
}

/** Clients in a round: max(C K, 1). */
export function cohortSizeOf({ fraction }: Pick<Cell, 'fraction'>): number {
	return Math.max(1, Math.round(fraction * NUM_CLIENTS));
}

/**
 * Yields the model of each round as soon as it is tested, the starting one first. Testing it and training the next
 * round from it are one task, so that no thread waits for another twice a round.
 */
export async function* runCell(
	cell: Cell,
	seed: number,
	start: CellState,
	pool: TrainerPool
): AsyncGenerator<TestedState, never> {
	const everybody = Array.from({ length: NUM_CLIENTS }, (_, id) => id);
	let { params, accuracies } = start;
	for (;;) {
		const roundNum = accuracies.length + 1;
		const clientIds = sampleCohort(seed, roundNum, everybody, cohortSizeOf(cell));
		const { accuracy, outputs } = await pool.run({ roundNum, clientIds, params });
		yield { params, accuracies, accuracy };
		const totalWeight = outputs.reduce((sum, output) => sum + output.clientWeight, 0);
		const delta = meanOf(weightedSum(outputs, params.length), totalWeight);
		if (delta) params = serverUpdate(params, delta, 1);
		accuracies = [...accuracies, accuracy];
	}
}
