/** Chooses and starts the tfjs backend of this worker. */
import '@tensorflow/tfjs-backend-cpu';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { TrainingBackend } from '../federated/backendChoice';
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

/** Loaded when asked for: hardly anybody needs them, and they are large. */
const loaders: Partial<Record<TrainingBackend, () => Promise<unknown>>> = {
	webgl: () => import('@tensorflow/tfjs-backend-webgl'),
	webgpu: () => import('@tensorflow/tfjs-backend-webgpu')
};

let hasPaths = false;

/** Starts the backend; later calls with the same name return at once. Throws one sentence if it cannot. */
export async function startBackend(name: TrainingBackend, wasmUrls: WasmUrls): Promise<void> {
	if (tf.getBackend() === name) return;
	if (!hasPaths) {
		// One thread a worker: clients run side by side already, and threaded wasm hangs in some builds.
		tf.enableProdMode();
		tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
		setThreadsCount(1);
		setWasmPaths({ ...wasmUrls });
		hasPaths = true;
	}
	const isStarted = await loadAndStart(name).catch(() => false);
	if (!isStarted) {
		throw new Error(
			`expected the ${name} backend to start, but this machine refused it; try backend=${name === 'wasm' ? 'cpu' : 'wasm'}`
		);
	}
	registerKernels();
}

async function loadAndStart(name: TrainingBackend): Promise<boolean> {
	await loaders[name]?.();
	// Asking for a backend that did not register itself would only warn on the console.
	return tf.findBackendFactory(name) ? tf.setBackend(name) : false;
}
