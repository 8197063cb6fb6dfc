import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { guardKernels } from '../../fixtures/guardedKernels';
import { createSums, worstError } from '../../oracles/windows';

const heap = guardKernels({ mayHold: true });

const size = fc.integer({ min: 1, max: 40 });
const seed = fc.integer({ min: 1, max: 1e6 });

function draw(length: number, from: number): Float32Array {
	const random = randomStream(from, 'init');
	return Float32Array.from({ length }, () => standardNormal(random));
}

interface Product {
	m: number;
	n: number;
	k: number;
	isTransposedA: boolean;
	isTransposedB: boolean;
}

/** One product by plain loops, a and b as they lie in memory. */
function multiply(a: Float32Array, b: Float32Array, product: Product) {
	const { m, n, k, isTransposedA, isTransposedB } = product;
	const sums = createSums(m * n);
	for (let i = 0; i < m; i++) {
		for (let j = 0; j < n; j++) {
			for (let p = 0; p < k; p++) {
				const left = a[isTransposedA ? p * m + i : i * k + p];
				sums.add(i * n + j, left * b[isTransposedB ? j * k + p : p * n + j]);
			}
		}
	}
	return sums;
}

const products = fc.record({
	m: size,
	n: size,
	k: fc.oneof(size, fc.constantFrom(255, 256, 257, 600)),
	isTransposedA: fc.boolean(),
	isTransposedB: fc.boolean()
});

function shapesOf({ m, n, k, isTransposedA, isTransposedB }: Product) {
	return {
		aShape: isTransposedA ? [k, m] : [m, k],
		bShape: isTransposedB ? [n, k] : [k, n]
	};
}

describe('BatchMatMul', () => {
	it('multiplies like plain loops in all four forms', () => {
		fc.assert(
			fc.property(products, seed, (product, from) => {
				const { m, n, k, isTransposedA, isTransposedB } = product;
				const { aShape, bShape } = shapesOf(product);
				const [a, b] = [draw(m * k, from), draw(k * n, from + 1)];
				const actual = tf.tidy(() =>
					tf
						.matMul(tf.tensor(a, aShape), tf.tensor(b, bShape), isTransposedA, isTransposedB)
						.dataSync()
				);
				expect(worstError(actual, multiply(a, b, product))).toBeLessThan(1e-5);
			}),
			{ numRuns: 150 }
		);
	});

	it.each([
		[[3], [3], [0, 1, 2], [0, 1, 2]],
		[[2, 3], [3], [0, 1, 2, 3, 4, 5], [0, 1, 2, 0, 1, 2]],
		[
			[2, 1],
			[1, 3],
			[0, 0, 0, 1, 1, 1],
			[0, 1, 2, 0, 1, 2]
		]
	])('pairs batches %j and %j as broadcasting says', (aBatch, bBatch, aPlaces, bPlaces) => {
		const product = { m: 3, n: 5, k: 4, isTransposedA: false, isTransposedB: true };
		const { aShape, bShape } = shapesOf(product);
		const a = draw(aBatch.reduce((x, y) => x * y) * 12, 1);
		const b = draw(bBatch.reduce((x, y) => x * y) * 20, 2);
		const actual = tf.tidy(() =>
			tf
				.matMul(
					tf.tensor(a, [...aBatch, ...aShape]),
					tf.tensor(b, [...bBatch, ...bShape]),
					false,
					true
				)
				.dataSync()
		);
		expect(actual).toHaveLength(aPlaces.length * 15);
		aPlaces.forEach((place, i) => {
			const left = a.subarray(place * 12, place * 12 + 12);
			const right = b.subarray(bPlaces[i] * 20, bPlaces[i] * 20 + 20);
			const sums = multiply(left, right, product);
			expect(worstError(actual.subarray(i * 15, i * 15 + 15), sums)).toBeLessThan(1e-5);
		});
	});

	it('lets NaN and infinities through as plain loops do', () => {
		const product = { m: 7, n: 9, k: 6, isTransposedA: true, isTransposedB: false };
		const { aShape, bShape } = shapesOf(product);
		const [a, b] = [draw(42, 3), draw(54, 4)];
		a[5] = NaN;
		a[11] = Infinity;
		b[13] = 0;
		b[20] = -Infinity;
		const actual = tf.tidy(() =>
			tf.matMul(tf.tensor(a, aShape), tf.tensor(b, bShape), true).dataSync()
		);
		const { values } = multiply(a, b, product);
		const kind = (value: number) => (Number.isFinite(value) ? 'finite' : String(value));
		expect([...actual].map(kind)).toEqual([...values].map(kind));
		expect(new Set([...values].map(kind)).size).toBeGreaterThan(2);
	});

	it('sees a tensor that was changed in place', () => {
		tf.tidy(() => {
			const wasm = tf.backend() as BackendWasm;
			const a = tf.tensor2d([1, 2], [1, 2]);
			const b = tf.tensor2d([3, 4], [2, 1]);
			expect(tf.matMul(a, b).dataSync()[0]).toBe(11);
			wasm.typedArrayFromHeap(b)[0] = 5;
			expect(tf.matMul(a, b).dataSync()[0]).toBe(13);
		});
	});

	it('refuses what does not fit together', () => {
		const run = (a: tf.Tensor, b: tf.Tensor) =>
			tf.engine().runKernel('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
		expect(() => run(tf.zeros([2, 3]), tf.zeros([4, 2]))).toThrow(/expected inner sizes to agree/);
		expect(() => run(tf.zeros([2, 3], 'int32'), tf.zeros([3, 2]))).toThrow(/expected float32/);
	});

	it('repeats bit by bit', () => {
		const [a, b] = [draw(33 * 300, 5), draw(300 * 37, 6)];
		const run = () =>
			tf.tidy(() => tf.matMul(tf.tensor(a, [33, 300]), tf.tensor(b, [300, 37])).dataSync());
		expect(run()).toEqual(run());
	});
});

describe('_FusedMatMul', () => {
	const activations: Record<string, (x: number) => number> = {
		linear: (x) => x,
		relu: (x) => Math.max(0, x),
		relu6: (x) => Math.min(6, Math.max(0, x)),
		elu: (x) => (x < 0 ? Math.expm1(x) : x),
		sigmoid: (x) => 1 / (1 + Math.exp(-x)),
		leakyrelu: (x) => (x < 0 ? 0.3 * x : x)
	};

	it.each(Object.keys(activations))('adds the bias, then applies %s', (activation) => {
		fc.assert(
			fc.property(products, seed, fc.boolean(), (product, from, hasBias) => {
				const { m, n, k, isTransposedA: transposeA, isTransposedB: transposeB } = product;
				const { aShape, bShape } = shapesOf(product);
				const [a, b, bias] = [draw(m * k, from), draw(k * n, from + 1), draw(n, from + 2)];
				const actual = tf.tidy(() =>
					tf.fused
						.matMul({
							a: tf.tensor(a, aShape),
							b: tf.tensor(b, bShape),
							transposeA,
							transposeB,
							activation: activation as 'relu',
							leakyreluAlpha: 0.3,
							...(hasBias && { bias: tf.tensor1d(bias) })
						})
						.dataSync()
				);
				const { values, magnitudes } = multiply(a, b, product);
				for (let i = 0; i < values.length; i++) {
					const expected = activations[activation](values[i] + (hasBias ? bias[i % n] : 0));
					expect(Math.abs(actual[i] - expected)).toBeLessThan(1e-5 * (1 + magnitudes[i]));
				}
			}),
			{ numRuns: 15 }
		);
	});

	it('applies prelu with a slope for each column', () => {
		const [a, b] = [draw(6 * 5, 7), draw(5 * 3, 8)];
		const slopes = [0.1, 0.5, 2];
		const product = { m: 6, n: 3, k: 5, isTransposedA: false, isTransposedB: false };
		const { values } = multiply(a, b, product);
		const actual = tf.tidy(() =>
			tf.fused
				.matMul({
					a: tf.tensor2d(a, [6, 5]),
					b: tf.tensor2d(b, [5, 3]),
					activation: 'prelu',
					preluActivationWeights: tf.tensor1d(slopes)
				})
				.dataSync()
		);
		values.forEach((value, i) => {
			expect(actual[i]).toBeCloseTo(value < 0 ? slopes[i % 3] * value : value, 4);
		});
	});

	it('lets NaN through relu as tfjs-cpu does, where the stock wasm kernel makes it 0', () => {
		const actual = tf.tidy(() =>
			tf.fused
				.matMul({
					a: tf.tensor2d([
						[NaN, 1],
						[Infinity, 1],
						[-Infinity, 1]
					]),
					b: tf.tensor2d([
						[1, -1],
						[1, 1]
					]),
					activation: 'relu'
				})
				.dataSync()
		);
		expect([...actual]).toEqual([NaN, NaN, Infinity, 0, 0, Infinity]);
	});

	it('leaves nothing behind', () => {
		const inputs = [draw(20, 1), draw(20, 2), draw(5, 3)];
		const run = () =>
			tf.tidy(() => {
				tf.fused.matMul({
					a: tf.tensor2d(inputs[0], [5, 4]),
					b: tf.tensor2d(inputs[1], [4, 5]),
					bias: tf.tensor1d(inputs[2]),
					activation: 'sigmoid'
				});
			});
		run();
		const held = heap().numHeld();
		for (let i = 0; i < 20; i++) run();
		expect(heap().numHeld()).toBe(held);
	});
});
