import { describe, expect, it } from 'vitest';
import { defaultConfig, type RunConfig } from '../../src/lib/federated/config';
import {
	planEpsilon,
	privacySpent,
	type SpendingSoFar
} from '../../src/lib/federated/privacySpent';
import { gaussianEpsilon } from '../../src/lib/privacy/gaussianMechanism';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const spending: SpendingSoFar = {
	rounds: 50,
	numEligible: 10,
	numParams: 7850,
	mostAnswers: 4,
	clip: 0.5
};
const spentBy = (change: Partial<RunConfig>, so: Partial<SpendingSoFar> = {}) =>
	privacySpent(
		{ ...defaultConfig, cohortSize: 1, sampling: 'poisson', noiseMultiplier: 1, ...change },
		{ ...spending, ...so }
	);

/** Without the pauses. */
function plannedEpsilon(config: RunConfig, numEligible: number, numParams: number): number {
	const work = planEpsilon(config, numEligible, numParams);
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}

describe('what a run has cost', () => {
	it('is the published figure for Poisson sampling and central noise', () => {
		const spent = spentBy({ dp: 'central', delta: 1e-3 })!;
		expect(spent.epsilonRdp).toBeCloseTo(4.0173, 3);
		expect(spent.epsilonTight).toBeCloseTo(3.3139, 3);
		expect(spent.adjacency).toBe('add or remove one client');
	});

	it('is more for a cohort of fixed size, where replacing one client counts', () => {
		const fixed = spentBy({ dp: 'central', sampling: 'fixed' })!;
		expect(fixed.epsilonRdp).toBeGreaterThan(spentBy({ dp: 'central' })!.epsilonRdp!);
		expect(fixed.epsilonTight).toBeNull();
		expect(fixed.adjacency).toBe('replace one client');
	});

	it('of distributed noise is a little more than that of central noise', () => {
		const central = spentBy({ dp: 'central' })!.epsilonRdp!;
		const distributed = spentBy({ dp: 'distributed', secureAggregation: true })!.epsilonRdp!;
		expect(distributed).toBeGreaterThan(central);
		expect(distributed).toBeLessThan(1.05 * central);
	});

	it('of local noise counts the answers of whoever answered most', () => {
		const spent = spentBy({ dp: 'local' })!;
		expect(spent.epsilonTight).toBeCloseTo(gaussianEpsilon(0.5 / 2, 1e-3), 9);
		expect(spent.epsilonRdp!).toBeGreaterThan(spent.epsilonTight!);
		expect(spentBy({ dp: 'local' }, { mostAnswers: 0 })!.epsilonTight).toBe(0);
	});

	it('is planned beforehand by the same bound that a run ends with', () => {
		const config: RunConfig = {
			...defaultConfig,
			cohortSize: 1,
			rounds: 50,
			sampling: 'poisson',
			noiseMultiplier: 1,
			dp: 'central'
		};
		expect(plannedEpsilon(config, 10, 7850)).toBe(spentBy({ dp: 'central' })!.epsilonRdp);
		expect(plannedEpsilon({ ...config, noiseMultiplier: 0 }, 10, 7850)).toBe(Infinity);
	});

	it.each(['fixed', 'poisson'] as const)(
		'of local noise is planned as the run ends, with %s cohorts',
		async (sampling) => {
			const noise = { dp: 'local', noiseMultiplier: 1, clip: 0.5 } as const;
			const config: RunConfig = { ...tinyConfig, ...noise, sampling, rounds: 6, baselines: false };
			const { metrics } = await finishRun(createTinyServer(), config);
			const spent = metrics.at(-1)!.privacy!.epsilonRdp;
			expect(plannedEpsilon(config, tinyConfig.numClients, 7850)).toBe(spent);
			const evenly = Math.ceil((6 * config.cohortSize) / config.numClients);
			expect(spent).toBeGreaterThan(spentBy({ dp: 'local' }, { mostAnswers: evenly })!.epsilonRdp!);
		}
	);

	it('gives way after each round where it has to look through them all', () => {
		const config: RunConfig = { ...tinyConfig, dp: 'local', noiseMultiplier: 1, rounds: 40 };
		expect([...planEpsilon(config, tinyConfig.numClients, 7850)]).toHaveLength(40);
	});

	it('is nothing promised without noise, and nothing at all without privacy', () => {
		expect(spentBy({ dp: 'central', noiseMultiplier: 0 })!.epsilonRdp).toBeNull();
		expect(spentBy({ dp: 'local', noiseMultiplier: 0 })!.epsilonTight).toBeNull();
		expect(spentBy({ dp: 'none' })).toBeNull();
	});
});
