import { describe, expect, it } from 'vitest';
import { curveOnly } from '../../src/lib/federated/experiments/sweepConfigs';
import { BackgroundRuns } from '../../src/lib/state/BackgroundRuns';
import { MOST_PINS, PinnedRuns } from '../../src/lib/state/PinnedRuns.svelte';
import { Sweep } from '../../src/lib/state/Sweep.svelte';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost } from '../fixtures/tinyHost';

const config = { ...tinyConfig, rounds: 2 };

function createSweep(interrupt?: () => void) {
	const runs = new BackgroundRuns({
		isHeld: () => false,
		createHost: async () => createTinyHost(interrupt)
	});
	return new Sweep(runs);
}

describe('a sweep', () => {
	it('runs every value with the figures of its own run', async () => {
		const sweep = createSweep();
		await sweep.start(config, 'cohortSize');
		expect(sweep.status).toBe('done');
		expect(sweep.progress).toBe(1);
		expect(sweep.entries.map((entry) => entry.config.cohortSize)).toEqual([1, 5, 10]);
		for (const entry of sweep.entries) {
			const { metrics } = await finishRun(createTinyServer(), curveOnly(entry.config));
			expect(entry.metrics).toEqual(metrics);
			expect(entry.isComplete).toBe(true);
		}
		const finals = sweep.entries.map((entry) => entry.metrics.at(-1)?.evaluation?.unseen.loss);
		expect(new Set(finals).size).toBe(3);
	});

	it('keeps what it has found when it is cancelled, and goes on with the rest', async () => {
		const sweep = createSweep(() => {
			if (sweep.entries[1]?.numRounds === 1) sweep.cancel();
		});
		await sweep.start(config, 'cohortSize');
		expect(sweep.status).toBe('cancelled');
		expect(sweep.entries.map(({ isComplete }) => isComplete)).toEqual([true, false, false]);
		const resumed = createSweep();
		await resumed.start(config, 'cohortSize');
		const kept = sweep.entries[0];
		expect(kept).toEqual(resumed.entries[0]);
	});

	it('has the result of a run whose last round is over, whenever it is cancelled', async () => {
		for (let numCalls = 1; numCalls <= 7; numCalls++) {
			let numLeft = numCalls;
			const sweep = createSweep(() => {
				if (--numLeft === 0) sweep.cancel();
			});
			await sweep.start(config, 'cohortSize');
			for (const { numRounds, isComplete, metrics } of sweep.entries) {
				expect(isComplete).toBe(numRounds === config.rounds);
				if (isComplete) expect(metrics.at(-1)?.round).toBe(config.rounds);
			}
			const isDone = sweep.entries.every(({ isComplete }) => isComplete);
			expect(sweep.status).toBe(isDone ? 'done' : 'cancelled');
		}
	});

	it('needs no more than the last round to be done, as when it is held back then', async () => {
		const runs = new BackgroundRuns({
			createHost: async () => createTinyHost(),
			isHeld: () => sweep.entries.at(-1)?.numRounds === config.rounds,
			wait: () => Promise.reject(new Error('nobody waits for anything'))
		});
		const sweep: Sweep = new Sweep(runs);
		await sweep.start(config, 'cohortSize');
		expect([sweep.status, sweep.failure]).toEqual(['done', null]);
	});

	it('stops at a failure with its sentence, and goes on from there', async () => {
		let numCalls = 0;
		const sweep = createSweep(() => {
			if (++numCalls === 5) throw new Error('The file writers/3.bin could not be loaded.');
		});
		await sweep.start(config, 'cohortSize');
		expect(sweep.status).toBe('failed');
		expect(sweep.failure).toBe('The file writers/3.bin could not be loaded.');
		const first = sweep.entries[0];
		await sweep.resume();
		expect(sweep.status).toBe('done');
		expect(sweep.entries[0]).toBe(first);
		expect(sweep.entries.every(({ isComplete }) => isComplete)).toBe(true);
	});

	it('keeps a sweep that it replaces, and changes places with it', async () => {
		const sweep = createSweep();
		await sweep.start(config, 'cohortSize');
		expect(sweep.earlier).toBeNull();
		const { entries } = sweep;
		await sweep.start(config, 'clientLr');
		expect(sweep.earlier).toEqual({ name: 'cohortSize', entries, status: 'done', failure: null });
		sweep.bringBack();
		expect([sweep.name, sweep.entries, sweep.status]).toEqual(['cohortSize', entries, 'done']);
		expect(sweep.earlier?.name).toBe('clientLr');
		sweep.clear();
		expect(sweep.earlier).toBeNull();
	});

	it('has nothing to bring back of a sweep that found nothing', async () => {
		const sweep = createSweep(() => {
			if (sweep.name === 'cohortSize') sweep.cancel();
		});
		await sweep.start(config, 'cohortSize');
		await sweep.start(config, 'clientLr');
		expect(sweep.earlier).toBeNull();
	});

	it('ends under way when an earlier one is brought back, and can go on afterwards', async () => {
		const sweep: Sweep = createSweep(() => {
			if (sweep.name === 'clientLr' && sweep.entries[0].isComplete) sweep.bringBack();
		});
		await sweep.start(config, 'cohortSize');
		await sweep.start(config, 'clientLr');
		expect([sweep.name, sweep.status]).toEqual(['cohortSize', 'done']);
		expect(sweep.earlier).toMatchObject({ name: 'clientLr', status: 'cancelled' });
	});

	it('forgets everything when it is cleared', async () => {
		const sweep = createSweep();
		await sweep.start(config, 'cohortSize');
		sweep.clear();
		expect([sweep.status, sweep.entries, sweep.name, sweep.progress]).toEqual([
			'none',
			[],
			null,
			0
		]);
	});
});

describe('pinned runs', () => {
	it('keep a letter each, and take no more than can be told apart', () => {
		const pins = new PinnedRuns();
		for (let rounds = 1; rounds <= MOST_PINS + 1; rounds++) pins.pin({ ...config, rounds }, []);
		expect(pins.isFull).toBe(true);
		expect(pins.runs.map(({ config: { rounds } }) => rounds)).toEqual([1, 2, 3, 4]);
		pins.unpin('B');
		expect(pins.isFull).toBe(false);
		pins.pin({ ...config, rounds: 9 }, []);
		const found = pins.runs.map(({ letter, config: { rounds } }) => letter + rounds);
		expect(found).toEqual(['A1', 'B9', 'C3', 'D4']);
	});
});
