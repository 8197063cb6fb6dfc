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
import { draw, problems, run, seed, type Drawn } from './windowProblems';

guardKernels();

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

describe('average pooling', () => {
	it('spreads each gradient over its window, counting every tap as tfjs does', () => {
		fc.assert(
			fc.property(problems(1), seed, (problem, from) => {
				const channels = problem.input[3];
				const input = draw(problem.input, from);
				const dy = draw([problem.input[0], ...outputSize(problem), channels], from + 1);
				const sums = createSums(input.values.length);
				const numTaps = problem.window[0] * problem.window[1];
				visitTaps(problem, (place, pixel) => {
					for (let c = 0; c < channels; c++) {
						sums.add(place * channels + c, dy.values[pixel * channels + c] / numTaps);
					}
				});
				const attrs = { filterSize: problem.window, strides: problem.strides, pad: problem.pad };
				expect(worstError(run('AvgPoolGrad', { input, dy }, attrs), sums)).toBeLessThan(1e-5);
			}),
			{ numRuns: 150 }
		);
	});
});
