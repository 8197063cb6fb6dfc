/** Compiles charts beside the page: what Vega-Lite and Vega make of a chart before anything is drawn takes longer than a frame. */
import type { Runtime } from 'vega';
import type { TopLevelSpec } from 'vega-lite';

/** What the worker answers to each chart, in the order of asking. */
export type Compiled = { runtime: Runtime } | { sentence: string };

interface Waiting {
	resolve: (runtime: Runtime) => void;
	reject: (problem: Error) => void;
}

/** As much of a worker as is needed here. */
export type CompilerWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** Compiles one chart into the dataflow that a Vega view runs. Rejects with a sentence where that cannot be. */
export type CompileChart = (spec: TopLevelSpec) => Promise<Runtime>;

/** A worker is made at the first chart, and another one for the chart after one that broke it. */
export function createChartCompiler(start: () => CompilerWorker): CompileChart {
	let worker: CompilerWorker | null = null;
	let waiting: Waiting[] = [];

	function begin(): CompilerWorker {
		const begun = start();
		begun.onmessage = ({ data }: MessageEvent<Compiled>) => {
			const next = waiting.shift();
			if ('runtime' in data) next?.resolve(data.runtime);
			else next?.reject(new Error(data.sentence));
		};
		begun.onerror = (event) => {
			const message = typeof event === 'object' && 'message' in event ? event.message : '';
			begun.terminate();
			worker = null;
			const left = waiting;
			waiting = [];
			for (const { reject } of left) {
				reject(
					new Error(`expected a compiled chart, got ${message || 'a worker that did not start'}`)
				);
			}
		};
		return begun;
	}

	return (spec) =>
		new Promise((resolve, reject) => {
			worker ??= begin();
			waiting.push({ resolve, reject });
			worker.postMessage(spec);
		});
}
