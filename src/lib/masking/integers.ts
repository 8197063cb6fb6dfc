/** Whole numbers of any size: as bytes, and inverted modulo a prime. */
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';

/** 1 / value modulo a prime, by Euclid's extended algorithm. */
export function invert(value: bigint, prime: bigint): bigint {
	let [rest, nextRest] = [((value % prime) + prime) % prime, prime];
	let [factor, nextFactor] = [1n, 0n];
	while (nextRest !== 0n) {
		const quotient = rest / nextRest;
		[rest, nextRest] = [nextRest, rest - quotient * nextRest];
		[factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
	}
	if (rest !== 1n)
		throw new Error('Expected a number with an inverse, got a multiple of the prime');
	return ((factor % prime) + prime) % prime;
}

/** Big-endian bytes as a whole number. */
export function bytesToInteger(bytes: Uint8Array): bigint {
	return bytes.length === 0 ? 0n : BigInt(`0x${bytesToHex(bytes)}`);
}

/** A whole number as `length` big-endian bytes. */
export function integerToBytes(value: bigint, length: number): Uint8Array {
	return hexToBytes(value.toString(16).padStart(2 * length, '0'));
}
