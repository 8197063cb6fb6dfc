import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig, type RunConfig } from '../../../src/lib/federated/config';
import { counterparts } from '../../../src/lib/federated/experiments/counterparts';
import { presetConfig, presets } from '../../../src/lib/federated/experiments/presets';
import { nameRuns } from '../../../src/lib/federated/experiments/settingWords';
import { isPeculiar } from '../../../src/lib/figures/experiments/peculiar';

const configs: RunConfig[] = [
	...presets.map(presetConfig),
	...[
		{ secureAggregation: true, dropout: 0.5 },
		{ secureAggregation: true, dp: 'distributed' as const },
		{ partition: 'dirichlet' as const, algorithm: 'fedsgd' as const },
		{ dp: 'local' as const }
	].map((change) => ({ ...defaultConfig, ...change }))
];

describe('counterparts', () => {
	it('can all be run, and have names of their own beside the run', () => {
		for (const config of configs) {
			for (const { config: other } of counterparts(config)) {
				expect(parseConfig(other).problems).toEqual([]);
				const [own, others] = nameRuns([config, other]);
				expect(own).not.toBe(others);
			}
		}
	});

	it('leave out what makes a run peculiar, one thing each, and add masks where they matter', () => {
		const labels = (change: Partial<RunConfig>) =>
			counterparts({ ...defaultConfig, ...change }).map(({ label }) => label);
		expect(labels({})).toEqual([]);
		expect(labels({ dropout: 0.5, secureAggregation: true })).toEqual([
			'without drop-outs',
			'without secure aggregation'
		]);
		expect(labels({ dropout: 0.5 })).toEqual(['without drop-outs', 'with secure aggregation']);
		expect(labels({ secureAggregation: true, dp: 'distributed' })).toEqual(['without noise']);
		expect(labels({ partition: 'shards' })).toEqual(['with shuffled digits']);
	});

	it('are announced before they are loaded', () => {
		for (const config of configs) {
			if (counterparts(config).length > 0) expect(isPeculiar(config)).toBe(true);
		}
		expect(isPeculiar(defaultConfig)).toBe(false);
	});
});

it('names drop-outs as a share', () => {
	const [half] = counterparts({ ...defaultConfig, dropout: 0.5 });
	expect(nameRuns([{ ...defaultConfig, dropout: 0.5 }, half.config])).toEqual([
		'drop-outs 50\u00a0%',
		'no drop-outs'
	]);
});
