import { expect, it } from 'vitest';
import type { TopLevelSpec } from 'vega-lite';
import {
	type Compiled,
	type CompilerWorker,
	createChartCompiler
} from '../../../src/lib/figures/backstage/chartCompiler';

const chart = (name: string) => ({ name }) as unknown as TopLevelSpec;

/** Answers what it is told to, when it is told to. */
class ScriptedWorker {
	readonly asked: TopLevelSpec[] = [];
	isOver = false;
	onmessage: ((event: MessageEvent<Compiled>) => void) | null = null;
	onerror: ((event: unknown) => void) | null = null;

	postMessage(spec: TopLevelSpec) {
		this.asked.push(spec);
	}

	terminate() {
		this.isOver = true;
	}

	answer(data: Compiled) {
		this.onmessage?.({ data } as MessageEvent<Compiled>);
	}
}

function setUp() {
	const workers: ScriptedWorker[] = [];
	const compile = createChartCompiler(() => {
		const worker = new ScriptedWorker();
		workers.push(worker);
		return worker as unknown as CompilerWorker;
	});
	return { workers, compile };
}

it('gives each chart its own answer, by one worker that is made for the first of them', async () => {
	const { workers, compile } = setUp();
	expect(workers).toHaveLength(0);
	const answers = Promise.all([compile(chart('accuracy')), compile(chart('loss'))]);
	expect(workers[0].asked).toEqual([chart('accuracy'), chart('loss')]);
	workers[0].answer({ runtime: 'dataflow of accuracy' });
	workers[0].answer({ runtime: 'dataflow of loss' });
	expect(await answers).toEqual(['dataflow of accuracy', 'dataflow of loss']);
	expect(workers).toHaveLength(1);
});

it('rejects a chart that cannot be compiled, and goes on', async () => {
	const { workers, compile } = setUp();
	const bad = compile(chart('bad'));
	const good = compile(chart('good'));
	workers[0].answer({ sentence: 'Invalid specification' });
	workers[0].answer({ runtime: 'dataflow' });
	await expect(bad).rejects.toThrow('Invalid specification');
	expect(await good).toBe('dataflow');
});

it('rejects all that wait for a worker that broke, and makes another one for the next', async () => {
	const { workers, compile } = setUp();
	const lost = [compile(chart('one')), compile(chart('two'))];
	workers[0].onerror?.({});
	for (const each of lost) await expect(each).rejects.toThrow('a worker that did not start');
	expect(workers[0].isOver).toBe(true);
	const next = compile(chart('three'));
	workers[1].answer({ runtime: 'dataflow' });
	expect(await next).toBe('dataflow');
});
