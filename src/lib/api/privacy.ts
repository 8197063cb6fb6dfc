/** Masks, noise and their price, as the engine makes them. */
import { decodeSum, mostBits, type FixedPoint } from '../masking/fixedPoint';
import type { Stage } from '../masking/messages';
import { stages } from '../masking/messages';
import { pairMask } from '../masking/pairMask';
import { seededBytes } from '../masking/randomBytes';
import { sumSecurely, type SecureSumRun } from '../masking/sumSecurely';
import { randomStream } from '../math/random';
import { epsilon, type PrivacyCost, type PrivacyQuery } from '../privacy/accountant';
import { clipUpdate } from '../privacy/clip';
import { addGaussianNoise } from '../privacy/gaussian';
import { expectNumber } from './world';

/** How a secure sum is made. */
export interface SecureSumOptions {
	/** Positions of clients that fall silent. */
	drop?: readonly number[];
	/** When they do; 'maskedInput', after masks were agreed on and before anything is sent. */
	dropIn?: Stage;
	/** Makes all keys; 7. */
	seed?: number;
}

/** What a secure sum came to, and what the server saw on the way. */
export interface SecureSum {
	/** Sum of the vectors of everybody who stayed; null where too few were left. */
	sum: Float32Array | null;
	/** Positions of those whose vectors are in the sum. */
	survivors: number[];
	/** Positions of those who dropped out and whose masks were rebuilt from shares. */
	recovered: number[];
	/** Everything that the server got as a vector: integers modulo 2^32, masked. */
	serverView: { client: number; numbers: Uint32Array }[];
	/** What it would add up without taking any mask off. */
	maskedSum: Uint32Array;
	/** Shares that put a secret together, of as many as there are neighbours. */
	threshold: number;
	/** Bytes of all messages. */
	numBytes: number;
	/** One sentence where there is no sum, else null. */
	failure: string | null;
}

export interface PrivacyApi {
	/**
	 * The mask that client `own` puts on its vector because of client `other`: integers modulo 2^32. The lower number adds
	 * the stream that both derive from one seed, the higher subtracts it, so both masks total 0.
	 * @example
	 * const plus = pairMask(3, 8, 5), minus = pairMask(8, 3, 5);
	 * plus.map((value, i) => value + minus[i]);
	 */
	pairMask(own: number, other: number, length: number, options?: { seed?: number }): Uint32Array;
	/**
	 * Adds vectors up with the whole protocol of secure aggregation (Bonawitz et al. 2017): keys, shares, masked vectors,
	 * unmasking. Numbers become fixed point, so the sum is exact up to rounding.
	 * @throws one sentence where the vectors differ in length or are fewer than two.
	 * @example
	 * const { sum, serverView } = secureSum(result.updates.map(({ delta }) => delta), { drop: [2] });
	 */
	secureSum(vectors: readonly ArrayLike<number>[], options?: SecureSumOptions): SecureSum;
	/**
	 * Shortens an update to a length of at most `max`; a shorter one stays as it is.
	 * @example
	 * const short = clip(result.updates[0].delta, 1);
	 */
	clip(update: Float32Array, max: number): Float32Array;
	/**
	 * Adds normal noise with standard deviation `sd` to every number.
	 * @example
	 * const noisy = addNoise(update, 0.01, { seed: 3 });
	 */
	addNoise(update: Float32Array, sd: number, options?: { seed?: number }): Float32Array;
	/**
	 * What a run costs, by the accountant of this site: `epsilonRdp` (at most this much) and `epsilonTight`. One client
	 * joining or leaving, every client drawn by a coin of its own.
	 * @throws one sentence that says what was expected and what came.
	 * @example
	 * epsilon({ samplingRate: 0.1, noiseMultiplier: 1, rounds: 50, delta: 1e-3 })
	 */
	epsilon(query: PrivacyQuery): PrivacyCost;
}

export function createPrivacyApi(): PrivacyApi {
	return {
		pairMask(own, other, length, { seed = 7 } = {}) {
			expectNumber('length', length, { min: 0, isWhole: true });
			const [low, high] = own < other ? [own, other] : [other, own];
			const bytes = seededBytes(seed, low, high, 'keys')(32);
			return pairMask(own, other, bytes, length);
		},
		secureSum,
		clip(update, max) {
			expectNumber('max', max, { min: Number.MIN_VALUE });
			return clipUpdate(update, max).update;
		},
		addNoise(update, sd, { seed = 7 } = {}) {
			expectNumber('sd', sd, { min: 0 });
			return addGaussianNoise(update, sd, randomStream(seed, 'noise'));
		},
		epsilon
	};
}

function secureSum(
	vectors: readonly ArrayLike<number>[],
	{ drop = [], dropIn = 'maskedInput', seed = 7 }: SecureSumOptions = {}
): SecureSum {
	checkVectors(vectors);
	if (!stages.includes(dropIn))
		throw new RangeError(`dropIn: expected one of ${stages.join(', ')}, got ${String(dropIn)}`);
	const fixedPoint = fixedPointFor(vectors);
	const run = sumSecurely({
		seed,
		updates: new Map(vectors.map((vector, client) => [client, Float32Array.from(vector)])),
		fixedPoint,
		dropouts: new Map(drop.map((client) => [client, dropIn]))
	});
	return {
		...resultOf(run.end, fixedPoint),
		// Without the leading count of clients.
		serverView: [...run.masked].map(([client, vector]) => ({ client, numbers: vector.slice(1) })),
		maskedSum: run.maskedSum.slice(1),
		threshold: run.plan.threshold,
		numBytes: run.stages.reduce((sum, stage) => sum + stage.numBytesUp + stage.numBytesDown, 0)
	};
}

function resultOf(end: SecureSumRun['end'], fixedPoint: FixedPoint) {
	if (end.type === 'AggregationFailed')
		return { sum: null, survivors: [], recovered: [], failure: end.reason };
	const { mean, totalWeight } = decodeSum(end.sum, fixedPoint);
	return {
		sum: mean.map((value) => value * totalWeight),
		survivors: end.survivorIds,
		recovered: end.recoveredIds,
		failure: null
	};
}

/** As fine as the ring allows for vectors of this size. */
function fixedPointFor(vectors: readonly ArrayLike<number>[]): FixedPoint {
	let range = Number.MIN_VALUE;
	for (const vector of vectors) {
		for (let i = 0; i < vector.length; i++) range = Math.max(range, Math.abs(vector[i]));
	}
	return { range, bits: Math.min(31, mostBits(1, vectors.length)), maxWeight: 1 };
}

function checkVectors(vectors: readonly ArrayLike<number>[]): void {
	if (!Array.isArray(vectors) || vectors.length < 2)
		throw new RangeError(
			`secureSum: expected at least two vectors, got ${vectors?.length ?? 'none'}`
		);
	const [{ length }] = vectors;
	const odd = vectors.find((vector) => vector.length !== length);
	if (odd) throw new RangeError(`secureSum: expected ${length} numbers each, got ${odd.length}`);
}
