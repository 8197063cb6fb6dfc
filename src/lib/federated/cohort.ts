/** Who takes part in a round: the cohort is a function of (seed, round), and so are its drop-outs. */
import { stages, type Stage } from '../masking/messages';
import { randomInt, randomStream, sampleWithoutReplacement } from '../math/random';
import type { RunConfig } from './config';
import { deviceState, isReady } from './readiness';

/** `cohortSize` of the eligible clients, ascending, every subset equally likely; all of them if fewer. */
export function sampleCohort(
	seed: number,
	roundNum: number,
	eligibleIds: readonly number[],
	cohortSize: number
): number[] {
	const random = randomStream(seed, 'cohort', roundNum);
	const size = Math.min(cohortSize, eligibleIds.length);
	return sampleWithoutReplacement(eligibleIds.length, size, random).map(
		(position) => eligibleIds[position]
	);
}

/** Every eligible client flips a coin of its own, with chance q; the cohort may be empty. Ascending. */
export function samplePoissonCohort(
	seed: number,
	roundNum: number,
	eligibleIds: readonly number[],
	samplingRate: number
): number[] {
	const random = randomStream(seed, 'cohort', roundNum);
	return eligibleIds.filter(() => random() < samplingRate);
}

/** The settings that decide who is chosen. */
type CohortConfig = Pick<RunConfig, 'seed' | 'cohortSize' | 'sampling' | 'onlyWhenReady'>;

/** Whom a round of this run chooses, ascending. */
export function chooseCohort(
	{ seed, cohortSize, sampling, onlyWhenReady }: CohortConfig,
	eligibleIds: readonly number[],
	roundNum: number
): number[] {
	const ids = onlyWhenReady
		? eligibleIds.filter((id) => isReady(deviceState(seed, roundNum, id)))
		: eligibleIds;
	return sampling === 'poisson'
		? samplePoissonCohort(seed, roundNum, ids, cohortSize / Math.max(cohortSize, ids.length))
		: sampleCohort(seed, roundNum, ids, cohortSize);
}

/**
 * How often a run chooses the client that it chooses most often. Gives way after each round: hundreds of thousands of
 * choices take longer than a frame.
 */
export function* mostTimesChosen(
	config: CohortConfig & Pick<RunConfig, 'rounds'>,
	eligibleIds: readonly number[]
): Generator<void, number> {
	const timesChosen = new Map<number, number>();
	for (let roundNum = 1; roundNum <= config.rounds; roundNum++) {
		for (const id of chooseCohort(config, eligibleIds, roundNum)) {
			timesChosen.set(id, (timesChosen.get(id) ?? 0) + 1);
		}
		yield;
	}
	return Math.max(0, ...timesChosen.values());
}

/** When a chosen client falls silent: before its training is done, or in a stage of secure aggregation. */
export type DropoutStage = 'train' | Stage;

/**
 * The moment at which a client drops out of this round, or null. Without secure aggregation there is only one;
 * with it every moment of the round is equally likely.
 */
export function dropoutStage(
	{ seed, dropout, secureAggregation }: Pick<RunConfig, 'seed' | 'dropout' | 'secureAggregation'>,
	roundNum: number,
	clientId: number
): DropoutStage | null {
	const random = randomStream(seed, 'dropout', roundNum, clientId);
	if (random() >= dropout) return null;
	if (!secureAggregation) return 'train';
	const moments: readonly DropoutStage[] = ['train', ...stages];
	return moments[randomInt(random, moments.length)];
}
