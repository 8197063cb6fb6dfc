/**
 * Stands in for vega-embed, by which tfjs-vis draws: the same view with the same tooltips, but compiled in a worker and
 * drawn in short tasks, so that no chart holds up the page. Without the menus that tfjs-vis turns off.
 */
import { View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { Handler } from 'vega-tooltip';
import { createChartCompiler } from './chartCompiler';

const compileChart = createChartCompiler(
	() => new Worker(new URL('./chartCompiler.worker.ts', import.meta.url), { type: 'module' })
);
/** What the operators of a chart may take in one task. */
const TURN_MS = 8;
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

/** As much of a view as tells which operator comes next. */
interface Dataflow {
	_getPulse: (operator: { run: (pulse: unknown) => unknown }, encode: unknown) => unknown;
}

/**
 * Runs a view that is in no element yet, so that no event can come in between. Vega waits for an operator that answers
 * with a promise: where a turn is over, the next one answers in another task.
 */
async function runInTurns(view: View): Promise<void> {
	const dataflow = view as unknown as Dataflow;
	const getPulse = dataflow._getPulse;
	let turnEnd = performance.now() + TURN_MS;
	dataflow._getPulse = function (operator, encode) {
		if (performance.now() > turnEnd) {
			const { run } = operator;
			operator.run = async (pulse) => {
				operator.run = run;
				await nextTask();
				turnEnd = performance.now() + TURN_MS;
				return operator.run(pulse);
			};
		}
		return getPulse.call(this, operator, encode);
	};
	await view.runAsync();
	dataflow._getPulse = getPulse;
}

function nextTask(): Promise<unknown> {
	return new Promise((resolve) => setTimeout(resolve));
}
