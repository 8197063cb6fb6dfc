import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../src/lib/model/backend';
import { registerKernels } from '../../../src/lib/model/kernels/registerKernels';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';
import { createTrial } from './layerTraining';
import { layerTypes } from './layerTypes';

const start = (name: 'wasm' | 'cpu') => startBackend(name, findWasmFiles());

beforeAll(() => start('wasm'));
afterAll(() => start('wasm'));

describe('registerKernels', () => {
	it('is called when the wasm backend starts, and says what is active', () => {
		const kernel = tf.getKernel('Conv2DBackpropFilter', 'wasm');
		expect(kernel).toBeDefined();
		expect(registerKernels().names).toContain('Conv2DBackpropFilter');
		expect(registerKernels().description).toMatch(/^Own SIMD kernels for \d+ operations/);
		expect(tf.getKernel('Conv2DBackpropFilter', 'wasm')).toBe(kernel);
	});

	it('says which backend keeps its stock kernels', async () => {
		await start('cpu');
		expect(registerKernels()).toEqual({
			names: [],
			description: 'Stock kernels: the backend is cpu, not wasm.'
		});
		await start('wasm');
		expect(registerKernels().names).not.toHaveLength(0);
	});

	it('keeps tensors and the wasm heap flat over 1,000 steps', async () => {
		const type = layerTypes.find(({ name }) => name === 'conv2d')!;
		const trial = createTrial(type);
		const optimizer = tf.train.sgd(1e-4);
		const step = () => optimizer.minimize(() => trial.loss(trial.inputs), false, trial.variables);
		for (let i = 0; i < 10; i++) step();
		const heap = (tf.backend() as BackendWasm).wasm as unknown as { HEAPU8: Uint8Array };
		const { numTensors } = tf.memory();
		const numBytes = heap.HEAPU8.byteLength;
		for (let i = 0; i < 1000; i++) step();
		expect(tf.memory().numTensors).toBe(numTensors);
		expect(heap.HEAPU8.byteLength).toBe(numBytes);
		optimizer.dispose();
		trial.dispose();
	});

	it('goes on when the memory has grown', () => {
		const heap = (tf.backend() as BackendWasm).wasm as unknown as { HEAPU8: Uint8Array };
		const before = heap.HEAPU8.byteLength;
		const fill = tf.zeros([before / 4]);
		expect(heap.HEAPU8.byteLength).toBeGreaterThan(before);
		const product = tf.tidy(() => tf.matMul(tf.ones([3, 5]), tf.ones([5, 2])).dataSync());
		expect([...product]).toEqual([5, 5, 5, 5, 5, 5]);
		const dx = tf.tidy(() => {
			const pool = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid').sum();
			return tf
				.grad(pool)(tf.ones([1, 2, 2, 1]))
				.dataSync();
		});
		expect([...dx]).toEqual([1, 0, 0, 0]);
		fill.dispose();
	});
});
