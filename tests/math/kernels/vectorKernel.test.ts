import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startVectorKernel } from '../../../src/lib/math/kernels/vectorKernel';
import { randomStream } from '../../../src/lib/math/random';
import { plainArithmetic, type Floats } from '../../../src/lib/math/vectorArithmetic';

const kernel = startVectorKernel()!;

/** Numbers of all sizes, and now and then what is not finite. */
function drawVector(length: number, seed: number, name: string): Float32Array {
	const random = randomStream(seed, 'init', name.length);
	return Float32Array.from({ length }, () => {
		if (random() < 0.001) return [NaN, Infinity, -Infinity, -0][Math.floor(4 * random())];
		return (random() - 0.5) * 10 ** Math.floor(12 * random() - 6);
	});
}

/** Short ones, those around whole blocks, and some of several blocks. */
const lengths = fc.oneof(
	fc.integer({ min: 0, max: 40 }),
	fc.integer({ min: 4090, max: 4101 }),
	fc.integer({ min: 8000, max: 9000 })
);

type Work = (
	arithmetic: typeof plainArithmetic,
	a: Float32Array,
	b: Float32Array
) => (number | Floats)[];

/** Holds what both leave in their arrays, and what they return, against each other bit for bit. */
function compare(work: Work) {
	const flatten = (results: ReturnType<Work>) =>
		results.flatMap((result) => (typeof result === 'number' ? result : [...result]));
	fc.assert(
		fc.property(lengths, fc.integer({ min: 0, max: 1e6 }), (length, seed) => {
			const [a, b] = [drawVector(length, seed, 'a'), drawVector(length, seed, 'bb')];
			const plain = flatten(work(plainArithmetic, a.slice(), b.slice()));
			const own = flatten(work(kernel, a, b));
			expect(own).toHaveLength(plain.length);
			expect(own.findIndex((value, i) => !Object.is(value, plain[i]))).toBe(-1);
		}),
		{ numRuns: 60 }
	);
}

describe('the vector kernel gives what plain loops give, to the last bit', () => {
	it('for sums of squares of floats and doubles', () => {
		compare((arithmetic, a, b) => {
			const doubles = Float64Array.from(a, (value, i) => value * b[i]);
			return [arithmetic.sumOfSquares(a), arithmetic.sumOfSquares(doubles)];
		});
	});

	it('for differences', () => {
		compare((arithmetic, a, b) => [arithmetic.subtract(a, b), a, b]);
	});

	it('for weighted sums', () => {
		compare((arithmetic, a, b) => {
			const sum = Float64Array.from(a, (value) => value / 3);
			arithmetic.addScaled(sum, 91.7, b);
			return [sum, b];
		});
	});

	it('for steps along floats and doubles, and for quotients', () => {
		compare((arithmetic, a, b) => {
			const directions: Floats[] = [b, Float64Array.from(b, (value) => value / 7)];
			const moved = directions.map((direction) => {
				const params = a.slice();
				arithmetic.step(params, 0.3, direction);
				return params;
			});
			const doubles = Float64Array.from(b);
			arithmetic.divide(doubles, 3);
			return [...moved, doubles, b];
		});
	});

	it('for sums that live in its own memory, whole or a part of them', () => {
		compare((arithmetic, a, b) => {
			const [start, home] = [Math.min(2, a.length), startVectorKernel(a.length)!];
			const isKernel = arithmetic === kernel;
			const sum = isKernel ? home.resident : new Float64Array(a.length);
			const { addScaled, divide, step, sumOfSquares } = isKernel ? home : arithmetic;
			addScaled(sum, 91.7, b);
			addScaled(sum, -3.1, a);
			divide(sum, 7);
			divide(sum.subarray(start, start + 5), 0.3);
			const params = a.slice();
			step(params, 0.3, sum);
			return [sum, params, sumOfSquares(sum), sumOfSquares(sum.subarray(start))];
		});
	});
});
