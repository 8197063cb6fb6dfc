/** The work of clients alone: no server, no message, their digits at hand. What rounds are measured against. */
import { dataFolder } from '../../build/prepareData';
import { createPartition } from '../../lib/data/partition/partition';
import { createDatasetStore } from '../../lib/data/store';
import { clientUpdate } from '../../lib/federated/clientUpdate';
import type { RunConfig } from '../../lib/federated/config';
import { createHostedDigits } from '../../lib/federated/hostedDigits';
import { createLocalPlan } from '../../lib/federated/localPlan';
import { randomStream } from '../../lib/math/random';
import { createLearner } from '../../lib/model/learner';
import { findWasmFiles } from '../../lib/workers/nodeHost';
import { createNodeReader } from '../../lib/workers/nodeReader';
import { durationMs } from './stopwatch';

/** Whom a round trained. */
export interface Cohort {
	roundNum: number;
	clientIds: readonly number[];
}

/** Trains a cohort once more; milliseconds from the model to the last update. */
export type Training = (cohort: Cohort, params: Float32Array) => Promise<number>;

export async function createTraining(config: RunConfig): Promise<Training> {
	const store = createDatasetStore(createNodeReader(dataFolder));
	const digits = createHostedDigits(store, createPartition(await store.index(), config));
	const learner = await createLearner(config, findWasmFiles());
	const plan = createLocalPlan(config);
	return async ({ roundNum, clientIds }, params) => {
		const hands = await Promise.all(clientIds.map(digits.training));
		return durationMs(async () => {
			for (const [i, clientId] of clientIds.entries()) {
				const message = { roundNum, clientId, cohortSize: hands.length, clip: 0, params };
				const random = randomStream(config.seed, 'shuffle', roundNum, clientId);
				const output = await clientUpdate(learner, hands[i], message, plan, random, noBreath);
				learner.reuse?.(output.delta);
			}
		});
	};
}

/** Nobody waits for an answer of this thread. */
async function noBreath(): Promise<void> {}
