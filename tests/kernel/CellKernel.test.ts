/** A session of cells from the page's side: what comes back, what a stop costs, what a death leaves. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CellKernel, type RunListener } from '../../src/lib/kernel/CellKernel';
import { createCellRunner } from '../../src/lib/kernel/cellRunner';
import type { KernelListener, SpawnKernel } from '../../src/lib/kernel/kernelHost';
import type { ToKernel } from '../../src/lib/kernel/messages';
import type { Output } from '../../src/lib/api/output';
import { createDatasetStore } from '../../src/lib/data/store';
import { breathe } from '../../src/lib/workers/breathe';
import { createTinyServer } from '../fixtures/runs';
import { createTinyDataset } from '../fixtures/tinyDataset';

afterEach(() => void vi.useRealTimers());

/** The real runner behind a port of this process: it can be ended, though an endless loop cannot. */
function createLocalKernel() {
	let numSpawned = 0;
	const spawn: SpawnKernel = ({ onmessage }) => {
		numSpawned++;
		let isAlive = true;
		const runner = createCellRunner(
			{
				store: createDatasetStore(createTinyDataset().readFile),
				createLearner: () => Promise.reject(new Error('no learner here')),
				createServer: () => createTinyServer(),
				breathe,
				tf: {}
			},
			(message) => void (isAlive && onmessage(message))
		);
		queueMicrotask(() => onmessage({ type: 'ready' }));
		return {
			post(message: ToKernel) {
				if (message.type === 'run') void runner.run(message.runId, message.cell, message.source);
				else if (message.type === 'stop') runner.stop();
				else if (message.type === 'ping') onmessage({ type: 'pong' });
			},
			terminate: () => void (isAlive = false)
		};
	};
	const kernel = new CellKernel({ loadSpawner: async () => spawn });
	return { kernel, numSpawned: () => numSpawned };
}

/** A worker that takes a cell and says nothing more. */
function createSilentKernel() {
	let listener: KernelListener | null = null;
	const posted: string[] = [];
	let isTerminated = false;
	const spawn: SpawnKernel = (given) => {
		listener = given;
		queueMicrotask(() => given.onmessage({ type: 'ready' }));
		return {
			post: ({ type }) => void posted.push(type),
			terminate: () => void (isTerminated = true)
		};
	};
	const options = { loadSpawner: async () => spawn, graceMs: 1000, pingMs: 3000 };
	return {
		kernel: new CellKernel(options),
		posted,
		listener: () => listener!,
		isTerminated: () => isTerminated
	};
}

function listen(): RunListener & { outputs: Output[]; silences: boolean[] } {
	const outputs: Output[] = [];
	const silences: boolean[] = [];
	return {
		outputs,
		silences,
		onoutput: (output) => void outputs.push(output),
		onstray: () => {},
		onsilence: (isSilent) => void silences.push(isSilent)
	};
}

const texts = (outputs: readonly Output[]) =>
	outputs.flatMap((output) => (output.kind === 'text' ? [output.text] : []));

describe('a run', () => {
	it('shows what is logged, the value at last, and shares names with the next', async () => {
		const { kernel } = createLocalKernel();
		const first = listen();
		const source = 'const a = 1;\nconsole.log("a is", a, { b: [2] });\na + 1';
		expect(await kernel.run('one', source, first)).toEqual({ kind: 'done' });
		expect(texts(first.outputs)).toEqual(['a is 1 { b: [2] }', '2']);
		const second = listen();
		await kernel.run('two', 'console.table([{ a }]); a * 10', second);
		expect(second.outputs[0]).toMatchObject({ kind: 'table', rows: [[1]] });
		expect(texts(second.outputs)).toEqual(['10']);
	});

	it('ends in a failure with its line, and the session goes on', async () => {
		const { kernel } = createLocalKernel();
		const end = await kernel.run('one', 'const a = 1;\nboom()', listen());
		expect(end).toMatchObject({ kind: 'failed', failure: { line: 2, cell: 'one' } });
		expect(await kernel.run('two', 'a', listen())).toEqual({ kind: 'done' });
	});

	it('leaves out what a loop prints without end', async () => {
		const { kernel } = createLocalKernel();
		const listener = listen();
		await kernel.run('one', 'for (let i = 0; i < 5000; i++) console.log(i);', listener);
		expect(listener.outputs).toHaveLength(1001);
		expect(texts(listener.outputs).at(-1)).toMatch(/More than 1000 outputs/);
	});
});

describe('a stop', () => {
	it('ends a cell that breathes, and keeps the session', async () => {
		const { kernel, numSpawned } = createLocalKernel();
		await kernel.run('one', 'const kept = 3;', listen());
		const settings = '{ numClients: 12, cohortSize: 4, rounds: 500, batchSize: 4 }';
		const running = kernel.run('two', `await runFederation(${settings})`, {
			...listen(),
			onoutput: () => kernel.stop()
		});
		expect(await running).toMatchObject({ kind: 'failed', failure: { name: 'Stopped' } });
		const third = listen();
		await kernel.run('three', 'kept', third);
		expect(texts(third.outputs)).toEqual(['3']);
		expect(numSpawned()).toBe(1);
	});

	it('ends the session of a cell that does not listen, and says what is lost', async () => {
		vi.useFakeTimers();
		const silent = createSilentKernel();
		const running = silent.kernel.run('one', 'for (;;);', listen());
		await vi.advanceTimersByTimeAsync(10);
		silent.kernel.stop();
		expect(silent.posted).toEqual(['run', 'stop']);
		await vi.advanceTimersByTimeAsync(999);
		expect(silent.isTerminated()).toBe(false);
		await vi.advanceTimersByTimeAsync(1);
		expect(silent.isTerminated()).toBe(true);
		expect(await running).toMatchObject({ kind: 'lost', sentence: /did not listen/ });
	});
});

describe('a worker', () => {
	it('that falls silent is noticed, and so is its return', async () => {
		vi.useFakeTimers();
		const silent = createSilentKernel();
		const listener = listen();
		void silent.kernel.run('one', 'for (;;);', listener);
		await vi.advanceTimersByTimeAsync(3001);
		expect(listener.silences.at(-1)).not.toBe(true);
		await vi.advanceTimersByTimeAsync(3000);
		expect(listener.silences.at(-1)).toBe(true);
		silent.listener().onmessage({ type: 'pong' });
		expect(listener.silences.at(-1)).toBe(false);
	});

	it('that dies ends the run, and the next run starts another', async () => {
		const silent = createSilentKernel();
		const running = silent.kernel.run('one', 'hog()', listen());
		await vi.waitFor(() => expect(silent.posted).toContain('run'));
		silent.listener().ondeath(null);
		expect(await running).toMatchObject({ kind: 'lost', sentence: /want of memory/ });
		void silent.kernel.run('two', '1', listen());
		await vi.waitFor(() => expect(silent.posted).toEqual(['run', 'run']));
	});

	it('that cannot start is named, and asked again by the next run', async () => {
		let isOnline = false;
		const flaky = new CellKernel({
			loadSpawner: async () => {
				if (!isOnline) throw new Error('no connection');
				return ({ onmessage }) => {
					queueMicrotask(() => onmessage({ type: 'ready' }));
					return {
						post: ({ type }) =>
							type === 'run' && onmessage({ type: 'ended', runId: 2, failure: null }),
						terminate: () => {}
					};
				};
			}
		});
		await expect(flaky.run('one', '1', listen())).rejects.toThrow('no connection');
		isOnline = true;
		expect(await flaky.run('one', '1', listen())).toEqual({ kind: 'done' });
	});
});
