import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardKernels } from '../../fixtures/guardedKernels';
import {
	createSums,
	outputSize,
	visitTaps,
	worstError,
	type WindowProblem
} from '../../oracles/windows';
import { draw, problems, run, seed } from './windowProblems';

guardKernels();

const outChannels = fc.integer({ min: 1, max: 19 });

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
