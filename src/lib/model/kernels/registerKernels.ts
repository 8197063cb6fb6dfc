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
	unregisterKernel,
	type KernelConfig
} from '@tensorflow/tfjs-core';
import { kernelMemoryOf } from './kernelMemory';
import { matrixKernels } from './matrixKernels';
import { segmentKernels } from './segmentKernels';
import { windowKernels } from './windowKernels';

export interface KernelReport {
	/** tfjs's names of the kernels that are this project's own; none where the stock kernels stay. */
	names: readonly string[];
	/** One sentence for people: what is active, and why. */
	description: string;
}

const kernels = [...matrixKernels, ...windowKernels, ...segmentKernels];
/** What the kernels stand in for, by name: undefined where tfjs has none. */
const stock = new Map<string, KernelConfig | undefined>();

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
	if (stock.size === 0) {
		for (const kernel of kernels) {
			stock.set(kernel.kernelName, getKernel(kernel.kernelName, 'wasm'));
			replaceKernel(kernel.kernelName, kernel);
		}
	}
	return {
		names: kernels.map(({ kernelName }) => kernelName),
		description: `Own SIMD kernels for ${kernels.length} operations of tfjs, stock kernels for the others.`
	};
}

/** Takes them out again, to compare with what tfjs has. */
export function restoreStockKernels(): void {
	stock.forEach((kernel, name) => replaceKernel(name, kernel));
	stock.clear();
}

function replaceKernel(name: string, kernel: KernelConfig | undefined): void {
	if (getKernel(name, 'wasm')) unregisterKernel(name, 'wasm');
	if (kernel) registerKernel(kernel);
}
