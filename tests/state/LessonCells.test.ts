/** The cells of a lesson: order, outputs, edits, and what is left of them when a session goes. */
import { describe, expect, it } from 'vitest';
import type { CellKernel, RunEnd, RunListener } from '../../src/lib/kernel/CellKernel';
import { createKeptEdits } from '../../src/lib/state/keptEdits';
import { LessonCells } from '../../src/lib/state/LessonCells.svelte';

const parts = [
	{ name: 'load', code: 'load()' },
	{ name: 'train', code: 'train()' },
	{ name: 'show', code: 'show()' }
];

/** A kernel whose runs end as the test says; `log` keeps what ran. */
function createFakeKernel(
	act: (source: string, listener: RunListener) => RunEnd | Promise<RunEnd>
) {
	const log: string[] = [];
	const kernel = {
		run: async (_: string, source: string, listener: RunListener) => {
			log.push(source);
			return act(source, listener);
		},
		stop: () => void log.push('stop'),
		restart: () => void log.push('restart')
	};
	return { log, kernel: kernel as unknown as CellKernel };
}

function createStorage(given: Record<string, string> = {}, isFull = false) {
	const kept = new Map(Object.entries(given));
	return {
		kept,
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => {
			if (isFull) throw new Error('full');
			kept.set(key, value);
		},
		removeItem: (key: string) => void kept.delete(key)
	};
}

const done: RunEnd = { kind: 'done' };

function open(kernel: CellKernel, storage = createStorage(), reports: unknown[] = []) {
	const cells = new LessonCells({
		cells: parts,
		edits: createKeptEdits('lesson', () => storage),
		createKernel: async () => kernel,
		onreport: (cell, report) => reports.push([cell, report])
	});
	cells.load();
	return cells;
}

describe('running', () => {
	it('goes through all cells in order, and counts', async () => {
		const { kernel, log } = createFakeKernel(() => done);
		const cells = open(kernel);
		await cells.runAll();
		expect(log).toEqual(['load()', 'train()', 'show()']);
		expect(cells.cells.map(({ status, runNumber }) => [status, runNumber])).toEqual([
			['done', 1],
			['done', 2],
			['done', 3]
		]);
	});

	it('ends at the first failure', async () => {
		const failure = { name: 'Error', message: 'no', line: 1, cell: 'train' };
		const { kernel, log } = createFakeKernel((source) =>
			source === 'train()' ? { kind: 'failed', failure } : done
		);
		const cells = open(kernel);
		await cells.runAll();
		expect(log).toEqual(['load()', 'train()']);
		expect(cells.cells.map(({ status }) => status)).toEqual(['done', 'failed', 'fresh']);
		expect(cells.of('train').failure).toEqual(failure);
	});

	it('says which cell makes a name that is missing', async () => {
		const failure = {
			name: 'ReferenceError',
			message: 'state is not defined',
			line: 1,
			cell: 'show'
		};
		const { kernel } = createFakeKernel((source) =>
			source === 'show()' ? { kind: 'failed', failure } : done
		);
		const cells = open(kernel);
		await cells.run(cells.of('show'));
		expect(cells.of('show').failure?.message).toBe('state is not defined');
		cells.of('train').code = 'const { state, metrics } = await process.next();';
		await cells.run(cells.of('show'));
		expect(cells.of('show').failure?.message).toBe(
			'state is not defined. Cell 2 makes it: run that one first'
		);
		await cells.run(cells.of('train'));
		await cells.run(cells.of('show'));
		expect(cells.of('show').failure?.message).toBe('state is not defined');
	});

	it('puts an output in the place of the one with its key, and hands reports on', async () => {
		const { kernel } = createFakeKernel((_, { onoutput }) => {
			const chart = { kind: 'chart', key: 'a', title: '', xLabel: '' } as const;
			onoutput({ ...chart, series: [] });
			onoutput({ kind: 'text', tone: 'log', text: 'between' });
			onoutput({ ...chart, series: [{ name: 'new', points: [] }] });
			onoutput({ kind: 'report', values: { accuracy: 0.5 } });
			return done;
		});
		const reports: unknown[] = [];
		const cells = open(kernel, createStorage(), reports);
		await cells.run(cells.of('load'));
		expect(cells.of('load').outputs).toHaveLength(2);
		expect(cells.of('load').outputs[0]).toMatchObject({ series: [{ name: 'new' }] });
		expect(reports).toEqual([['load', { accuracy: 0.5 }]]);
	});

	it('takes the code as it was when it began', async () => {
		const cells: LessonCells = open(
			createFakeKernel(() => {
				cells.of('load').code = 'changed()';
				return done;
			}).kernel
		);
		const cell = cells.of('load');
		await cells.run(cell);
		expect([cell.status, cell.isStale, cell.isEdited]).toEqual(['done', true, true]);
	});

	it('tells which cells lost their session', async () => {
		const { kernel, log } = createFakeKernel((source) =>
			source === 'train()' ? { kind: 'lost', sentence: 'gone' } : done
		);
		const cells = open(kernel);
		await cells.runAll();
		expect(cells.cells.map(({ status }) => status)).toEqual(['lost', 'stopped', 'fresh']);
		expect(cells.of('train').notice).toBe('gone');
		await cells.run(cells.of('load'));
		expect(cells.of('load').runNumber).toBe(1);
		cells.restart();
		expect(log.at(-1)).toBe('restart');
		expect(cells.of('load').status).toBe('lost');
	});

	it('says why a kernel could not start', async () => {
		const cells = new LessonCells({
			cells: parts,
			edits: createKeptEdits('lesson', createStorage),
			createKernel: () => Promise.reject(new Error('no connection')),
			onreport: () => {}
		});
		await cells.runAll();
		expect(cells.of('load')).toMatchObject({ status: 'failed', notice: 'no connection' });
		expect(cells.of('train').status).toBe('fresh');
	});
});

describe('edits', () => {
	const { kernel } = createFakeKernel(() => done);

	it('outlive the page, and reset leaves nothing behind', () => {
		const storage = createStorage();
		open(kernel, storage).of('train').code = 'mine()';
		expect([...storage.kept]).toEqual([['cells/lesson', '{"train":"mine()"}']]);
		const again = open(kernel, storage);
		expect(again.of('train')).toMatchObject({ code: 'mine()', isEdited: true });
		again.of('train').code = again.of('train').original;
		expect(storage.kept.size).toBe(0);
	});

	it('are not lost in silence where nothing can be kept', () => {
		const cells = open(kernel, createStorage({}, true));
		expect(cells.problem).toBeNull();
		cells.of('load').code = 'mine()';
		expect(cells.problem).toMatch(/no room left for your code/);
		expect(cells.of('load').code).toBe('mine()');
		expect(cells.export('Lesson')).toContain('// --- load\nmine()');
	});

	it('survive a store that holds something else', () => {
		for (const kept of ['{', '7', '{"load":3,"gone":"x"}', 'null']) {
			const cells = open(kernel, createStorage({ 'cells/lesson': kept }));
			expect(cells.of('load').code).toBe('load()');
		}
	});
});
