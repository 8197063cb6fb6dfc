/** A Node thread that trains cohorts again and tells how long each took. */
import { parentPort, workerData } from 'node:worker_threads';
import type { RunConfig } from '../../lib/federated/config';
import { createTraining, type Cohort } from './training';

/** Cohorts to train one after the other, all from the same model. */
export interface TrainingTask {
	cohorts: readonly Cohort[];
	params: Float32Array;
}

const port = parentPort!;
const train = await createTraining(workerData as RunConfig);
port.on('message', async ({ cohorts, params }: TrainingTask) => {
	const durationsMs: number[] = [];
	for (const cohort of cohorts) durationsMs.push(await train(cohort, params));
	port.postMessage(durationsMs);
});
