/** What a run is worth comparing with: the same one but for what disturbs, protects or skews it. */
import type { RunConfig } from '../config';

export interface Counterpart {
	/** "without drop-outs", "with secure aggregation". */
	label: string;
	config: RunConfig;
}

/** Each differs from the run in one respect; none for a run that has nothing to leave out. */
export function counterparts(config: RunConfig): Counterpart[] {
	const { dropout, dp, secureAggregation, partition, quantitySkew, algorithm } = config;
	// Shares of distributed noise are of use in a secure sum alone: then the noise goes first.
	const isSummedAlone = secureAggregation && dp !== 'distributed';
	const changes: [isThere: boolean, label: string, change: Partial<RunConfig>][] = [
		[dropout > 0, 'without drop-outs', { dropout: 0 }],
		[dp !== 'none', 'without noise', { dp: 'none' }],
		// Masks change what a drop-out costs: that is worth a look.
		[dropout > 0 && !secureAggregation, 'with secure aggregation', { secureAggregation: true }],
		[isSummedAlone, 'without secure aggregation', { secureAggregation: false }],
		[partition === 'iid' && quantitySkew > 0, 'dealt evenly', { quantitySkew: 0 }],
		[
			partition === 'shards' || partition === 'dirichlet',
			'with shuffled digits',
			{ partition: 'iid', quantitySkew: 0 }
		],
		[algorithm !== 'fedavg', 'with plain averaging (FedAvg)', { algorithm: 'fedavg' }]
	];
	return changes
		.filter(([isThere]) => isThere)
		.map(([, label, change]) => ({ label, config: { ...config, ...change } }));
}
