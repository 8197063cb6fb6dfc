import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig } from '../../../src/lib/federated/config';
import { knobNames } from '../../../src/lib/federated/knobs';
import {
	canSweep,
	curveOnly,
	sweepConfigs
} from '../../../src/lib/federated/experiments/sweepConfigs';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

describe('sweepConfigs', () => {
	it('visits the usual values and the present one, ascending', () => {
		const configs = sweepConfigs({ ...defaultConfig, cohortSize: 15 }, 'cohortSize');
		expect(configs.map(({ cohortSize }) => cohortSize)).toEqual([1, 5, 10, 15, 20, 30, 50]);
		for (const config of configs) {
			expect({ ...config, cohortSize: 10 }).toEqual({ ...defaultConfig, cohortSize: 10 });
		}
	});

	it('leaves out values that the other settings do not allow', () => {
		const few = sweepConfigs({ ...defaultConfig, numClients: 20 }, 'cohortSize');
		expect(few.map(({ cohortSize }) => cohortSize)).toEqual([1, 5, 10, 20]);
		const noise = sweepConfigs(defaultConfig, 'dp').map(({ dp }) => dp);
		expect(noise).toEqual(['none', 'central', 'local']);
	});

	it('sweeps choices and switches, and nothing that has no effect', () => {
		expect(sweepConfigs(defaultConfig, 'partition')).toHaveLength(4);
		expect(sweepConfigs(defaultConfig, 'secureAggregation')).toHaveLength(2);
		expect(canSweep(defaultConfig, 'alpha')).toBe(false);
		expect(canSweep({ ...defaultConfig, partition: 'dirichlet' }, 'alpha')).toBe(true);
		expect(canSweep(defaultConfig, 'seed')).toBe(false);
	});

	it('gives valid configurations only, at most eight, all different', () => {
		const anyConfig = fc.record({
			numClients: fc.integer({ min: 2, max: 289 }),
			cohortSize: fc.integer({ min: 1, max: 60 }),
			secureAggregation: fc.boolean(),
			dp: fc.constantFrom('none' as const, 'central' as const, 'local' as const)
		});
		fc.assert(
			fc.property(anyConfig, fc.constantFrom(...knobNames), (change, name) => {
				const configs = sweepConfigs({ ...defaultConfig, ...change }, name);
				expect(configs.length).toBeLessThanOrEqual(8);
				expect(new Set(configs.map((config) => config[name])).size).toBe(configs.length);
				for (const config of configs) expect(parseConfig(config).problems).toEqual([]);
			})
		);
	});
});

describe('curveOnly', () => {
	it('learns bit for bit what the whole run learns', async () => {
		const config = { ...tinyConfig, rounds: 45, dropout: 0.2 };
		const curve = curveOnly(config);
		expect(curve).toMatchObject({ baselines: false, evaluateEvery: 3 });
		const whole = await finishRun(createTinyServer(), config);
		const spare = await finishRun(createTinyServer(), curve);
		expect(spare.params).toEqual(whole.params);
		const measured = spare.metrics.filter(({ evaluation }) => evaluation);
		expect(measured).toHaveLength(15);
		for (const { round, evaluation } of measured) {
			expect(evaluation).toEqual(whole.metrics[round - 1].evaluation);
		}
	});

	it('measures the last round, and no round that the run would not', () => {
		expect(curveOnly({ ...defaultConfig, rounds: 5 }).evaluateEvery).toBe(1);
		expect(curveOnly({ ...defaultConfig, rounds: 60, evaluateEvery: 30 }).evaluateEvery).toBe(30);
		expect(curveOnly({ ...defaultConfig, rounds: 3, evaluateEvery: 30 }).evaluateEvery).toBe(3);
	});
});
