/** What a run has cost so far, for one person: the accountant that fits the way the noise is made. */
import { rdpEpsilon, type PrivacyQuery } from '../privacy/accountant';
import { fixedSizeEpsilon } from '../privacy/fixedSize';
import { localEpsilon } from '../privacy/gaussianMechanism';
import { integerSensitivity, skellamEpsilon } from '../privacy/skellam';
import { tightEpsilon } from '../privacy/tightEpsilon';
import { mostTimesChosen } from './cohort';
import type { RunConfig } from './config';
import { planDistributedNoise } from './privateUpdate';

export interface PrivacySpent {
	/** At most this much, by Renyi DP; null where nothing is promised (no noise). */
	epsilonRdp: number | null;
	/** Tight, by numerical composition; null where none is known for this way of sampling or noise. */
	epsilonTight: number | null;
	delta: number;
	/** What may change between two neighbouring federations. */
	adjacency: 'add or remove one client' | 'replace one client' | 'replace one update';
}

export interface SpendingSoFar {
	rounds: number;
	numEligible: number;
	numParams: number;
	/** How often the client that was asked most often has answered. */
	mostAnswers: number;
	clip: number;
}

/** Null without differential privacy. */
export function privacySpent(config: RunConfig, spending: SpendingSoFar): PrivacySpent | null {
	const { dp, delta, sampling } = config;
	if (dp === 'none') return null;
	return {
		epsilonRdp: finite(epsilonBound(config, spending)),
		epsilonTight: finite(tightFigure(config, spending)),
		delta,
		adjacency:
			dp === 'local'
				? 'replace one update'
				: sampling === 'fixed'
					? 'replace one client'
					: 'add or remove one client'
	};
}

/**
 * What a whole run with these settings will cost at most; gives way where it takes long. Infinity without noise.
 * Noise of the clients' own is paid for by the answer: the seed tells who is asked most often, and how often that is.
 */
export function* planEpsilon(
	config: RunConfig,
	numEligible: number,
	numParams: number
): Generator<void, number> {
	const { rounds, clip, dp } = config;
	const everybody = [...Array(numEligible).keys()];
	const mostAnswers = dp === 'local' ? yield* mostTimesChosen(config, everybody) : 0;
	return epsilonBound(config, { rounds, numEligible, numParams, mostAnswers, clip });
}

/** The bound by Renyi DP that fits how cohorts are drawn and who makes the noise. */
function epsilonBound(config: RunConfig, spending: SpendingSoFar): number {
	const query = queryOf(config, spending);
	if (config.dp === 'local') return rdpEpsilon(localQuery(config, spending)).epsilon;
	if (config.sampling === 'fixed') return fixedSizeEpsilon(query).epsilon;
	if (config.dp === 'distributed') return skellamBound(config, spending, query.samplingRate);
	return rdpEpsilon(query).epsilon;
}

/** Null where no tight figure is known: fixed cohorts, and noise of integers. */
function tightFigure(config: RunConfig, spending: SpendingSoFar): number | null {
	if (config.dp === 'local') {
		return localEpsilon(config.noiseMultiplier, spending.mostAnswers, config.delta);
	}
	if (config.sampling === 'fixed' || config.dp === 'distributed') return null;
	return tightEpsilon(queryOf(config, spending));
}

function queryOf(
	{ cohortSize, noiseMultiplier, delta }: RunConfig,
	{ rounds, numEligible }: SpendingSoFar
): PrivacyQuery {
	return { samplingRate: Math.min(1, cohortSize / numEligible), noiseMultiplier, rounds, delta };
}

/** Each answer of a client is a release of its own; replacing an update moves it by up to two clips. */
function localQuery(config: RunConfig, { mostAnswers }: SpendingSoFar): PrivacyQuery {
	const { delta, noiseMultiplier } = config;
	return { samplingRate: 1, noiseMultiplier: noiseMultiplier / 2, rounds: mostAnswers, delta };
}

function skellamBound(config: RunConfig, spending: SpendingSoFar, samplingRate: number): number {
	const { rounds, numParams, clip } = spending;
	const plan = planDistributedNoise(config, clip, config.cohortSize, numParams);
	return skellamEpsilon({
		samplingRate,
		variance: plan.centralVariance,
		sensitivity: integerSensitivity(plan.normBound, numParams),
		rounds,
		delta: config.delta
	}).epsilon;
}

function finite(value: number | null): number | null {
	return value !== null && Number.isFinite(value) ? value : null;
}
