/** What a reader did by hand in a run, outside of its seed: an export has to say so. */
import type { RoundMetrics } from '../../federated/events';
import { formatCount } from '../../ui/format';

/** One sentence a round in which somebody was silenced; empty where the settings tell everything. */
export function describeInterventions(metrics: readonly RoundMetrics[]): string[] {
	return metrics
		.filter(({ silencedByHand }) => silencedByHand.length > 0)
		.map(({ round, silencedByHand }) => {
			const who = silencedByHand.length === 1 ? 'client' : 'clients';
			return `In round ${round}, ${who} ${silencedByHand.join(', ')} fell silent by hand.`;
		});
}

/** To be added to the name of a run: ", 2 silenced by hand"; empty for most. */
export function wordSilenced(metrics: readonly RoundMetrics[]): string {
	const silenced = new Set(metrics.flatMap(({ silencedByHand }) => silencedByHand));
	return silenced.size === 0 ? '' : `, ${formatCount(silenced.size)} silenced by hand`;
}
