/**
 * Seeded random streams: every random number is a function of `(seed, purpose, round, client)`.
 * Generator: sfc32 (Doty-Humphrey, PractRand), keyed by a 128-bit MurmurHash3-style mix of the path.
 * Not for cryptography: keys and masks have generators of their own in the masking room.
 */
import { randomGamma, randomNormal } from 'd3';

/** Draws a number uniform in [0, 1), 53 bits fine. */
export type RandomSource = () => number;

/** What a stream is for. Two purposes never share a stream, so adding one changes no other. */
export type Purpose =
	| 'centralized'
	| 'clipCount'
	| 'cohort'
	| 'device'
	| 'dropout'
	| 'init'
	| 'localOnly'
	| 'noise'
	| 'partition'
	| 'rounding'
	| 'shuffle'
	| 'writers';

/** The stream of one purpose; the same four arguments give the same numbers on every machine. */
export function randomStream(
	seed: number,
	purpose: Purpose,
	roundNum = 0,
	clientId = 0
): RandomSource {
	const nextWord = sfc32(hash128(`${seed}/${purpose}/${roundNum}/${clientId}`));
	return () => ((nextWord() >>> 5) * 0x4000000 + (nextWord() >>> 6)) / 0x20000000000000;
}

/** An integer uniform in [0, bound). */
export function randomInt(random: RandomSource, bound: number): number {
	return Math.floor(random() * bound);
}

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function standardNormal(random: RandomSource): number {
	return randomNormal.source(random)(0, 1)();
}

/** Shuffles in place (Fisher-Yates); returns the same array. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
	items: T,
	random: RandomSource
): T {
	for (let last = items.length - 1; last > 0; last--) {
		const chosen = randomInt(random, last + 1);
		const kept = items[last];
		items[last] = items[chosen];
		items[chosen] = kept;
	}
	return items;
}

/** The integers 0 to n-1 in random order. */
export function permutation(n: number, random: RandomSource): Uint32Array {
	const items = new Uint32Array(n);
	for (let index = 0; index < n; index++) items[index] = index;
	return shuffle(items, random);
}

/** `count` different integers from 0 to n-1, ascending, every subset equally likely. */
export function sampleWithoutReplacement(n: number, count: number, random: RandomSource): number[] {
	return [...permutation(n, random).subarray(0, count).sort()];
}

/**
 * A draw from the symmetric Dirichlet distribution: `size` shares that total 1.
 * Gamma variates in logarithms (G(a) = G(a+1) U^(1/a)), so that alpha = 0.001 does not underflow to 0/0.
 */
export function dirichlet(size: number, alpha: number, random: RandomSource): Float64Array {
	const gamma = randomGamma.source(random)(alpha + 1, 1);
	const logs = Float64Array.from(
		{ length: size },
		() => Math.log(gamma()) + Math.log(1 - random()) / alpha
	);
	const largest = logs.reduce((a, b) => Math.max(a, b), -Infinity);
	const shares = logs.map((log) => Math.exp(log - largest));
	const total = shares.reduce((a, b) => a + b, 0);
	return shares.map((share) => share / total);
}

/** MurmurHash3's finalizer over four lanes, each with its own multiplier: 128 bits from a string. */
function hash128(text: string): [number, number, number, number] {
	let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x93c467e3];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 0xcc9e2d51) ^ (b >>> 15);
		b = Math.imul(b ^ code, 0x1b873593) ^ (c >>> 15);
		c = Math.imul(c ^ code, 0x85ebca6b) ^ (d >>> 15);
		d = Math.imul(d ^ code, 0xc2b2ae35) ^ (a >>> 15);
	}
	return [finalize(a ^ d), finalize(b ^ a), finalize(c ^ b), finalize(d ^ c)];
}

function finalize(word: number): number {
	word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
	word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
	return (word ^ (word >>> 16)) >>> 0;
}

function sfc32([a, b, c, counter]: [number, number, number, number]): () => number {
	const next = () => {
		const sum = (a + b + counter) | 0;
		counter = (counter + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return sum >>> 0;
	};
	for (let i = 0; i < 12; i++) next();
	return next;
}
