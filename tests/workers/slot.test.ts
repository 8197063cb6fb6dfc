import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientHost } from '../../src/lib/federated/federation';
import { createSlot } from '../../src/lib/workers/slot';

/** A host that answers pings while `isAlive`, and nothing else. */
function createFakeHost(state: { isAlive: boolean; numStops: number }): ClientHost {
	const refuse = () => Promise.reject(new Error('not part of this test'));
	return {
		prepare: async () => undefined,
		train: refuse,
		reuse: refuse,
		answerSecurely: refuse,
		evaluate: refuse,
		trainCentralized: refuse,
		trainAlone: refuse,
		observeMasking: refuse,
		readHeldOut: refuse,
		tryBackends: refuse,
		kernels: refuse,
		numTensors: async () => 0,
		stop: async () => void state.numStops++,
		ping: () => (state.isAlive ? Promise.resolve() : new Promise(() => {}))
	};
}

function createWorld() {
	const lives: { isAlive: boolean; isEnded: boolean; numStops: number }[] = [];
	const prepared: ClientHost[] = [];
	const slot = createSlot(
		0,
		async () => {
			const life = { isAlive: true, isEnded: false, numStops: 0 };
			lives.push(life);
			return { host: createFakeHost(life), end: () => (life.isEnded = true) };
		},
		async (host) => void prepared.push(host)
	);
	return { slot, lives, prepared };
}

const never = () => new Promise<never>(() => {});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a slot', () => {
	it('has two tasks at its host, starts them one by one, and answers in order', async () => {
		const { slot } = createWorld();
		const log: string[] = [];
		const finish: (() => void)[] = [];
		const task = (id: number) =>
			slot
				.run(
					() => {
						log.push(`${id} arrived`);
						return new Promise<void>((resolve) => (finish[id] = resolve));
					},
					{ onStarted: () => log.push(`${id} started`) }
				)
				.then(() => log.push(`${id} done`));
		const all = Promise.all([task(0), task(1), task(2)]);
		await vi.advanceTimersByTimeAsync(1);
		expect(log).toEqual(['0 started', '0 arrived', '1 arrived']);
		finish[1]();
		await vi.advanceTimersByTimeAsync(1);
		expect(log.length).toBe(3);
		finish[0]();
		await vi.advanceTimersByTimeAsync(1);
		expect(log.filter((entry) => entry === '2 arrived').length).toBe(1);
		finish[2]();
		await all;
		const inTurn = ['0 started', '0 done', '1 started', '1 done', '2 started', '2 done'];
		expect(log.filter((entry) => !entry.endsWith('arrived'))).toEqual(inTurn);
	});

	it('prepares its host with no other task at it', async () => {
		const { slot, prepared } = createWorld();
		const log: string[] = [];
		let finish = () => {};
		const before = slot.run(() => new Promise<void>((resolve) => (finish = resolve)));
		const preparing = slot.prepare().then(() => log.push('prepared'));
		const after = slot.run(async () => void log.push('after'));
		await vi.advanceTimersByTimeAsync(1);
		expect(prepared.length).toBe(1);
		finish();
		await Promise.all([before, preparing, after]);
		expect(prepared.length).toBe(2);
		expect(log).toEqual(['prepared', 'after']);
	});

	it('runs both tasks again when their host dies, on one new host', async () => {
		const { slot, lives } = createWorld();
		const retried: number[] = [];
		const attempts = [0, 0];
		const task = (id: number) =>
			slot.run(() => (++attempts[id] === 1 ? never() : Promise.resolve(id)), {
				onRetried: () => retried.push(id)
			});
		const both = Promise.all([task(0), task(1)]);
		await vi.advanceTimersByTimeAsync(1);
		slot.reportDead('out of memory');
		expect(await both).toEqual([0, 1]);
		expect(attempts).toEqual([2, 2]);
		expect(lives.length).toBe(2);
		// The second had not started: nobody needs to hear about it.
		expect(retried).toEqual([0]);
	});

	it('replaces a host that falls silent, prepares the new one, and runs the task again', async () => {
		const { slot, lives, prepared } = createWorld();
		const retries: string[] = [];
		const hosts: ClientHost[] = [];
		const result = slot.run(
			(host) => {
				hosts.push(host);
				if (hosts.length > 1) return Promise.resolve('done');
				lives[0].isAlive = false;
				return never();
			},
			{ onRetried: (reason) => retries.push(reason) }
		);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(await result).toBe('done');
		expect(retries).toEqual(['its worker stopped answering']);
		expect(lives.map((life) => life.isEnded)).toEqual([true, false]);
		expect(new Set(prepared).size).toBe(2);
	});

	it('lets a busy host live as long as it answers', async () => {
		const { slot, lives } = createWorld();
		const result = slot.run(
			() => new Promise<string>((resolve) => setTimeout(() => resolve('slow'), 300_000))
		);
		await vi.advanceTimersByTimeAsync(300_000);
		expect(await result).toBe('slow');
		expect(lives.length).toBe(1);
	});

	it('replaces at once a host that is reported dead', async () => {
		const { slot, lives } = createWorld();
		let attempts = 0;
		const result = slot.run(() => (++attempts === 1 ? never() : Promise.resolve(attempts)));
		await vi.advanceTimersByTimeAsync(10);
		slot.reportDead('out of memory');
		expect(await result).toBe(2);
		expect(lives.length).toBe(2);
	});

	it('gives up on a task under which every host dies', async () => {
		const { slot, lives } = createWorld();
		const result = slot.run(() => {
			lives.at(-1)!.isAlive = false;
			return never();
		});
		const outcome = expect(result).rejects.toThrow('stopped answering');
		await vi.advanceTimersByTimeAsync(60_000);
		await outcome;
		expect(lives.length).toBe(4);
	});

	it('passes on the errors of a task without replacing anybody', async () => {
		const { slot, lives } = createWorld();
		await expect(slot.run(() => Promise.reject(new Error('no connection')))).rejects.toThrow(
			'no connection'
		);
		expect(await slot.run(async () => 'next')).toBe('next');
		expect(lives.length).toBe(1);
	});

	it('cancels what is not at the host, has the host stop, and works on', async () => {
		const { slot, lives } = createWorld();
		let finish = () => {};
		const running = slot.run(() => new Promise<void>((resolve) => (finish = resolve)));
		const arrived = slot.run(async () => 'arrived');
		const waiting = slot.run(async () => 'late');
		const outcome = expect(waiting).rejects.toThrow('the run was ended');
		await vi.advanceTimersByTimeAsync(1);
		slot.cancel();
		expect(lives[0].numStops).toBe(1);
		finish();
		await running;
		expect(await arrived).toBe('arrived');
		await outcome;
		expect(await slot.run(async () => 'fresh')).toBe('fresh');
	});
});
