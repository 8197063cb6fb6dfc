import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/lib/federated/config';
import { BackgroundRuns } from '../../src/lib/state/BackgroundRuns';
import { LIVE_LIMIT_MS, LiveCurve } from '../../src/lib/state/LiveCurve.svelte';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost } from '../fixtures/tinyHost';

const reference = await finishRun(createTinyServer(), { ...tinyConfig, baselines: false });

/** `roundMs` is how long each round seems to take; knobs settle when the test says so. */
function createLive(roundMs = 1, interrupt?: () => void) {
	let nowMs = 0;
	let isTimed = false;
	const starts: RunConfig[] = [];
	const settling: (() => void)[] = [];
	const runs = new BackgroundRuns({
		isHeld: () => false,
		nowMs: () => {
			isTimed = !isTimed;
			if (!isTimed) nowMs += roundMs;
			return nowMs;
		},
		createHost: async () => {
			const host = createTinyHost(interrupt);
			const startRun = host.startRun.bind(host);
			return {
				...host,
				isAlive: () => true,
				startRun: (config) => {
					starts.push(config);
					return startRun(config);
				}
			};
		}
	});
	const live = new LiveCurve({
		runs,
		nowMs: () => nowMs,
		later: (run) => {
			settling.push(run);
			return () => void settling.splice(settling.indexOf(run), 1);
		}
	});
	const settle = () => settling.splice(0).forEach((run) => run());
	const until = async (kind: string) => {
		while (live.status.kind !== kind) await new Promise((resolve) => setTimeout(resolve, 1));
	};
	const pass = (ms: number) => (nowMs += ms);
	return { live, settle, until, starts, pass };
}

describe('the live curve', () => {
	it('follows nothing until it is switched on', () => {
		const { live, starts, settle } = createLive();
		live.follow(tinyConfig);
		settle();
		expect(live.status).toEqual({ kind: 'off' });
		expect(starts).toEqual([]);
	});

	it('draws the measured rounds of the settings once they have settled', async () => {
		const { live, settle, until, starts } = createLive(10);
		live.switchOn();
		live.follow({ ...tinyConfig, cohortSize: 3 });
		live.follow({ ...tinyConfig, cohortSize: 4 });
		live.follow(tinyConfig);
		settle();
		await until('drawn');
		expect(live.status).toEqual({ kind: 'drawn', ms: 30 });
		expect(live.config).toBe(tinyConfig);
		expect(live.metrics).toEqual(reference.metrics);
		expect(starts.map(({ cohortSize }) => cohortSize)).toEqual([tinyConfig.cohortSize]);
	});

	it('drops a stale curve for the newest settings', async () => {
		const { live, settle, until } = createLive();
		live.switchOn();
		live.follow({ ...tinyConfig, rounds: 80 });
		settle();
		while (live.metrics.length < 2) await new Promise((resolve) => setTimeout(resolve, 1));
		live.follow(tinyConfig);
		settle();
		await until('drawn');
		expect(live.metrics).toEqual(reference.metrics);
	});

	it('says how long a slow run would take, and draws it on request', async () => {
		const { live, settle, until } = createLive(LIVE_LIMIT_MS);
		live.switchOn();
		live.follow(tinyConfig);
		settle();
		await until('slow');
		expect(live.status).toEqual({ kind: 'slow', ms: 3 * LIVE_LIMIT_MS });
		expect(live.metrics).toEqual([]);
		live.follow({ ...tinyConfig, localEpochs: 2 });
		settle();
		expect(live.status).toEqual({ kind: 'slow', ms: 6 * LIVE_LIMIT_MS });
		live.follow(tinyConfig);
		settle();
		live.insist();
		await until('drawn');
		expect(live.metrics).toEqual(reference.metrics);
	});

	it('keeps the last whole curve while its successor is refused, not what that has drawn', async () => {
		const { live, settle, until } = createLive(1000);
		live.switchOn();
		live.follow(tinyConfig);
		settle();
		await until('drawn');
		live.follow({ ...tinyConfig, rounds: 80 });
		settle();
		await until('slow');
		expect(live.config).toBe(tinyConfig);
		expect(live.metrics).toEqual(reference.metrics);
		live.switchOff();
		expect(live.config).toBeNull();
	});

	it('tries a machine that was busy again after a while', async () => {
		const { live, settle, until, starts, pass } = createLive(LIVE_LIMIT_MS);
		const follow = (localEpochs: number) => {
			live.follow({ ...tinyConfig, localEpochs });
			settle();
		};
		live.switchOn();
		follow(1);
		await until('slow');
		follow(2);
		expect(live.status.kind).toBe('slow');
		expect(starts).toHaveLength(1);
		pass(60_000);
		follow(3);
		await until('slow');
		expect(starts).toHaveLength(2);
	});

	it('has nothing to draw while the settings are refused', async () => {
		const { live, settle, until } = createLive();
		live.switchOn();
		live.follow(tinyConfig);
		live.follow(null);
		settle();
		expect(live.status).toEqual({ kind: 'idle' });
		live.follow(tinyConfig);
		settle();
		await until('drawn');
		live.switchOff();
		expect([live.status.kind, live.config, live.metrics]).toEqual(['off', null, []]);
	});

	it('tells a failure in its sentence, and tries again', async () => {
		let numCalls = 0;
		const { live, settle, until } = createLive(1, () => {
			if (++numCalls === 2) throw new Error('The file writers/3.bin could not be loaded.');
		});
		live.switchOn();
		live.follow(tinyConfig);
		settle();
		await until('failed');
		const sentence = 'The file writers/3.bin could not be loaded.';
		expect(live.status).toEqual({ kind: 'failed', sentence });
		live.retry();
		settle();
		await until('drawn');
		expect(live.metrics).toEqual(reference.metrics);
	});
});
