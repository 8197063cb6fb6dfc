import { describe, expect, it } from 'vitest';
import {
	accuracyCurves,
	accuracyDomain,
	lossCurves,
	lossDomain
} from '../../src/lib/scene/learningCurves';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const { metrics } = await finishRun(createTinyServer(), {
	...tinyConfig,
	rounds: 5,
	evaluateEvery: 2
});

describe('accuracyCurves', () => {
	it('has a point for each evaluated round, with the value of that population', () => {
		const federated = accuracyCurves(metrics, 'students').find(({ role }) => role === 'federated');
		expect(federated?.points.map(({ roundNum }) => roundNum)).toEqual([2, 4, 5]);
		expect(federated?.points[1].value).toBe(metrics[3].evaluation?.students.accuracy);
	});

	it('shows the writers alone on unseen writers only', () => {
		const alone = (population: 'unseen' | 'students') =>
			accuracyCurves(metrics, population).find(({ role }) => role === 'localOnly');
		expect(alone('unseen')?.points.length).toBeGreaterThan(0);
		expect(alone('students')).toBeUndefined();
	});

	it('names how many writers the level of those alone is a mean of', () => {
		const run = {
			name: null,
			noun: 'writer',
			numRounds: 5,
			hasBaselines: true,
			config: tinyConfig,
			others: []
		};
		const alone = (numRounds: number) =>
			accuracyCurves(metrics.slice(0, numRounds), 'unseen', run).find(({ isLevel }) => isLevel);
		const counts = metrics.map(({ localOnly }) => localOnly?.numClients);
		expect(alone(5)?.name).toBe(`each writer alone, mean of ${counts[4]}`);
		expect(alone(2)?.name).toBe(`each writer alone, mean of ${counts[1]} so far`);
		expect(counts[4]).not.toBe(counts[1]);
		expect(alone(0)?.name).toBe('each writer alone');
	});
});

describe('domains', () => {
	it('hold every value, and more than the half that looks best', () => {
		const curves = accuracyCurves(metrics, 'unseen');
		const [low, high] = accuracyDomain(curves);
		expect(high).toBe(1);
		expect(low).toBeLessThanOrEqual(0.5);
		const losses = lossCurves(metrics, 'unseen');
		const [zero, top] = lossDomain(losses);
		expect(zero).toBe(0);
		const values = losses.flatMap(({ points }) => points.map(({ value }) => value));
		expect(values.length).toBeGreaterThan(5);
		expect(top).toBeGreaterThanOrEqual(Math.max(...values));
	});
});

it('lays other runs over the one on stage, each under its name', () => {
	const others = [
		{ name: 'cohort 30', letter: 'A', config: tinyConfig, metrics: metrics.slice(0, 1) },
		{ name: 'cohort 50', letter: null, config: tinyConfig, metrics: metrics.slice(0, 2) }
	];
	const comparison = {
		name: 'cohort 10',
		noun: 'client',
		numRounds: 5,
		hasBaselines: true,
		config: tinyConfig,
		others
	};
	for (const curves of [
		accuracyCurves(metrics, 'unseen', comparison),
		lossCurves(metrics, 'unseen', comparison)
	]) {
		const named = Object.fromEntries(curves.map(({ role, name }) => [role, name]));
		expect(named).toMatchObject({
			federated: 'federated, cohort 10',
			pinned: 'cohort 30',
			live: 'live: cohort 50'
		});
		const live = curves.find(({ role }) => role === 'live');
		expect(live?.points.map(({ roundNum }) => roundNum)).toEqual([2]);
		expect(curves.at(-1)?.role).toBe('federated');
	}
	const alone = accuracyCurves(metrics, 'unseen', comparison)[0];
	expect(alone.name).toMatch(/^each client alone/);
});
