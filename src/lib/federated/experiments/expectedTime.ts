/**
 * How long a run will take, from the rounds of it that are over. The first rounds fetch digits and warm the
 * machine up, and only every so many rounds are measured, so whole periods after the first one count.
 */
import type { RunConfig } from '../config';

/** Rounds after the first by which a run is judged early, whatever they fetched, when they took very long. */
const PATIENCE_MS = 3000;
/** A first round wakes workers and compiles kernels as well: it is judged alone when even that does not explain it. */
const FIRST_PATIENCE_MS = 12_000;

/**
 * Milliseconds that the whole run takes at the pace of its last rounds; null while that cannot be told.
 * `roundMs` holds the time of each round that is over.
 */
export function expectedRunMs(
	roundMs: readonly number[],
	{ rounds, evaluateEvery }: Pick<RunConfig, 'rounds' | 'evaluateEvery'>
): number | null {
	const period = Math.min(evaluateEvery, rounds);
	const numWhole = Math.floor(roundMs.length / period);
	if (numWhole >= 2) {
		const last = roundMs.slice((numWhole - 1) * period, numWhole * period);
		return (sum(last) / period) * rounds;
	}
	const [first = 0, ...later] = roundMs;
	if (sum(later) > PATIENCE_MS) return (sum(later) / later.length) * rounds;
	return later.length === 0 && first > FIRST_PATIENCE_MS ? first * rounds : null;
}

/** The same for other settings of the same model: training goes with rounds, clients and epochs. */
export function scaledRunMs(knownMs: number, known: RunConfig, other: RunConfig): number | null {
	const isAlike =
		known.model === other.model &&
		known.backend === other.backend &&
		known.batchSize === other.batchSize &&
		known.secureAggregation === other.secureAggregation &&
		known.dp === other.dp;
	return isAlike ? (knownMs * workOf(other)) / workOf(known) : null;
}

function workOf({ rounds, cohortSize, localEpochs, algorithm }: RunConfig): number {
	return rounds * cohortSize * (algorithm === 'fedsgd' ? 1 : localEpochs);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
