/**
 * Puts this project's SIMD kernels into tfjs's wasm backend, so that every tfjs model in this thread trains
 * faster, convolutions and embeddings at all. Where they cannot run, the stock kernels stay.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
	backend,
	getBackend,
	getKernel,
	registerKernel,
	unregisterKernel
} from '@tensorflow/tfjs-core';
import { convolutionKernels } from './convolutionKernels';
import { kernelMemoryOf } from './kernelMemory';
import { matrixKernels } from './matrixKernels';
import { poolingKernels } from './poolingKernels';
import { segmentKernels } from './segmentKernels';

export interface KernelReport {
	/** tfjs's names of the kernels that are this project's own; none where the stock kernels stay. */
	names: readonly string[];
	/** One sentence for people: what is active, and why. */
	description: string;
}

const kernels = [...matrixKernels, ...convolutionKernels, ...poolingKernels, ...segmentKernels];
let areRegistered = false;

/** Call it after the wasm backend has started; calling again changes nothing. */
export function registerKernels(): KernelReport {
	const name = getBackend();
	if (name !== 'wasm') {
		return { names: [], description: `Stock kernels: the backend is ${name}, not wasm.` };
	}
	try {
		kernelMemoryOf(backend() as BackendWasm);
	} catch (error) {
		return { names: [], description: `Stock kernels: ${(error as Error).message}.` };
	}
	if (!areRegistered) kernels.forEach(replaceKernel);
	areRegistered = true;
	return {
		names: kernels.map(({ kernelName }) => kernelName),
		description: `Own SIMD kernels for ${kernels.length} operations of tfjs, stock kernels for the others.`
	};
}

function replaceKernel(kernel: (typeof kernels)[number]): void {
	const { kernelName, backendName } = kernel;
	if (getKernel(kernelName, backendName)) unregisterKernel(kernelName, backendName);
	registerKernel(kernel);
}
