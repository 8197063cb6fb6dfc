import * as tf from '@tensorflow/tfjs';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { startBackend } from '../../../src/lib/model/backend';
import { registerKernels } from '../../../src/lib/model/kernels/registerKernels';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';
import { guardHeap, type GuardedHeap } from '../../fixtures/guardedHeap';
import {
	createSums,
	outputSize,
	visitTaps,
	worstError,
	type WindowProblem
} from '../../oracles/windows';

let heap: GuardedHeap;
beforeAll(async () => {
	await startBackend('wasm', findWasmFiles());
	registerKernels();
});
beforeEach(() => {
	heap = guardHeap(tf.backend() as BackendWasm);
});
afterEach(() => {
	expect(heap.numStrayed()).toBe(0);
	expect(heap.numHeld()).toBe(0);
	heap.restore();
});

const side = fc.integer({ min: 1, max: 14 });
const pair = (max: number) =>
	fc.tuple(fc.integer({ min: 1, max }), fc.integer({ min: 1, max })) as fc.Arbitrary<
		[number, number]
	>;

/** Random windows that fit at least once. */
function problems(maxDilation: number): fc.Arbitrary<WindowProblem> {
	return fc
		.record({
			input: fc.tuple(
				fc.integer({ min: 1, max: 3 }),
				fc.oneof(side, fc.constant(40)),
				side,
				fc.integer({ min: 1, max: 11 })
			),
			window: pair(5),
			strides: pair(3),
			dilations: pair(maxDilation),
			pad: fc.constantFrom('same' as const, 'valid' as const)
		})
		.map((problem) =>
			// tfjs allows strides or dilations above one, not both.
			Math.max(...problem.dilations) > 1 ? { ...problem, strides: [1, 1] as const } : problem
		)
		.filter((problem) => outputSize(problem).every((length) => length > 0));
}

const outChannels = fc.integer({ min: 1, max: 19 });
const seed = fc.integer({ min: 1, max: 1e6 });

function draw(shape: readonly number[], from: number): { values: Float32Array; shape: number[] } {
	const random = randomStream(from, 'init');
	const length = shape.reduce((a, b) => a * b, 1);
	return {
		values: Float32Array.from({ length }, () => standardNormal(random)),
		shape: [...shape]
	};
}

type Drawn = ReturnType<typeof draw>;

function run(name: string, inputs: Record<string, Drawn>, attrs: object): Float32Array {
	return tf.tidy(() => {
		const tensors = Object.fromEntries(
			Object.entries(inputs).map(([key, { values, shape }]) => [key, tf.tensor(values, shape)])
		);
		const result = tf.engine().runKernel(name, tensors, attrs as never) as tf.Tensor;
		return result.dataSync() as Float32Array;
	});
}

function attrsOf({ strides, pad, dilations }: WindowProblem) {
	return { strides, pad, dilations, dataFormat: 'NHWC' };
}

describe('convolution', () => {
	it('has both gradients of plain loops', () => {
		fc.assert(
			fc.property(problems(1), outChannels, seed, (problem, numOut, from) => {
				const numIn = problem.input[3];
				const filterShape = [...problem.window, numIn, numOut];
				const x = draw(problem.input, from);
				const dy = draw([problem.input[0], ...outputSize(problem), numOut], from + 1);
				const filter = draw(filterShape, from + 2);
				const byFilter = createSums(filter.values.length);
				const byInput = createSums(x.values.length);
				visitTaps(problem, (place, pixel, tap) => {
					for (let c = 0; c < numIn; c++) {
						for (let d = 0; d < numOut; d++) {
							const weight = (tap * numIn + c) * numOut + d;
							const gradient = dy.values[pixel * numOut + d];
							byFilter.add(weight, x.values[place * numIn + c] * gradient);
							byInput.add(place * numIn + c, filter.values[weight] * gradient);
						}
					}
				});
				const attrs = attrsOf(problem);
				const dFilter = run('Conv2DBackpropFilter', { x, dy }, { ...attrs, filterShape });
				expect(worstError(dFilter, byFilter)).toBeLessThan(1e-5);
				const dx = run(
					'Conv2DBackpropInput',
					{ dy, filter },
					{ ...attrs, inputShape: problem.input }
				);
				expect(worstError(dx, byInput)).toBeLessThan(1e-5);
			}),
			{ numRuns: 150 }
		);
	});

	it('works through patches that do not fit into one block', () => {
		const x = draw([1, 3, 3, 9000], 1);
		const dy = draw([1, 1, 1, 2], 2);
		const attrs = { strides: 1, pad: 'valid', dataFormat: 'NHWC', filterShape: [3, 3, 9000, 2] };
		const dFilter = run('Conv2DBackpropFilter', { x, dy }, attrs);
		const sums = createSums(x.values.length * 2);
		x.values.forEach((value, i) => {
			sums.add(2 * i, value * dy.values[0]);
			sums.add(2 * i + 1, value * dy.values[1]);
		});
		expect(worstError(dFilter, sums)).toBeLessThan(1e-5);
	});

	it('refuses channels first and whole numbers', () => {
		const attrs = { strides: 1, pad: 'valid', dataFormat: 'NCHW', filterShape: [1, 1, 1, 1] };
		const one = draw([1, 1, 1, 1], 1);
		expect(() => run('Conv2DBackpropFilter', { x: one, dy: one }, attrs)).toThrow(/channels last/);
		tf.tidy(() => {
			const x = tf.zeros([1, 1, 1, 1], 'int32');
			expect(() =>
				tf
					.engine()
					.runKernel('Conv2DBackpropFilter', { x, dy: x }, { ...attrs, dataFormat: 'NHWC' })
			).toThrow(/expected float32/);
		});
	});
});

describe('depthwise convolution', () => {
	it('has both gradients of plain loops, dilated or not', () => {
		const multipliers = fc.integer({ min: 1, max: 3 });
		fc.assert(
			fc.property(problems(3), multipliers, seed, (problem, multiplier, from) => {
				const numIn = problem.input[3];
				const numOut = numIn * multiplier;
				const filterShape = [...problem.window, numIn, multiplier];
				const x = draw(problem.input, from);
				const dy = draw([problem.input[0], ...outputSize(problem), numOut], from + 1);
				const filter = draw(filterShape, from + 2);
				const byFilter = createSums(filter.values.length);
				const byInput = createSums(x.values.length);
				visitTaps(problem, (place, pixel, tap) => {
					for (let d = 0; d < numOut; d++) {
						const input = place * numIn + Math.floor(d / multiplier);
						const gradient = dy.values[pixel * numOut + d];
						byFilter.add(tap * numOut + d, x.values[input] * gradient);
						byInput.add(input, filter.values[tap * numOut + d] * gradient);
					}
				});
				const attrs = attrsOf(problem);
				const dFilter = run(
					'DepthwiseConv2dNativeBackpropFilter',
					{ x, dy },
					{ ...attrs, filterShape }
				);
				expect(worstError(dFilter, byFilter)).toBeLessThan(1e-5);
				const dx = run(
					'DepthwiseConv2dNativeBackpropInput',
					{ dy, filter },
					{ ...attrs, inputShape: problem.input }
				);
				expect(worstError(dx, byInput)).toBeLessThan(1e-5);
			}),
			{ numRuns: 150 }
		);
	});
});

describe('max pooling', () => {
	/** The first of the largest numbers of each window, by channel, gets its gradient; NaN is never largest. */
	function poolGradient(problem: WindowProblem, x: Float32Array, dy: Float32Array) {
		const channels = problem.input[3];
		const largest = new Float64Array(dy.length).fill(-Infinity);
		const places = new Int32Array(dy.length).fill(-1);
		visitTaps(problem, (place, pixel) => {
			for (let c = 0; c < channels; c++) {
				const value = x[place * channels + c];
				if (!(value > largest[pixel * channels + c])) continue;
				largest[pixel * channels + c] = value;
				places[pixel * channels + c] = place * channels + c;
			}
		});
		const sums = createSums(x.length);
		places.forEach((place, i) => {
			if (place >= 0) sums.add(place, dy[i]);
		});
		return sums;
	}

	function check(problem: WindowProblem, x: Drawn, dy: Drawn) {
		const dx = run(
			'MaxPoolGrad',
			{ input: x, dy, output: dy },
			{ filterSize: problem.window, strides: problem.strides, pad: problem.pad }
		);
		expect(worstError(dx, poolGradient(problem, x.values, dy.values))).toBeLessThan(1e-6);
	}

	it('hands each gradient back to the first largest number, among equals and NaN too', () => {
		fc.assert(
			fc.property(problems(1), seed, (problem, from) => {
				const x = draw(problem.input, from);
				// Few different numbers: most windows hold their largest twice.
				x.values.forEach((value, i) => (x.values[i] = i % 17 === 3 ? NaN : Math.round(value)));
				check(problem, x, draw([problem.input[0], ...outputSize(problem), x.shape[3]], from + 1));
			}),
			{ numRuns: 150 }
		);
	});

	it('hands nothing back from a window of NaN or minus infinity alone', () => {
		const problem: WindowProblem = {
			input: [1, 2, 4, 5],
			window: [2, 2],
			strides: [2, 2],
			dilations: [1, 1],
			pad: 'valid'
		};
		const x = draw(problem.input, 1);
		x.values.fill(NaN, 0, 10).fill(-Infinity, 20, 30);
		check(problem, x, draw([1, 1, 2, 5], 2));
	});
});
