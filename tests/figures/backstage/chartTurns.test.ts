import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it, vi } from 'vitest';
import { nextTask, runInTurns } from '../../../src/lib/figures/backstage/chartTurns';

const spec: TopLevelSpec = {
	width: 300,
	height: 200,
	autosize: { type: 'fit' },
	data: { values: [3, 1, 4, 1, 5].map((y, x) => ({ x, y })) },
	mark: 'line',
	encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } }
};
const createView = () => new View(parse(compile(spec).spec), { renderer: 'none' });

describe('a chart in turns', () => {
	it('comes out as it does in one go', async () => {
		const [atOnce, inTurns] = [createView(), createView()];
		await atOnce.runAsync();
		await runInTurns(inTurns, 0);
		const picture = await inTurns.toSVG();
		expect(picture).toBe(await atOnce.toSVG());
		expect(picture).toContain('<path');
	});

	it('lets other tasks come in between, and none once it has run', async () => {
		const view = createView();
		let numTasks = 0;
		let isOver = false;
		const others = (async () => {
			for (; !isOver; numTasks++) await nextTask();
		})();
		await runInTurns(view, 0);
		isOver = true;
		await others;
		expect(numTasks).toBeGreaterThan(50);

		const said = vi.spyOn(console, 'error');
		await Promise.all([view.resize().runAsync(), view.runAsync()]);
		expect(said).not.toHaveBeenCalled();
		said.mockRestore();
	});

	it('runs at once where there is time', async () => {
		const timers = vi.spyOn(globalThis, 'setTimeout');
		await runInTurns(createView(), 60_000);
		expect(timers).not.toHaveBeenCalled();
		timers.mockRestore();
	});
});
