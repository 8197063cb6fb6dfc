/**
 * What long vectors need, as plain loops: the meaning of the compiled kernel, and its stand-in where the engine has no
 * SIMD. Both give the same bytes.
 */

export type Floats = Float32Array | Float64Array;

export interface VectorArithmetic {
	/** The sum of all squares in doubles: that of elements 0, 4, 8 ..., then of 1, 5, 9 ..., and so on. */
	sumOfSquares(vector: Floats): number;
	/** `a -= b`; returns the sum of the squares of the differences. */
	subtract(a: Float32Array, b: Float32Array): number;
	/** `sum += scale * vector`. */
	addScaled(sum: Float64Array, scale: number, vector: Float32Array): void;
	/** `params += scale * direction`, rounded once. */
	step(params: Float32Array, scale: number, direction: Floats): void;
	/** `vector /= divisor`. */
	divide(vector: Float64Array, divisor: number): void;
}

export const plainArithmetic: VectorArithmetic = {
	sumOfSquares(vector) {
		const sums = [0, 0, 0, 0];
		for (let i = 0; i < vector.length; i++) sums[i & 3] += vector[i] * vector[i];
		return addFour(sums);
	},
	subtract(a, b) {
		for (let i = 0; i < a.length; i++) a[i] -= b[i];
		return plainArithmetic.sumOfSquares(a);
	},
	addScaled(sum, scale, vector) {
		for (let i = 0; i < sum.length; i++) sum[i] += scale * vector[i];
	},
	step(params, scale, direction) {
		for (let i = 0; i < params.length; i++) params[i] += scale * direction[i];
	},
	divide(vector, divisor) {
		for (let i = 0; i < vector.length; i++) vector[i] /= divisor;
	}
};

/** Four sums as one, always in this order. */
export function addFour(sums: ArrayLike<number>): number {
	return sums[0] + sums[1] + (sums[2] + sums[3]);
}
