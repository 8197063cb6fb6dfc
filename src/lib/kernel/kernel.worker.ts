/** The worker of a page's cells. Everything is loaded and made at its first message. */
import { createDatasetStore, createHttpReader } from '../data/store';
import '../model/chainedOperations';
import { startBackend } from '../model/backend';
import { createLearner } from '../model/learner';
import { tensorflow } from '../model/tensorflow';
import { breathe } from '../workers/breathe';
import { createInProcessServer } from '../workers/inProcess';
import type { WorkerAssets } from '../workers/workerAssets';
import { createCellRunner, type CellRunner } from './cellRunner';
import type { FromKernel, ToKernel } from './messages';

const port = globalThis as unknown as {
	postMessage(message: FromKernel): void;
	addEventListener(type: string, listen: (event: Event) => void): void;
};
let runner: CellRunner | null = null;

async function open({ dataUrl, wasmUrls }: WorkerAssets): Promise<CellRunner> {
	await startBackend('wasm', wasmUrls).catch(() => startBackend('cpu', wasmUrls));
	const store = createDatasetStore(createHttpReader(dataUrl, (...request) => fetch(...request)));
	return createCellRunner(
		{
			store,
			createLearner: (config) => createLearner(config, wasmUrls),
			createServer: () => createInProcessServer(store, wasmUrls),
			breathe,
			tf: tensorflow
		},
		(message) => port.postMessage(message)
	);
}

async function receive(message: ToKernel): Promise<void> {
	switch (message.type) {
		case 'open':
			try {
				runner = await open(message.assets);
				port.postMessage({ type: 'ready' });
			} catch (error) {
				const sentence = error instanceof Error ? error.message : String(error);
				port.postMessage({ type: 'refused', sentence });
			}
			break;
		case 'run':
			await runner?.run(message.runId, message.cell, message.source);
			break;
		case 'stop':
			runner?.stop();
			break;
		case 'ping':
			port.postMessage({ type: 'pong' });
	}
}

port.addEventListener('message', (event) => void receive((event as MessageEvent<ToKernel>).data));
port.addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	runner?.stray((event as PromiseRejectionEvent).reason);
});
port.addEventListener('error', (event) => {
	event.preventDefault();
	runner?.stray((event as ErrorEvent).error ?? (event as ErrorEvent).message);
});
