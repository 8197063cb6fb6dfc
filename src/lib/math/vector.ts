/**
 * Kernels on flat arrays. Sums accumulate in double precision and in a fixed order.
 * Plain loops: `map` with a function takes five times as long on a model of 200,000 parameters.
 */

/** Euclidean norm. Four sums side by side, because an addition waits for the one before it. */
export function norm(vector: Float32Array): number {
	let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
	const whole = vector.length & ~3;
	for (let i = 0; i < whole; i += 4) {
		sum0 += vector[i] * vector[i];
		sum1 += vector[i + 1] * vector[i + 1];
		sum2 += vector[i + 2] * vector[i + 2];
		sum3 += vector[i + 3] * vector[i + 3];
	}
	for (let i = whole; i < vector.length; i++) sum0 += vector[i] * vector[i];
	return Math.sqrt(sum0 + sum1 + (sum2 + sum3));
}

/** `a - b`, element by element. */
export function subtract(a: Float32Array, b: Float32Array): Float32Array {
	const difference = new Float32Array(a.length);
	for (let i = 0; i < a.length; i++) difference[i] = a[i] - b[i];
	return difference;
}

/** `a -= b`, for an `a` that nobody else holds: a new array of 0.8 MB costs more than the differences. */
export function subtractInPlace(a: Float32Array, b: Float32Array): Float32Array {
	// Four a turn: half the time, 0.11 ms for the 200,000 parameters of 2NN.
	const whole = a.length & ~3;
	for (let i = 0; i < whole; i += 4) {
		a[i] -= b[i];
		a[i + 1] -= b[i + 1];
		a[i + 2] -= b[i + 2];
		a[i + 3] -= b[i + 3];
	}
	for (let i = whole; i < a.length; i++) a[i] -= b[i];
	return a;
}

/** `base + scale * direction`, element by element, rounded once. */
export function addScaled(
	base: Float32Array,
	scale: number,
	direction: ArrayLike<number>
): Float32Array {
	const moved = new Float32Array(base.length);
	for (let i = 0; i < base.length; i++) moved[i] = base[i] + scale * direction[i];
	return moved;
}
