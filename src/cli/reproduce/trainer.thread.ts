/** A Node thread with one trainer: answers each task with its result, handing the updates over. */
import { parentPort, workerData } from 'node:worker_threads';
import { createTrainer, type TrainerSetup, type TrainerTask } from './trainer';

const port = parentPort!;
const trainer = await createTrainer(workerData as TrainerSetup);
port.on('message', async (task: TrainerTask) => {
	const result = await trainer.run(task);
	port.postMessage(
		result,
		result.outputs.map(({ delta }) => delta.buffer as ArrayBuffer)
	);
});
