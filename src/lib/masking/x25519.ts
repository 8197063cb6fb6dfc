/**
 * X25519 (RFC 7748, section 5): the Montgomery ladder on u-coordinates of Curve25519. Like all JavaScript it makes
 * no promise about timing; nobody here can measure another party's clock.
 */
import {
	add,
	addAndSubtract,
	inverse,
	multiply,
	multiplySmall,
	square,
	subtract,
	toElement,
	toInteger,
	type FieldElement
} from './field25519';
import { bytesToInteger, integerToBytes } from './integers';
import { maskingKernel, type ScalarAndPoint } from './kernels/maskingKernel';

const SCALAR_BYTES = 32;
/** (486662 - 2) / 4, of the curve v^2 = u^3 + 486662 u^2 + u. */
const A24 = 121665;
const BASE_POINT = new Uint8Array(SCALAR_BYTES);
BASE_POINT[0] = 9;

/** The public key of each of some 32 random bytes. */
export function publicKeysOf(secretKeys: readonly Uint8Array[]): Uint8Array[] {
	return scalarMultiplyAll(secretKeys.map((scalar) => ({ scalar, point: BASE_POINT })));
}

/** All products, by the compiled kernel where there is one. */
export function scalarMultiplyAll(
	factors: readonly ScalarAndPoint[],
	kernel = maskingKernel()
): Uint8Array[] {
	if (kernel) return kernel.multiplyPoints(factors);
	return factors.map(({ scalar, point }) => scalarMultiply(scalar, point));
}

/** The u-coordinate of `scalar` times the point with u-coordinate `point`, 32 little-endian bytes each. */
export function scalarMultiply(scalar: Uint8Array, point: Uint8Array): Uint8Array {
	const [x, z] = climb(clamp(scalar), toElement(integerOf(point)));
	// The point at infinity has z = 0; its u-coordinate is 0 by definition, and so is the inverse of 0.
	multiply(x, x, inverse(z));
	return integerToBytes(toInteger(x), SCALAR_BYTES).reverse();
}

/** The multiple as a fraction x / z; (x2, z2) and (x3, z3) stay neighbors, one point apart. */
function climb(scalar: Uint8Array, u: FieldElement): [FieldElement, FieldElement] {
	let [x2, z2, x3, z3]: FieldElement[] = [toElement(1n), toElement(0n), u.slice(), toElement(1n)];
	const [sum, difference, sumSquare, differenceSquare, otherSum, otherDifference, gap, scaled] =
		Array.from({ length: 8 }, () => new Float64Array(u.length));
	let isSwapped = false;
	for (let bit = 254; bit >= 0; bit--) {
		const isSet = ((scalar[bit >> 3] >> (bit & 7)) & 1) === 1;
		if (isSet !== isSwapped) {
			const [x, z] = [x2, z2];
			x2 = x3;
			z2 = z3;
			x3 = x;
			z3 = z;
		}
		isSwapped = isSet;
		addAndSubtract(sum, difference, x2, z2);
		addAndSubtract(otherSum, otherDifference, x3, z3);
		multiply(otherDifference, otherDifference, sum);
		multiply(otherSum, otherSum, difference);
		addAndSubtract(x3, z3, otherDifference, otherSum);
		square(x3, x3);
		square(z3, z3);
		multiply(z3, z3, u);
		square(sumSquare, sum);
		square(differenceSquare, difference);
		multiply(x2, sumSquare, differenceSquare);
		subtract(gap, sumSquare, differenceSquare);
		multiplySmall(scaled, gap, A24);
		add(scaled, scaled, sumSquare);
		multiply(z2, gap, scaled);
	}
	return isSwapped ? [x3, z3] : [x2, z2];
}

/** Fixes the bits that make every scalar a multiple of 8 with the same leading bit. */
function clamp(scalar: Uint8Array): Uint8Array {
	const clamped = scalar.slice();
	clamped[0] &= 248;
	clamped[31] = (clamped[31] & 127) | 64;
	return clamped;
}

/** Little-endian, without the unused top bit. */
function integerOf(point: Uint8Array): bigint {
	return BigInt.asUintN(255, bytesToInteger(point.slice().reverse()));
}
