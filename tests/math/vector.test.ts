import { expect, it } from 'vitest';
import {
	addScaled,
	addScaledInPlace,
	createSum,
	divideInPlace,
	norm,
	subtract,
	subtractInPlace
} from '../../src/lib/math/vector';

it('norm is Euclidean and sums in doubles', () => {
	expect(norm(Float32Array.of(3, 4, 12))).toBe(13);
	expect(norm(new Float32Array(0))).toBe(0);
	// In float32 the running sum would stop growing at 2^24 ones.
	expect(norm(new Float32Array(2 ** 24 + 4).fill(1))).toBeCloseTo(Math.sqrt(2 ** 24 + 4), 9);
});

it('subtract and addScaled leave their inputs alone', () => {
	const a = Float32Array.of(5, 7);
	const b = Float32Array.of(2, 10);
	expect([...subtract(a, b)]).toEqual([3, -3]);
	const own = a.slice();
	expect(subtractInPlace(own, b)).toBe(Math.sqrt(18));
	expect([...own]).toEqual([3, -3]);
	for (const length of [0, 3, 4, 9]) {
		const [many, index] = [
			new Float32Array(length).fill(5),
			Float32Array.from({ length }, (_, i) => i)
		];
		subtractInPlace(many, index);
		expect([...many]).toEqual([...index].map((i) => 5 - i));
	}
	expect([...addScaled(a, 2, Float64Array.of(1, -1))]).toEqual([7, 5]);
	expect([...a, ...b]).toEqual([5, 7, 2, 10]);
});

it('sums of their own are summed and used like any other', () => {
	const [sum, other] = [createSum(5), createSum(2)];
	addScaledInPlace(sum, 2, Float32Array.of(1, 2, 3, 4, 5));
	addScaledInPlace(other, 3, Float32Array.of(1, 1));
	divideInPlace(sum, 4);
	expect([...sum, ...other]).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3]);
	expect(norm(sum)).toBeCloseTo(Math.sqrt(13.75), 12);
	expect([...addScaled(new Float32Array(5), 2, sum)]).toEqual([1, 2, 3, 4, 5]);
});
