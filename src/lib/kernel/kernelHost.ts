/** The page's side of its cells' worker: starts it, runs cells, ends them, and notices when it dies. */
import { findWorkerAssets } from '../workers/browserAssets';
import type { FromKernel, ToKernel } from './messages';

/** A worker as the page holds it. */
export interface KernelPort {
	post(message: ToKernel): void;
	/** Ends it, whatever it does. */
	terminate(): void;
}

export interface KernelListener {
	onmessage: (message: FromKernel) => void;
	/** The worker has ended by itself; one sentence, where the browser says why. */
	ondeath: (reason: string | null) => void;
}

export type SpawnKernel = (listener: KernelListener) => KernelPort;

/** Starts workers whose data are at `dataUrl`, relative to the page or absolute, ending in a slash. */
export function createKernelSpawner(dataUrl: string): SpawnKernel {
	return ({ onmessage, ondeath }) => {
		const worker = new Worker(new URL('./kernel.worker.ts', import.meta.url), {
			type: 'module',
			name: 'cells'
		});
		worker.onmessage = ({ data }: MessageEvent<FromKernel>) => onmessage(data);
		worker.onerror = (event) => {
			event.preventDefault();
			ondeath(event.message || null);
		};
		worker.postMessage({
			type: 'open',
			assets: findWorkerAssets(dataUrl)
		} satisfies ToKernel);
		return {
			post: (message) => worker.postMessage(message),
			terminate: () => worker.terminate()
		};
	};
}
