/** Turns charts of tfjs-vis into dataflows of Vega, one after the other. */
import { parse } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Compiled } from './chartCompiler';

self.onmessage = ({ data: spec }: MessageEvent<TopLevelSpec>) => {
	self.postMessage(compileChart(spec));
};

function compileChart(spec: TopLevelSpec): Compiled {
	try {
		return { runtime: parse(compile(spec).spec) };
	} catch (problem) {
		return { sentence: problem instanceof Error ? problem.message : String(problem) };
	}
}
