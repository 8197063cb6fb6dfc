import * as tf from '@tensorflow/tfjs';
import { setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { beforeAll, expect, it } from 'vitest';
import { registerKernels } from '../../../src/lib/model/kernels/registerKernels';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';

interface Heap {
	asm: unknown;
}

beforeAll(async () => {
	setWasmPaths({ ...findWasmFiles() });
	tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	await tf.setBackend('wasm');
});

it('keeps the stock kernels and says why while the memory cannot be reached', () => {
	const heap = (tf.backend() as BackendWasm).wasm as unknown as Heap;
	const { asm } = heap;
	const stock = tf.getKernel('BatchMatMul', 'wasm');

	heap.asm = {};
	expect(registerKernels()).toEqual({
		names: [],
		description:
			'Stock kernels: expected to reach the memory of the wasm backend, but this build hides it.'
	});

	// What a threaded build has: a memory that this project's kernels do not import.
	heap.asm = { memory: new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }) };
	expect(registerKernels().names).toEqual([]);
	expect(registerKernels().description).toMatch(/^Stock kernels: expected .*SIMD.*unshared memory/);
	expect(tf.getKernel('BatchMatMul', 'wasm')).toBe(stock);

	heap.asm = asm;
	expect(registerKernels().names).toContain('BatchMatMul');
	expect(tf.getKernel('BatchMatMul', 'wasm')).not.toBe(stock);
});
