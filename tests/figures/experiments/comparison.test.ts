import { describe, expect, it } from 'vitest';
import type { RoundMetrics } from '../../../src/lib/federated/events';
import { compareRuns } from '../../../src/lib/figures/experiments/comparison';
import type { Experiments } from '../../../src/lib/state/Experiments.svelte';
import { PinnedRuns } from '../../../src/lib/state/PinnedRuns.svelte';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const { metrics } = await finishRun(createTinyServer(), tinyConfig);
/** The same rounds once more: equal numbers, another run. */
const again = structuredClone(metrics);
const silencing = (ids: number[]): RoundMetrics[] =>
	structuredClone(metrics).map((round) => ({ ...round, silencedByHand: ids }));

const noCurve = { config: null, metrics: [], status: { kind: 'off' } };

function compare(
	shown: readonly RoundMetrics[],
	pinned: readonly RoundMetrics[],
	change = {},
	live: object = noCurve
) {
	const pins = new PinnedRuns();
	pins.pin(tinyConfig, pinned);
	const config = change === tinyConfig ? tinyConfig : { ...tinyConfig, ...change };
	const experiments = { pins, live } as unknown as Experiments;
	return compareRuns({ config, metrics: shown }, experiments);
}

describe('the runs beside the one on stage', () => {
	it('are without it, and with another run of its very settings', () => {
		expect(compare(metrics, metrics, tinyConfig).others).toEqual([]);
		const [other] = compare(again, metrics, tinyConfig).others;
		expect(other).toMatchObject({ letter: 'A', name: 'the same settings' });
	});

	it('say who was silenced by hand', () => {
		const { name, others } = compare(again, silencing([3, 5]), tinyConfig);
		expect(name).toBe('the same settings');
		expect(others[0].name).toBe('the same settings, 2 silenced by hand');
	});

	it('are named by what sets them apart from the run that is about to begin', () => {
		const { name, others } = compare([], metrics, { cohortSize: tinyConfig.cohortSize + 1 });
		expect(name).toBeNull();
		expect(others[0].name).toBe(`cohort ${tinyConfig.cohortSize}`);
	});

	it('tell a live curve whose settings have gone on', () => {
		const live = { config: { ...tinyConfig, seed: 9 }, metrics };
		const nameWith = (kind: string) =>
			compare(metrics, metrics, tinyConfig, { ...live, status: { kind } }).others[0].name;
		expect(nameWith('drawn')).toBe('seed 9');
		expect(nameWith('slow')).toBe('seed 9, before the last change');
	});
});
