/**
 * Operations on flat arrays. Sums accumulate in double precision and in a fixed order, so they are the same with and
 * without SIMD.
 */
import { startVectorKernel } from './kernels/vectorKernel';
import { plainArithmetic, type Floats, type VectorArithmetic } from './vectorArithmetic';

let started: VectorArithmetic | null = null;

/** The kernels in whose memory a vector lives. */
const homes = new WeakMap<ArrayBufferLike, VectorArithmetic>();

/** Started when first asked for: not every page needs it. */
function arithmetic(vector?: Floats): VectorArithmetic {
	const home = vector && homes.get(vector.buffer);
	return home ?? (started ??= startVectorKernel() ?? plainArithmetic);
}

/**
 * Zeros for a sum of many vectors, [length]. They live where the arithmetic is done, which spares every addition two
 * copies of the sum; never hand their buffer over to another thread.
 */
export function createSum(length: number): Float64Array {
	const kernel = startVectorKernel(length);
	if (!kernel) return new Float64Array(length);
	homes.set(kernel.resident.buffer, kernel);
	return kernel.resident;
}

/** Euclidean norm. */
export function norm(vector: Floats): number {
	return Math.sqrt(arithmetic(vector).sumOfSquares(vector));
}

/** `a - b`, element by element. */
export function subtract(a: Float32Array, b: Float32Array): Float32Array {
	const difference = a.slice();
	arithmetic().subtract(difference, b);
	return difference;
}

/** `a -= b`, for an `a` that nobody else holds; returns the norm of the difference. */
export function subtractInPlace(a: Float32Array, b: Float32Array): number {
	return Math.sqrt(arithmetic().subtract(a, b));
}

/** `base + scale * direction`, element by element, rounded once; in `moved` where it is given. */
export function addScaled(
	base: Float32Array,
	scale: number,
	direction: Floats,
	moved: Float32Array = new Float32Array(base.length)
): Float32Array {
	moved.set(base);
	arithmetic(direction).step(moved, scale, direction);
	return moved;
}

/** `sum += scale * vector`. */
export function addScaledInPlace(sum: Float64Array, scale: number, vector: Float32Array): void {
	arithmetic(sum).addScaled(sum, scale, vector);
}

/** `vector /= divisor`. */
export function divideInPlace(vector: Float64Array, divisor: number): void {
	arithmetic(vector).divide(vector, divisor);
}
