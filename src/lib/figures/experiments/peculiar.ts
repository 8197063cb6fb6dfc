/** Whether something in a run could be left out for a comparison: known before the rest of comparing is loaded. */
import type { RunConfig } from '../../federated/config';

export function isPeculiar(config: RunConfig): boolean {
	const { dropout, dp, secureAggregation, partition, quantitySkew, algorithm } = config;
	const isDisturbed = dropout > 0 || dp !== 'none' || secureAggregation;
	return isDisturbed || partition !== 'writers' || quantitySkew > 0 || algorithm !== 'fedavg';
}
