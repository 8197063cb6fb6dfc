import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../src/lib/federated/config';
import type { RoundMetrics } from '../../src/lib/federated/events';
import { MOST_PINS, PinnedRuns } from '../../src/lib/state/PinnedRuns.svelte';

describe('runs put aside', () => {
	const run = (seed: number) => ({ ...defaultConfig, seed });
	const metrics = () => [{ roundNum: 1 } as unknown as RoundMetrics];
	const seeds = (pins: PinnedRuns) => pins.runs.map(({ config }) => config.seed);

	it('keep the run that leaves the stage once, whoever pinned it', () => {
		const pins = new PinnedRuns();
		const [config, figures] = [run(1), metrics()];
		expect(pins.pin(config, figures)).toBe('A');
		expect(pins.keep(config, figures)).toBe('A');
		expect(seeds(pins)).toEqual([1]);
		expect(pins.keep(config, metrics())).toBe('B');
	});

	it('give up the oldest that was kept unasked, never one pinned by hand', () => {
		const pins = new PinnedRuns();
		pins.pin(run(1), metrics());
		for (const seed of [2, 3, 4]) pins.keep(run(seed), metrics());
		expect(pins.isFull).toBe(false);
		expect(pins.keep(run(5), metrics())).toBe('B');
		expect(seeds(pins)).toEqual([1, 5, 3, 4]);
		pins.unpin('C');
		pins.pin(run(6), metrics());
		expect(seeds(pins)).toEqual([1, 5, 6, 4]);
		expect(pins.keep(run(7), metrics())).toBe('D');
		expect(pins.keep(run(8), metrics())).toBe('B');
		expect(seeds(pins)).toEqual([1, 8, 6, 7]);
	});

	it('pinned by hand take the place of those that nobody asked for', () => {
		const pins = new PinnedRuns();
		pins.pin(run(1), metrics());
		for (const seed of [2, 3, 4]) pins.keep(run(seed), metrics());
		expect([5, 6, 7].map((seed) => pins.pin(run(seed), metrics()))).toEqual(['B', 'C', 'D']);
		expect(seeds(pins)).toEqual([1, 5, 6, 7]);
		expect([pins.isFull, pins.pin(run(8), metrics())]).toEqual([true, null]);
	});

	it('take no more than can be told apart', () => {
		const pins = new PinnedRuns();
		for (let seed = 0; seed < MOST_PINS; seed++) pins.pin(run(seed), metrics());
		expect(pins.keep(run(9), metrics())).toBeNull();
		expect(seeds(pins)).toEqual([0, 1, 2, 3]);
	});
});
