/** Several trainers side by side: clients are dealt in turn, test digits in equal parts; results do not depend on it. */
import { Worker } from 'node:worker_threads';
import type { ClientOutput } from '../../lib/federated/records';
import { createLifeline } from '../../lib/workers/lifeline';
import {
	createTrainer,
	type Trainer,
	type TrainerResult,
	type TrainerSetup,
	type TrainerTask
} from './trainer';

export interface TrainerPool {
	/** Tests the model on all test digits and trains the clients from it; outputs in the order of the clients. */
	run(task: TrainerTask): Promise<{ accuracy: number; outputs: ClientOutput[] }>;
	dispose(): void;
}

interface ThreadedTrainer extends Trainer {
	end(): void;
}

/** `numWorkers` threads; 0 works in this one. */
export async function createTrainerPool(
	setup: Omit<TrainerSetup, 'testFrom' | 'testTo'>,
	numWorkers: number
): Promise<TrainerPool> {
	const numTrainers = Math.max(1, numWorkers);
	const numTest = setup.digits.test.labels.length;
	const edge = (i: number) => Math.floor((i * numTest) / numTrainers);
	const trainers = await Promise.all(
		Array.from({ length: numTrainers }, async (_, i): Promise<ThreadedTrainer> => {
			const own = { ...setup, testFrom: edge(i), testTo: edge(i + 1) };
			if (numWorkers > 0) return startThread(own);
			return { ...(await createTrainer(own)), end: () => undefined };
		})
	);

	return {
		async run(task) {
			const results = await Promise.all(
				trainers.map((trainer, i) => {
					const clientIds = task.clientIds.filter((_, place) => place % numTrainers === i);
					return trainer.run({ ...task, clientIds });
				})
			);
			const numCorrect = results.reduce((sum, result) => sum + result.numCorrect, 0);
			const outputs = task.clientIds.map(
				(_, place) => results[place % numTrainers].outputs[Math.floor(place / numTrainers)]
			);
			return { accuracy: numCorrect / numTest, outputs };
		},
		dispose: () => trainers.forEach((trainer) => trainer.end())
	};
}

/** A trainer in a thread; a thread that fails rejects whatever it was asked. */
function startThread(setup: TrainerSetup): ThreadedTrainer {
	const thread = new Worker(new URL('./thread.mjs', import.meta.url), { workerData: setup });
	// Not Promise.race: a promise that never settles would hold on to the result of every round.
	const lifeline = createLifeline();
	thread.on('error', ({ message }) =>
		lifeline.cut(new Error(`A training thread failed: ${message}`))
	);
	thread.on('exit', () => lifeline.cut(new Error('A training thread ended.')));
	return {
		run(task) {
			const answered = new Promise<TrainerResult>((resolve) => thread.once('message', resolve));
			thread.postMessage(task);
			return lifeline.race(answered);
		},
		end: () => void thread.terminate()
	};
}
