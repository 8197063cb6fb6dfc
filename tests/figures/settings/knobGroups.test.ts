import { describe, expect, it } from 'vitest';
import { countChanged, groupKnobs, idleReason } from '../../../src/lib/figures/settings/knobGroups';
import { defaultConfig } from '../../../src/lib/federated/config';
import { knobNames } from '../../../src/lib/federated/knobs';

describe('groupKnobs', () => {
	it('shows every knob exactly once, whatever the settings', () => {
		for (const partition of ['writers', 'iid', 'dirichlet', 'shards'] as const) {
			const { groups, more } = groupKnobs({ ...defaultConfig, partition });
			const names = [...groups.flatMap((group) => group.names), ...more];
			expect([...names].sort()).toEqual([...knobNames].sort());
		}
	});

	it('shows every knob exactly once with masks and noise, too', () => {
		const { groups, more } = groupKnobs({
			...defaultConfig,
			secureAggregation: true,
			dp: 'central'
		});
		const names = [...groups.flatMap((group) => group.names), ...more];
		expect([...names].sort()).toEqual([...knobNames].sort());
	});

	it('brings a knob forward while it has an effect', () => {
		const dirichlet = { ...defaultConfig, partition: 'dirichlet' } as const;
		expect(groupKnobs(dirichlet).groups[0].names).toContain('alpha');
		expect(groupKnobs(defaultConfig).more).toContain('alpha');
		expect(idleReason('alpha', dirichlet)).toBeNull();
		expect(idleReason('alpha', defaultConfig)).toMatch(/dirichlet/);
	});
});

describe('countChanged', () => {
	it('counts what differs from the defaults and has an effect', () => {
		const names = ['serverLr', 'evaluateEvery', 'alpha'] as const;
		expect(countChanged(names, defaultConfig)).toBe(0);
		const changed = { ...defaultConfig, serverLr: 2, alpha: 7, seed: 8 };
		expect(countChanged(names, changed)).toBe(1);
		expect(countChanged(names, { ...changed, partition: 'dirichlet' })).toBe(2);
	});
});
