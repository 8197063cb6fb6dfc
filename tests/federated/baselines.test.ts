import { describe, expect, it } from 'vitest';
import {
	centralizedBatches,
	centralizedBatchSize,
	centralizedSpan,
	localOnlyClients,
	localOnlyEpochs
} from '../../src/lib/federated/baselines';
import { defaultConfig } from '../../src/lib/federated/config';

describe('centralizedBatches', () => {
	it('walks through shuffled epochs: every example once before any twice, however it is cut', () => {
		const walk: number[] = [];
		for (let seen = 0; seen < 200; seen += 40) {
			const batches = centralizedBatches(7, 100, seen, 40, 16);
			expect(batches.map((batch) => batch.length)).toEqual([16, 16, 8]);
			walk.push(...batches.flatMap((batch) => [...batch]));
		}
		expect(new Set(walk.slice(0, 100)).size).toBe(100);
		expect(new Set(walk.slice(100)).size).toBe(100);
		expect(walk.slice(0, 100)).not.toEqual(walk.slice(100));
		const whole = centralizedBatches(7, 100, 0, 200, 16).flatMap((batch) => [...batch]);
		expect(whole).toEqual(walk);
	});

	it('lays whole batches end to end over rounds of any size', () => {
		const config = { ...defaultConfig, batchSize: 16 };
		const walk: number[] = [];
		let seen = 0;
		for (const numExamples of [41, 7, 3, 50, 33]) {
			const { from, count } = centralizedSpan(config, seen, numExamples);
			const batches = centralizedBatches(7, 100, from, count, 16);
			expect(batches.every((batch) => batch.length === 16)).toBe(true);
			walk.push(...batches.flatMap((batch) => [...batch]));
			seen += numExamples;
			// What it owes is less than a batch.
			expect(walk.length).toBe(seen - (seen % 16));
		}
		const whole = centralizedBatches(7, 100, 0, walk.length, 16).flatMap((batch) => [...batch]);
		expect(walk).toEqual(whole);
	});

	it('leaves a round its own where clients take all at once', () => {
		const config = { ...defaultConfig, batchSize: 0 };
		expect(centralizedSpan(config, 41, 7)).toEqual({ from: 41, count: 7 });
	});

	it('takes a whole round in one step where clients take all at once', () => {
		expect(centralizedBatchSize({ ...defaultConfig, batchSize: 0, localEpochs: 5 }, 4000)).toBe(
			800
		);
		expect(centralizedBatchSize({ ...defaultConfig, batchSize: 20 }, 4000)).toBe(20);
	});
});

describe('the writers that train alone', () => {
	it('are sampled once each over all rounds', () => {
		const ids = Array.from({ length: 289 }, (_, id) => id);
		const all = Array.from({ length: 60 }, (_, i) => localOnlyClients(defaultConfig, i + 1, ids));
		expect(new Set(all.flat()).size).toBe(30);
		expect(all.flat().length).toBe(30);
		expect(Math.max(...all.map((some) => some.length))).toBe(1);
	});

	it('share the budget equally, at least one epoch each', () => {
		expect(localOnlyEpochs(defaultConfig, 289)).toBe(Math.round(600 / 289));
		expect(localOnlyEpochs({ ...defaultConfig, rounds: 1 }, 289)).toBe(1);
		expect(localOnlyEpochs({ ...defaultConfig, cohortSize: 100, rounds: 3 }, 10)).toBe(3);
	});
});
