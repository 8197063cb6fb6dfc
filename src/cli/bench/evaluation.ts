/** What it costs to measure a model with a digit, beside what it costs to train with one. */
import { dataFolder } from '../../build/prepareData';
import { selectExamples, type Examples } from '../../lib/data/examples';
import { createDatasetStore } from '../../lib/data/store';
import type { RunConfig } from '../../lib/federated/config';
import { createLearner } from '../../lib/model/learner';
import { initialParams, modelSpecs } from '../../lib/model/modelSpec';
import { findWasmFiles } from '../../lib/workers/nodeHost';
import { createNodeReader } from '../../lib/workers/nodeReader';
import { durationMs, median } from './stopwatch';
import { roundSettings } from './targets';

export interface EvaluationTiming {
	model: RunConfig['model'];
	/** Microseconds a digit in a local epoch with batches of ten, median. */
	trainUs: number;
	/** Microseconds a digit that is measured round after round, median. */
	measureUs: number;
}

const BATCH_SIZE = 10;
const NUM_RUNS = 7;
/** About what a worker measures on in one pass. */
const NUM_DIGITS = 500;

/** One thread, the two in turns. */
export async function timeEvaluations(): Promise<EvaluationTiming[]> {
	const students = await createDatasetStore(createNodeReader(dataFolder)).students(0);
	const examples = selectExamples(
		students,
		Uint32Array.from({ length: NUM_DIGITS }, (_, i) => i)
	);
	const timings: EvaluationTiming[] = [];
	for (const { model } of roundSettings) timings.push(await timeEvaluation(model, examples));
	return timings;
}

async function timeEvaluation(
	model: RunConfig['model'],
	examples: Examples
): Promise<EvaluationTiming> {
	const learner = await createLearner({ model, backend: 'wasm' }, findWasmFiles());
	const numDigits = examples.labels.length;
	const batches = Array.from({ length: Math.ceil(numDigits / BATCH_SIZE) }, (_, batch) => {
		const from = batch * BATCH_SIZE;
		const size = Math.min(BATCH_SIZE, numDigits - from);
		return Uint32Array.from({ length: size }, (_, i) => from + i);
	});
	let params = initialParams(modelSpecs[model], 7);
	const trainings: number[] = [];
	const measurements: number[] = [];
	for (let run = 0; run <= NUM_RUNS; run++) {
		const trainMs = await durationMs(() => {
			params = learner.train(params, examples, batches, 0.05).params;
		});
		const measureMs = await durationMs(() => learner.predict(params, examples, true));
		// The first run warms up, and keeps the digits.
		if (run === 0) continue;
		trainings.push((1000 * trainMs) / numDigits);
		measurements.push((1000 * measureMs) / numDigits);
	}
	learner.dispose();
	return { model, trainUs: median(trainings), measureUs: median(measurements) };
}
