/** The kernels of `assembly/tensorOps.kernel.ts` on the linear memory of tfjs's wasm backend. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { instantiateWasm } from '../../math/wasmModule';
import { wasmBase64 } from './compiled/tensorOps.kernel.js';

/** Arguments as the assembly documents them: addresses and strides in bytes, sizes in elements. */
type Kernel = (...integers: number[]) => void;

type KernelName =
	| 'multiplyMatrices'
	| 'convolutionFilterGradient'
	| 'convolutionInputGradient'
	| 'depthwiseFilterGradient'
	| 'depthwiseInputGradient'
	| 'averagePoolGradient'
	| 'maxPoolGradient'
	| 'sumSegments';

export type TensorOps = Readonly<Record<KernelName, Kernel>> & {
	/** Bytes that a matrix product wants beside its operands. */
	readonly PRODUCT_SCRATCH_BYTES: WebAssembly.Global<'i32'>;
};

export interface KernelMemory {
	ops: TensorOps;
	/** Where a tensor's numbers are; valid until it is disposed of, also when the memory grows. */
	addressOf(tensor: TensorInfo): number;
	/** Lends a region of tfjs's own heap, aligned to 16 bytes. Throws one sentence if there is no room. */
	withScratch<Result>(numBytes: number, use: (address: number) => Result): Result;
	/** Integers of 32 bits from an address on. */
	writeIntegers(address: number, integers: readonly number[]): void;
}

/** The part of the Emscripten module behind the backend that its types leave out. */
interface WasmHeap {
	asm?: { memory?: WebAssembly.Memory };
	_malloc(numBytes: number): number;
	_free(address: number): void;
}

const memories = new WeakMap<object, KernelMemory>();

/** The kernels on this backend's memory. Throws one sentence if they cannot run there. */
export function kernelMemoryOf(backend: BackendWasm): KernelMemory {
	const known = memories.get(backend);
	if (known) return known;
	const memory = createKernelMemory(backend);
	memories.set(backend, memory);
	return memory;
}

function createKernelMemory(backend: BackendWasm): KernelMemory {
	const heap = backend.wasm as unknown as WasmHeap;
	const memory = heap.asm?.memory;
	if (!(memory instanceof WebAssembly.Memory)) {
		throw new Error('expected to reach the memory of the wasm backend, but this build hides it');
	}
	return {
		ops: instantiateOps(memory),
		addressOf: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
		withScratch(numBytes, use) {
			const address = heap._malloc(numBytes) >>> 0;
			if (address === 0) {
				throw new Error(`expected room for ${numBytes} bytes, but the wasm heap has none left`);
			}
			try {
				return use(address);
			} finally {
				heap._free(address);
			}
		},
		// A fresh view each time: when the memory grows, old views are detached.
		writeIntegers: (address, integers) =>
			new Int32Array(memory.buffer, address, integers.length).set(integers)
	};
}

function instantiateOps(memory: WebAssembly.Memory): TensorOps {
	try {
		return instantiateWasm<TensorOps>(wasmBase64, memory);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new Error(`expected WebAssembly SIMD on an unshared memory, but got: ${reason}`, {
			cause: error
		});
	}
}
