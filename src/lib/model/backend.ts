/** Chooses and starts the tfjs backend of this worker. */
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '../federated/config';
import { registerKernels } from './kernels/registerKernels';

/** Where the three WebAssembly binaries of tfjs are, by file name. */
export type WasmUrls = Readonly<
	Record<
		| 'tfjs-backend-wasm.wasm'
		| 'tfjs-backend-wasm-simd.wasm'
		| 'tfjs-backend-wasm-threaded-simd.wasm',
		string
	>
>;

let hasPaths = false;

/** Starts the backend; later calls with the same name return at once. Throws one sentence if it cannot. */
export async function startBackend(name: RunConfig['backend'], wasmUrls: WasmUrls): Promise<void> {
	if (tf.getBackend() === name) return;
	if (!hasPaths) {
		// One thread a worker: clients run side by side already, and threaded wasm hangs in some builds.
		tf.enableProdMode();
		tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
		setThreadsCount(1);
		setWasmPaths({ ...wasmUrls });
		hasPaths = true;
	}
	const isStarted = await tf.setBackend(name).catch(() => false);
	if (!isStarted) {
		throw new Error(
			`expected the ${name} backend to start, but this machine refused it; try backend=cpu`
		);
	}
	registerKernels();
}
