import { describe, expect, it } from 'vitest';
import { BackgroundRuns } from '../../src/lib/state/BackgroundRuns';
import { MOST_PINS, PinnedRuns } from '../../src/lib/state/PinnedRuns.svelte';
import { RunBeside } from '../../src/lib/state/RunBeside.svelte';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost } from '../fixtures/tinyHost';

const config = { ...tinyConfig, rounds: 3 };

function createBeside(interrupt?: () => void) {
	const pins = new PinnedRuns();
	const runs = new BackgroundRuns({
		isHeld: () => false,
		createHost: async () => createTinyHost(interrupt)
	});
	return { pins, runs, beside: new RunBeside(runs, pins) };
}

describe('a run beside the one on stage', () => {
	it('is pinned with the figures of its own run', async () => {
		const { pins, beside } = createBeside();
		const done = beside.start(config);
		expect(pins.runs.map(({ letter }) => letter)).toEqual(['A']);
		expect(beside.status).toMatchObject({ kind: 'running', letter: 'A' });
		await done;
		const { metrics } = await finishRun(createTinyServer(), { ...config, baselines: false });
		expect(pins.runs[0].metrics).toEqual(metrics);
		expect(pins.runs[0].config).toEqual({ ...config, baselines: false });
		expect(beside.status).toEqual({ kind: 'none' });
	});

	it('is measured after the same rounds as the run it is compared with, long ones too', async () => {
		const { pins, beside } = createBeside();
		const measured = () =>
			pins.runs[0].metrics.filter(({ evaluation }) => evaluation).map(({ round }) => round);
		await beside.start({ ...config, rounds: 45, evaluateEvery: 1 });
		expect(measured()).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
		pins.clear();
		await beside.start({ ...config, rounds: 5, evaluateEvery: 2 });
		expect(measured()).toEqual([2, 4, 5]);
		expect(pins.runs[0].metrics).toHaveLength(5);
	});

	it('ends when it is unpinned', async () => {
		const { pins, beside } = createBeside(() => pins.runs[0]?.metrics.length && pins.unpin('A'));
		await beside.start(config);
		expect(pins.runs).toEqual([]);
		expect(beside.status).toEqual({ kind: 'none' });
	});

	it('makes way for another one, which keeps its own status', async () => {
		const { pins, beside } = createBeside();
		const first = beside.start(config);
		const second = beside.start({ ...config, seed: 9 });
		await Promise.all([first, second]);
		expect(pins.runs.map((run) => [run.letter, run.config.seed])).toEqual([['B', 9]]);
		expect(pins.runs[0].metrics).toHaveLength(3);
		expect(beside.status).toEqual({ kind: 'none' });
	});

	it('says why it failed, and leaves nothing half done', async () => {
		let numCalls = 0;
		const { pins, beside } = createBeside(() => {
			if (++numCalls === 2) throw new Error('The file writers/3.bin could not be loaded.');
		});
		await beside.start(config);
		expect(beside.status).toEqual({
			kind: 'failed',
			sentence: 'The file writers/3.bin could not be loaded.'
		});
		expect(pins.runs).toEqual([]);
	});

	it('says so when nothing more can be pinned', async () => {
		const { pins, beside } = createBeside();
		for (let i = 0; i < MOST_PINS; i++) pins.pin(config, []);
		await beside.start(config);
		expect(beside.status).toMatchObject({ kind: 'failed' });
		expect(pins.runs).toHaveLength(MOST_PINS);
	});
});
