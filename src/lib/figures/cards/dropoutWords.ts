/** Why runs of equal settings part ways when clients drop out and only some of the runs have masks. */
import type { RoundMetrics } from '../../federated/events';
import type { Comparison, DropoutSettings } from '../../scene/learningCurves';
import { formatCount } from '../../ui/format';
import { lostRounds } from '../statusLine';
import { upTo } from './populationRows';

interface LossyRun {
	/** As the sentence calls it: "run A". */
	name: string;
	config: DropoutSettings;
	metrics: readonly RoundMetrics[];
}

/**
 * What a drop-out costs with masks and without, with the rounds that each run has lost by the round that is looked
 * at; null where no two runs with drop-outs differ in their masks.
 */
export function dropoutRemark(
	metrics: readonly RoundMetrics[],
	{ config, others }: Pick<Comparison, 'config' | 'others'>,
	roundNum: number | null
): string | null {
	const runs: LossyRun[] = [
		{ name: 'the run on stage', config, metrics },
		...others.map(({ letter, ...run }) => ({
			...run,
			name: letter ? `run ${letter}` : 'the live run'
		}))
	];
	const lossy = runs
		.map((run) => ({ ...run, metrics: upTo(run.metrics, roundNum) }))
		.filter((run) => run.config.dropout > 0 && run.metrics.length > 0);
	const masked = lossy.filter((run) => run.config.secureAggregation);
	const clear = lossy.filter((run) => !run.config.secureAggregation);
	if (masked.length === 0 || clear.length === 0) return null;
	return `Drop-outs weigh differently under masks: a client that falls silent after sending still counts, but a round with too few left to unmask the sum is lost whole (${countLost(masked)}); without masks a drop-out never answers, and a round is lost only when nobody does (${countLost(clear)}).`;
}

/** "9 of 40 rounds in run A, 0 of 40 in run B". */
function countLost(runs: readonly LossyRun[]): string {
	return runs
		.map(({ name, metrics }, index) => {
			const counts = `${formatCount(lostRounds({ metrics }).length)} of ${formatCount(metrics.length)}`;
			return `${counts}${index === 0 ? ' rounds' : ''} in ${name}`;
		})
		.join(', ');
}
