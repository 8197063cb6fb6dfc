/**
 * The server's step: x <- x + serverLr * mean delta (McMahan et al. 2017; Reddi et al. 2020, Algorithm 1), with
 * central noise on the mean where it is wanted (McMahan et al. 2018, arXiv 1710.06963, Algorithm 1).
 */
import { randomStream } from '../math/random';
import { addScaled } from '../math/vector';
import type { Floats } from '../math/vectorArithmetic';
import {
	defaultAdaptiveClip,
	nextClip,
	noiseMultiplierForUpdates,
	noisyShareWithin,
	type AdaptiveClipSettings
} from '../privacy/adaptiveClip';
import { addGaussianNoise, noiseSdOnMean } from '../privacy/gaussian';
import type { RunConfig } from './config';
import type { ClientOutput, ServerState } from './records';

/** The next global model, in `next` where it is given; the old one is left as it is. */
export function serverUpdate(
	params: Float32Array,
	delta: Floats,
	serverLr: number,
	next?: Float32Array
): Float32Array {
	return addScaled(params, serverLr, delta, next);
}

/** The mean update as the server may use it: with its own noise under central privacy, else as it came. */
export function noiseMean(
	delta: Float64Array,
	config: RunConfig,
	{ roundNum, clip }: ServerState
): Floats {
	if (config.dp !== 'central') return delta;
	const noiseMultiplier = config.adaptiveClip
		? noiseMultiplierForUpdates(config.noiseMultiplier, adaptiveSettings(config).countNoiseSd)
		: config.noiseMultiplier;
	const sd = noiseSdOnMean(noiseMultiplier, clip, config.cohortSize);
	const random = randomStream(config.seed, 'noise', roundNum + 1);
	return addGaussianNoise(Float32Array.from(delta), sd, random);
}

/** The clip of the next round: what it is, or what the clients' norms say (Andrew et al. 2021). */
export function updateClip(
	{ roundNum, clip }: ServerState,
	config: RunConfig,
	outputs: readonly ClientOutput[]
): number {
	if (config.dp !== 'central' || !config.adaptiveClip || config.secureAggregation) return clip;
	const settings = adaptiveSettings(config);
	const numWithin = outputs.reduce((sum, output) => sum + output.isWithinClip, 0);
	const random = randomStream(config.seed, 'clipCount', roundNum + 1);
	return nextClip(clip, noisyShareWithin(numWithin, outputs.length, settings, random), settings);
}

/** The published settings; the count gets at least as much noise as leaves the updates their part. */
function adaptiveSettings({ cohortSize, noiseMultiplier }: RunConfig): AdaptiveClipSettings {
	const settings = defaultAdaptiveClip(cohortSize);
	return { ...settings, countNoiseSd: Math.max(settings.countNoiseSd, noiseMultiplier) };
}
