/**
 * What differential privacy does to an update before it leaves its client: the clip, local noise, and the
 * integers of distributed noise (user level: one client is one person).
 */
import type { FixedPoint } from '../masking/fixedPoint';
import { stepOf } from '../masking/fixedPoint';
import { randomStream } from '../math/random';
import { clipUpdate } from '../privacy/clip';
import { addGaussianNoise, noiseSdOnSum } from '../privacy/gaussian';
import { guardedScale } from '../privacy/gridScale';
import { roundedNormBound, roundUpdate } from '../privacy/rounding';
import { sampleSkellam, skellamShare } from '../privacy/skellam';
import type { RunConfig } from './config';
import type { BroadcastMessage, ClientOutput } from './records';

/** Clips. Every client then counts as one. */
export function clipOutput(
	output: ClientOutput,
	{ clip }: BroadcastMessage,
	config: RunConfig,
	fixedPoint: FixedPoint
): ClientOutput {
	if (config.dp === 'none') return output;
	const { update, isClipped } = clipUpdate(
		output.delta,
		clip - roundingRoom(config, fixedPoint, output)
	);
	return { ...output, delta: update, clientWeight: 1, isWithinClip: isClipped ? 0 : 1 };
}

/** Adds the client's own noise where the noise is local. */
export function addOwnNoise(
	output: ClientOutput,
	{ roundNum, clip }: BroadcastMessage,
	config: RunConfig
): ClientOutput {
	if (config.dp !== 'local') return output;
	const random = randomStream(config.seed, 'noise', roundNum, output.clientId);
	const noiseSd = noiseSdOnSum(config.noiseMultiplier, clip);
	return { ...output, delta: addGaussianNoise(output.delta, noiseSd, random) };
}

/** Fixed point may lengthen a masked update by a step in each coordinate; that much is clipped beforehand. */
function roundingRoom(config: RunConfig, fixedPoint: FixedPoint, { delta }: ClientOutput): number {
	if (config.dp !== 'central' || !config.secureAggregation) return 0;
	return Math.sqrt(delta.length) * stepOf(fixedPoint);
}

/** How distributed noise is cut into integers of the 32-bit ring, and what each client owes. */
export interface DistributedNoise {
	/** Grid units per unit of an update. */
	scale: number;
	/** Largest norm of a rounded update, in grid units. */
	normBound: number;
	/** Variance of the noise that the sum must carry, in squared grid units. */
	centralVariance: number;
	/** Drop-outs that the shares allow for; with more the round ends without a sum. */
	maxDropouts: number;
}

/** Of the ring's 32 bits: finer than any rounding that matters, coarse enough to draw the noise exactly. */
const GRID_BITS = 24;

/** `cohortSize` clients were chosen; `numParams` numbers travel. */
export function planDistributedNoise(
	config: RunConfig,
	clip: number,
	cohortSize: number,
	numParams: number
): DistributedNoise {
	const maxDropouts = Math.min(cohortSize - 1, Math.ceil(1.5 * config.dropout * cohortSize));
	const noiseSd = noiseSdOnSum(config.noiseMultiplier, clip);
	const spare = Math.sqrt(cohortSize / (cohortSize - maxDropouts));
	const scale = guardedScale({
		clip,
		numClients: cohortSize,
		noiseSd: noiseSd * spare,
		bits: GRID_BITS
	});
	return {
		scale,
		normBound: roundedNormBound(scale * clip, numParams),
		centralVariance: (scale * noiseSd) ** 2,
		maxDropouts
	};
}

/** A clipped update and the client's share of the noise, as [1, integers] modulo 2^32, [1 + numParams]. */
export function encodeWithNoise(
	output: ClientOutput,
	{ roundNum, clip, cohortSize }: BroadcastMessage,
	config: RunConfig
): Uint32Array {
	const numParams = output.delta.length;
	const plan = planDistributedNoise(config, clip, cohortSize, numParams);
	const rounding = randomStream(config.seed, 'rounding', roundNum, output.clientId);
	const integers = roundUpdate(output.delta, plan.scale, plan.normBound, rounding);
	const share = skellamShare(plan.centralVariance, cohortSize, plan.maxDropouts);
	const noise = sampleSkellam(
		share,
		numParams,
		randomStream(config.seed, 'noise', roundNum, output.clientId)
	);
	const encoded = new Uint32Array(1 + numParams);
	encoded[0] = 1;
	for (let i = 0; i < numParams; i++) encoded[1 + i] = integers[i] + noise[i];
	return encoded;
}

/** The sum of the updates, noise included, out of an unmasked sum; and how many clients are in it. */
export function decodeWithNoise(
	sum: Uint32Array,
	{ scale }: DistributedNoise
): { total: Float64Array; numClients: number } {
	const signed = new Int32Array(sum.buffer, sum.byteOffset, sum.length);
	return {
		total: Float64Array.from(signed.subarray(1), (value) => value / scale),
		numClients: signed[0]
	};
}
