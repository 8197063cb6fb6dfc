/** The runs side by side in figures: each as of the round that is looked at, or the newest before it. */
import type { RoundMetrics } from '../../federated/events';
import { nameOther, type Comparison } from '../../scene/learningCurves';
import { formatCount } from '../../ui/format';

export interface PopulationRow {
	/** With its round, where that is not the round of the first row. */
	name: string;
	evaluation: RoundMetrics['evaluation'] | undefined;
	/** The last round up to there, measured or not. */
	last: RoundMetrics | null;
}

/**
 * The run on stage, then the others in the order of the legend: after the same round, which is the newest of the run on
 * stage where none is looked at. Before its first round each stands at its own newest.
 */
export function populationRows(
	metrics: readonly RoundMetrics[],
	{ others }: Pick<Comparison, 'others'>,
	roundNum: number | null
): PopulationRow[] {
	const newest = roundNum ?? metrics.at(-1)?.round ?? null;
	const own = upTo(metrics, newest);
	const measuredRound = lastMeasured(own)?.round;
	return [
		{ name: 'Federated', evaluation: lastMeasured(own)?.evaluation, last: own.at(-1) ?? null },
		...others.toReversed().map((run) => {
			const rounds = upTo(run.metrics, newest);
			const measured = lastMeasured(rounds);
			const isElsewhere = measured && measured.round !== measuredRound;
			const name = `${run.letter ?? ''} ${nameOther(run)}`.trimStart();
			return {
				name: isElsewhere ? `${name}, round ${formatCount(measured.round)}` : name,
				evaluation: measured?.evaluation,
				last: rounds.at(-1) ?? null
			};
		})
	];
}

/** The rounds of a run up to one that is looked at; all of them where that is null. */
export function upTo(rounds: readonly RoundMetrics[], roundNum: number | null): RoundMetrics[] {
	return rounds.filter(({ round }) => round <= (roundNum ?? Infinity));
}

function lastMeasured(rounds: readonly RoundMetrics[]): RoundMetrics | undefined {
	return rounds.findLast(({ evaluation }) => evaluation);
}
