/**
 * Stands in for vega-embed, by which tfjs-vis draws: the same view with the same tooltips, but compiled in a worker and
 * drawn in short tasks, so that no chart holds up the page. Without the menus that tfjs-vis turns off.
 */
import { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { Handler } from 'vega-tooltip';
import { createChartCompiler } from './chartCompiler';
import { nextTask, runInTurns } from './chartTurns';

const compileChart = createChartCompiler(
	() => new Worker(new URL('./chartCompiler.worker.ts', import.meta.url), { type: 'module' })
);
/** The view that each element shows: it lets go of what it listens to when another one takes its place. */
const shown = new WeakMap<Element, View>();

/** Replaces what the element shows by this chart. A default export that gives the view, as that of vega-embed does. */
export default async function embed(
	element: HTMLElement,
	spec: TopLevelSpec
): Promise<{ view: View }> {
	const runtime = await compileChart(spec);
	const view = new View(runtime, { renderer: 'svg' });
	view.tooltip(new Handler().call);
	await nextTask();
	await runInTurns(view);
	await nextTask();
	shown.get(element)?.finalize();
	shown.set(element, view);
	element.classList.add('vega-embed');
	element.replaceChildren();
	view.initialize(element);
	await view.runAsync();
	return { view };
}
