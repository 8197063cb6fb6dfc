/**
 * Shamir's secret sharing (CACM 1979) over the integers modulo a prime p: f(x) = secret + a1 x + ... +
 * a(t-1) x^(t-1) with uniform coefficients. A share is f(x) for one x; any t of them give f(0) back by
 * Lagrange interpolation, fewer fit every secret equally well.
 */
import { bytesToInteger, invert } from './integers';
import type { RandomBytes } from './randomBytes';

export interface Share {
	/** Where the polynomial was evaluated: a whole number from 1 to p - 1, one per holder. */
	x: number;
	/** f(x), from 0 to p - 1. */
	y: bigint;
}

/** Extra bits drawn per coefficient: reducing them modulo p then differs from uniform by less than 2^-128. */
const SPARE_BITS = 128;

/** A random polynomial of degree threshold - 1 through (0, secret), lowest coefficient first. */
export function drawPolynomial(
	secret: bigint,
	threshold: number,
	prime: bigint,
	randomBytes: RandomBytes
): bigint[] {
	if (secret < 0n || secret >= prime)
		throw new Error('Expected a secret from 0 to below the prime, got one outside');
	const numBytes = Math.ceil((prime.toString(2).length + SPARE_BITS) / 8);
	const drawCoefficient = () => bytesToInteger(randomBytes(numBytes)) % prime;
	return [secret, ...Array.from({ length: threshold - 1 }, drawCoefficient)];
}

/** f(x) modulo p by Horner's rule; x is small, so one reduction in the end costs less than one a step. */
export function evaluate(polynomial: readonly bigint[], x: number, prime: bigint): bigint {
	const at = BigInt(x);
	return polynomial.reduceRight((value, coefficient) => value * at + coefficient, 0n) % prime;
}

/** One share for each of the points. */
export function splitSecret(
	secret: bigint,
	threshold: number,
	points: readonly number[],
	prime: bigint,
	randomBytes: RandomBytes
): Share[] {
	if (!Number.isInteger(threshold) || threshold < 1 || threshold > points.length)
		throw new Error(`Expected a threshold from 1 to ${points.length} shares, got ${threshold}`);
	expectPoints(points, prime);
	const polynomial = drawPolynomial(secret, threshold, prime, randomBytes);
	return points.map((x) => ({ x, y: evaluate(polynomial, x, prime) }));
}

/** f(0) of the polynomial of lowest degree through the shares: the secret, if they are t or more. */
export function combineShares(shares: readonly Share[], prime: bigint): bigint {
	const factors = lagrangeAtZero(
		shares.map(({ x }) => x),
		prime
	);
	return shares.reduce((sum, { y }, index) => sum + factors[index] * y, 0n) % prime;
}

/** The factors L(i) with f(0) = sum of L(i) f(x(i)): the product over j of x(j) / (x(j) - x(i)). */
export function lagrangeAtZero(points: readonly number[], prime: bigint): bigint[] {
	expectPoints(points, prime);
	const xs = points.map(BigInt);
	return xs.map((own, i) => {
		const others = xs.filter((_, j) => j !== i);
		const above = others.reduce((product, x) => (product * x) % prime, 1n);
		const below = others.reduce((product, x) => (product * (x - own)) % prime, 1n);
		return (above * invert(below, prime)) % prime;
	});
}

function expectPoints(points: readonly number[], prime: bigint): void {
	const isPoint = (x: number) => Number.isSafeInteger(x) && x >= 1 && BigInt(x) < prime;
	if (!points.every(isPoint) || new Set(points).size !== points.length)
		throw new Error(`Expected different whole numbers from 1 to below the prime, got ${points}`);
}
