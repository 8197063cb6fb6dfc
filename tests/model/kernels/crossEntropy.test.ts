/** Softmax cross-entropy against its textbook formula in double precision. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantiateWasm } from '../../../src/lib/math/wasmModule';
import { wasmBase64 } from '../../../src/lib/model/kernels/compiled/training.kernel.js';
import { createKernelMemory, relativeError } from './kernelMemory';

interface Kernels {
	crossEntropyGradient(...args: [number, number, number, number, number, number, number]): void;
	crossEntropyOnly(...args: [number, number, number, number, number, number, number]): void;
}

const batches = fc
	.record({ numRows: fc.integer({ min: 1, max: 40 }), width: fc.integer({ min: 1, max: 40 }) })
	.chain(({ numRows, width }) =>
		fc.record({
			width: fc.constant(width),
			logits: fc.array(fc.float({ min: -60, max: 60, noNaN: true }), {
				minLength: numRows * width,
				maxLength: numRows * width
			}),
			labels: fc.array(fc.nat(width - 1), { minLength: numRows, maxLength: numRows })
		})
	);

function run(width: number, logits: readonly number[], labels: readonly number[], scale: number) {
	const stride = Math.ceil(width / 4) * 4;
	const numRows = labels.length;
	const space = createKernelMemory(4);
	const rows = new Float32Array(numRows * stride).fill(NaN);
	for (let row = 0; row < numRows; row++) {
		rows.set(logits.slice(row * width, (row + 1) * width), row * stride);
	}
	const [gradients, scores] = [space.put(rows), space.put(rows)];
	const labelBytes = space.put(Uint8Array.from(labels));
	const losses = space.put(new Float64Array(numRows));
	const measured = space.put(new Float64Array(numRows));
	const predicted = space.put(new Uint8Array(numRows));
	const kernels = instantiateWasm<Kernels>(wasmBase64, space.memory);
	kernels.crossEntropyGradient(gradients, labelBytes, losses, numRows, width, stride, scale);
	kernels.crossEntropyOnly(scores, labelBytes, measured, predicted, numRows, width, stride);
	expect(space.strayWrites()).toEqual([]);
	const padded = [...space.floats(gradients, numRows * stride)];
	return {
		gradients: padded.filter((_, i) => i % stride < width),
		padding: padded.filter((_, i) => i % stride >= width),
		losses: [...space.doubles(losses, numRows)],
		measured: [...space.doubles(measured, numRows)],
		predicted: [...space.bytes(predicted, numRows)]
	};
}

function plainSoftmax(row: readonly number[]): number[] {
	const largest = Math.max(...row);
	const powers = row.map((logit) => Math.exp(logit - largest));
	const sum = powers.reduce((total, power) => total + power, 0);
	return powers.map((power) => power / sum);
}

describe('softmax cross-entropy', () => {
	it('equals the plain loop, gradient and loss, and writes nowhere else', () => {
		fc.assert(
			fc.property(batches, ({ width, logits, labels }) => {
				const result = run(width, logits, labels, 0.25);
				const expected = labels.flatMap((label, row) =>
					plainSoftmax(logits.slice(row * width, (row + 1) * width)).map(
						(p, k) => (p - Number(k === label)) * 0.25
					)
				);
				expect(relativeError(result.gradients, expected)).toBeLessThan(1e-5);
				expect(result.padding.every((value) => value === 0)).toBe(true);
				labels.forEach((label, row) => {
					const own = logits.slice(row * width, (row + 1) * width);
					const loss = Math.min(
						own.reduce((sum, logit) => sum + Math.exp(logit - Math.max(...own)), 0),
						Infinity
					);
					const nats = Math.log(loss) + Math.max(...own) - own[label];
					expect(result.losses[row]).toBeCloseTo(Math.min(nats, 103.27892990343185), 5);
				});
				expect(result.measured).toEqual(result.losses);
			})
		);
	});

	it('predicts the first of the most probable classes', () => {
		const logits = [1, 3, 3, 0, 2, 2, 2, 2, 0, 0, 0, 5];
		expect(run(4, logits, [2, 3, 0], 1).predicted).toEqual([1, 0, 3]);
	});

	it('lets NaN and infinity through as the formula does', () => {
		const result = run(3, [NaN, 1, 2, Infinity, 0, 0, -Infinity, 0, 0], [1, 1, 0], 1);
		expect(result.gradients.slice(0, 3)).toEqual([NaN, NaN, NaN]);
		expect(result.gradients[3]).toBeNaN();
		expect(result.losses.slice(0, 2)).toEqual([NaN, NaN]);
		expect(result.gradients.slice(6)).toEqual([-1, 0.5, 0.5]);
		// A probability of 0 costs what the smallest float32 costs.
		expect(result.losses[2]).toBeCloseTo(103.2789, 4);
	});
});
