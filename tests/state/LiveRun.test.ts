import { describe, expect, it } from 'vitest';
import { LiveRun } from '../../src/lib/state/LiveRun.svelte';
import { PageFederation } from '../../src/lib/state/PageFederation';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyHost, type TinyHost } from '../fixtures/tinyHost';

/** Frames that never come: what counts is shown when a run is over. */
const clock = { onFrame: () => () => {}, onTimer: () => () => {} };

function createPage(interrupt?: () => void) {
	const hosts: TinyHost[] = [];
	const federation = new PageFederation(async () => {
		hosts.push(createTinyHost(interrupt));
		return hosts[hosts.length - 1];
	});
	const createRun = () => new LiveRun(federation, { settings: tinyConfig, clock });
	return { hosts, federation, createRun };
}

const reference = await finishRun(createTinyServer(), tinyConfig);

describe('a live run', () => {
	it('makes no worker before it is touched, and then computes what the engine computes', async () => {
		const { hosts, createRun } = createPage();
		const run = createRun();
		expect(hosts).toHaveLength(0);
		expect(run.status).toBe('ready');
		const running = run.run();
		expect(run.status).toBe('loading');
		const snapshot = await running;
		expect(run.status).toBe('done');
		expect(snapshot?.metrics).toEqual(reference.metrics);
		expect(run.progress).toBe(1);
		expect(await run.params()).toHaveLength(snapshot?.numParams ?? 0);
	});

	it('shares its workers with the other runs of the page, one after the other', async () => {
		const { hosts, createRun } = createPage();
		const runs = [createRun(), createRun(), createRun()];
		for (const run of [...runs, ...runs]) {
			expect((await run.run())?.metrics).toEqual(reference.metrics);
		}
		expect(hosts).toHaveLength(1);
		expect(hosts[0].numStarted).toBe(6);
		expect(hosts[0].numEnded).toBe(5);
	});

	it('stops when another one begins, and keeps what it has come to', async () => {
		const { createRun } = createPage();
		const [first, second] = [createRun(), createRun()];
		const interrupted = first.run();
		while (first.status !== 'running') await Promise.resolve();
		const snapshot = await second.run();
		expect(await interrupted).toBeNull();
		expect(first.status).toBe('stopped');
		expect(snapshot?.metrics).toEqual(reference.metrics);
	});

	it('lets the last of several hasty starts win', async () => {
		const { createRun } = createPage();
		const runs = [createRun(), createRun(), createRun()];
		const results = await Promise.all(runs.map((run) => run.run()));
		expect(results.map((result) => result !== null)).toEqual([false, false, true]);
		expect(runs.map(({ status }) => status)).toEqual(['stopped', 'stopped', 'done']);
	});

	it('can be stopped, reset, and run with other settings', async () => {
		const { createRun } = createPage();
		const run = createRun();
		const stopped = run.run();
		run.stop();
		expect(await stopped).toBeNull();
		expect(run.status).toBe('stopped');
		const snapshot = await run.run({ rounds: 1 });
		expect(snapshot?.metrics).toHaveLength(1);
		run.reset();
		expect(run.status).toBe('ready');
		expect(run.snapshot.metrics).toEqual([]);
	});

	it('says why it failed, and runs again', async () => {
		let isBroken = true;
		const { hosts, createRun } = createPage(() => {
			if (isBroken) throw new Error('The digits could not be fetched.');
		});
		const run = createRun();
		expect(await run.run()).toBeNull();
		expect(run.status).toBe('failed');
		expect(run.failure).toBe('The digits could not be fetched.');
		isBroken = false;
		expect((await run.run())?.metrics).toEqual(reference.metrics);
		expect(run.failure).toBeNull();
		expect(hosts).toHaveLength(1);
	});

	it('gets new workers where the old ones are gone, or were never there', async () => {
		const { hosts, federation, createRun } = createPage();
		const run = createRun();
		await run.run();
		hosts[0].isWhole = false;
		expect((await run.run())?.metrics).toEqual(reference.metrics);
		expect(hosts).toHaveLength(2);
		expect(hosts[0].isDisposed).toBe(true);
		federation.dispose();
		await run.run();
		expect(hosts).toHaveLength(3);
	});

	it('tells where workers cannot be made, and tries anew', async () => {
		let numTries = 0;
		const federation = new PageFederation(async () => {
			numTries++;
			if (numTries === 1) throw new Error('This browser has no workers.');
			return createTinyHost();
		});
		const run = new LiveRun(federation, { settings: tinyConfig, clock });
		await run.run();
		expect(run.failure).toBe('This browser has no workers.');
		expect((await run.run())?.metrics).toEqual(reference.metrics);
	});
});
