import { describe, expect, it } from 'vitest';
import type { RoundMetrics } from '../../src/lib/federated/events';
import { BackgroundRuns } from '../../src/lib/state/BackgroundRuns';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost, type TinyHost } from '../fixtures/tinyHost';

const reference = await finishRun(createTinyServer(), tinyConfig);
const pass = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function createRuns(isHeld: () => boolean = () => false, interrupt?: () => void) {
	const hosts: TinyHost[] = [];
	const runs = new BackgroundRuns({
		isHeld,
		wait: pass,
		createHost: async () => {
			hosts.push(createTinyHost(interrupt));
			return hosts[hosts.length - 1];
		}
	});
	return { runs, hosts };
}

describe('runs in the background', () => {
	it('give the figures of a watched run', async () => {
		const { runs } = createRuns();
		const metrics: RoundMetrics[] = [];
		const outcome = await runs.run(tinyConfig, (round) => metrics.push(round) > 0);
		expect(outcome).toBe('complete');
		expect(metrics).toEqual(reference.metrics);
	});

	it('are cancelled by the next one, on the same workers', async () => {
		const { runs, hosts } = createRuns();
		const stale: number[] = [];
		const first = runs.run({ ...tinyConfig, rounds: 50 }, ({ round }) => stale.push(round) > 0);
		while (stale.length < 2) await pass();
		const metrics: RoundMetrics[] = [];
		const second = runs.run(tinyConfig, (round) => metrics.push(round) > 0);
		expect(await first).toBe('cancelled');
		expect(await second).toBe('complete');
		expect(stale.length).toBeLessThan(50);
		expect(metrics).toEqual(reference.metrics);
		expect(hosts).toHaveLength(1);
	});

	it('end when told that enough was seen', async () => {
		const { runs } = createRuns();
		const rounds: number[] = [];
		const outcome = await runs.run(tinyConfig, ({ round }) => rounds.push(round) < 2);
		expect([outcome, rounds]).toEqual(['cancelled', [1, 2]]);
	});

	it('stand still while they are held, and go on from there', async () => {
		let isHeld = true;
		const { runs, hosts } = createRuns(() => isHeld);
		const rounds: number[] = [];
		const run = runs.run(tinyConfig, ({ round }) => {
			rounds.push(round);
			isHeld = round === 2;
			return true;
		});
		for (let i = 0; i < 10; i++) await pass();
		expect(hosts).toHaveLength(0);
		isHeld = false;
		while (rounds.length < 2) await pass();
		for (let i = 0; i < 10; i++) await pass();
		expect(rounds).toEqual([1, 2]);
		isHeld = false;
		expect(await run).toBe('complete');
		expect(rounds).toEqual([1, 2, 3]);
	});

	it('make new workers after theirs have died, and after dispose', async () => {
		let numCalls = 0;
		const { runs, hosts } = createRuns(undefined, () => {
			if (++numCalls !== 2) return;
			hosts[0].isWhole = false;
			throw new Error('The federation failed.');
		});
		await expect(runs.run(tinyConfig, () => true)).rejects.toThrow('The federation failed.');
		expect(await runs.run(tinyConfig, () => true)).toBe('complete');
		expect(hosts.map(({ isDisposed }) => isDisposed)).toEqual([true, false]);
		runs.dispose();
		expect(hosts[1].isDisposed).toBe(true);
		expect(await runs.run(tinyConfig, () => true)).toBe('complete');
		expect(hosts).toHaveLength(3);
	});
});
