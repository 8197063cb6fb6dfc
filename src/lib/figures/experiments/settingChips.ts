/** The settings as chips: what a reader wants to see of a run at a glance, each with the group it opens. */
import { defaultConfig, type RunConfig } from '../../federated/config';
import { wordSetting } from '../../federated/experiments/settingWords';
import type { KnobName } from '../../federated/knobs';
import { formatCounted, formatWholePercent } from '../../ui/format';

export interface SettingChip {
	/** The knob that the chip leads to. */
	name: KnobName;
	text: string;
}

/** What every run has, then what protects and what disturbs it, where that is on. */
export function settingChips(config: RunConfig): SettingChip[] {
	const { localEpochs, batchSize, clientLr, partition, numClients } = config;
	const batch = batchSize === 0 ? 'all at once' : `batch ${batchSize}`;
	const epochs = localEpochs === 1 ? '1 epoch' : `${localEpochs} epochs`;
	const training =
		config.algorithm === 'fedsgd' ? 'one step' : `${epochs} · ${batch} · rate ${clientLr}`;
	const chips: SettingChip[] = [
		{
			name: 'partition',
			text: partition === 'writers' ? `${numClients} writers` : `${numClients} clients`
		},
		{ name: 'cohortSize', text: `cohort ${config.cohortSize}` },
		{ name: 'model', text: wordSetting('model', config.model) },
		{ name: 'localEpochs', text: training },
		{ name: 'rounds', text: formatCounted(config.rounds, 'round') },
		{
			name: 'secureAggregation',
			text: `secure aggregation ${config.secureAggregation ? 'on' : 'off'}`
		},
		{
			name: 'dp',
			text:
				config.dp === 'none'
					? 'noise off'
					: `${config.dp} noise · multiplier ${config.noiseMultiplier}`
		},
		{ name: 'seed', text: `seed ${config.seed}` }
	];
	if (partition !== 'writers') chips.splice(1, 0, dealChip(config));
	if (config.algorithm !== 'fedavg') {
		chips.splice(3, 0, { name: 'algorithm', text: wordSetting('algorithm', config.algorithm) });
	}
	if (config.dropout > 0) {
		chips.push({ name: 'dropout', text: `drop-outs ${formatWholePercent(config.dropout)}` });
	}
	return chips;
}

/** What sets a run apart from the one that the page opens with: "cohort 20, drop-outs 50 %"; empty for that one. */
export function wordUnusual(config: RunConfig): string {
	const usual = new Set(settingChips(defaultConfig).map(({ text }) => text));
	const chips = settingChips(config).filter(({ text }) => !usual.has(text));
	return chips.map(({ text }) => text).join(', ');
}

function dealChip({ partition, alpha, shardsPerClient, quantitySkew }: RunConfig): SettingChip {
	if (partition === 'dirichlet') return { name: 'alpha', text: `Dirichlet ${alpha}` };
	if (partition === 'shards') {
		return { name: 'shardsPerClient', text: `${shardsPerClient} shards each` };
	}
	const skew = quantitySkew > 0 ? `uneven ${quantitySkew}` : 'shuffled evenly';
	return { name: 'quantitySkew', text: skew };
}
