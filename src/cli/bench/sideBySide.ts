/** Threads that train side by side and know of no server and of no other thread: as fast as workers could ever be. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RunConfig } from '../../lib/federated/config';
import type { TrainingTask } from './training.thread';

export interface SideBySide {
	/** Each thread trains all cohorts. Milliseconds that each cohort took in each thread. */
	train(task: TrainingTask): Promise<number[]>;
	end(): Promise<void>;
}

export function startSideBySide(config: RunConfig, numThreads: number): SideBySide {
	const threads = Array.from(
		{ length: numThreads },
		() => new Worker(new URL('./thread.mjs', import.meta.url), { workerData: config })
	);
	return {
		async train(task) {
			const durationsMs = await Promise.all(
				threads.map(async (thread) => {
					// Rejects with the error of a thread that fails.
					const answer = once(thread, 'message') as Promise<[number[]]>;
					thread.postMessage(task);
					return (await answer)[0];
				})
			);
			return durationsMs.flat();
		},
		async end() {
			await Promise.all(threads.map((thread) => thread.terminate()));
		}
	};
}
