import { describe, expect, it } from 'vitest';
import { populationRows } from '../../../src/lib/figures/cards/populationRows';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const config = { ...tinyConfig, rounds: 4, evaluateEvery: 2, baselines: false };
const { metrics } = await finishRun(createTinyServer(), config);
const other = (letter: string | null, numRounds: number) => ({
	name: 'cohort 3',
	letter,
	config,
	metrics: metrics.slice(0, numRounds)
});
const names = (others: ReturnType<typeof other>[], roundNum: number | null = null) =>
	populationRows(metrics, { others }, roundNum).map(({ name }) => name);

describe('the runs side by side', () => {
	it('name the round of a run that stands at another one than the run on stage', () => {
		expect(names([other('A', 4), other('B', 3), other(null, 2)])).toEqual([
			'Federated',
			'live: cohort 3, round 2',
			'B cohort 3, round 2',
			'A cohort 3'
		]);
	});

	it('stand at the round that is looked at, or the newest measured before it', () => {
		expect(names([other('A', 4), other('B', 3)], 3)).toEqual([
			'Federated',
			'B cohort 3',
			'A cohort 3'
		]);
		const [own] = populationRows(metrics, { others: [] }, 3);
		expect(own.evaluation).toBe(metrics[1].evaluation);
		expect(own.last).toBe(metrics[2]);
	});

	it('stand at the newest round of the run on stage where that has come less far', () => {
		const rows = populationRows(metrics.slice(0, 2), { others: [other('A', 4)] }, null);
		expect(rows[1].name).toBe('A cohort 3');
		expect(rows[1].evaluation).toBe(metrics[1].evaluation);
	});

	it('name no round of a run that has none', () => {
		expect(names([other('A', 0)])).toEqual(['Federated', 'A cohort 3']);
		expect(populationRows([], { others: [other('A', 2)] }, null)[1].name).toBe(
			'A cohort 3, round 2'
		);
	});
});
