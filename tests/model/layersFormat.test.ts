import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { selectExamples } from '../../src/lib/data/examples';
import { createDatasetStore } from '../../src/lib/data/store';
import { startBackend } from '../../src/lib/model/backend';
import { createKernelLearner } from '../../src/lib/model/kernels/kernelLearner';
import { toLayersFormat } from '../../src/lib/model/layersFormat';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { createTinyDataset } from '../fixtures/tinyDataset';

beforeAll(() => startBackend('cpu', findWasmFiles()));

it.each(['softmax', '2nn', 'cnn-small', 'cnn'] as const)(
	'stock tfjs loads %s and predicts the same',
	async (name) => {
		const spec = modelSpecs[name];
		const store = createDatasetStore(createTinyDataset().readFile);
		const examples = selectExamples(await store.writer(3), [0, 1]);
		const learner = createKernelLearner(spec);
		const everything = Uint32Array.of(0, 1);
		const { params } = learner.train(
			initialParams(spec, 7),
			examples,
			[everything, everything, everything],
			0.02
		);

		const { modelJson, weights } = toLayersFormat(spec, params);
		const json = JSON.parse(modelJson);
		const model = await loadLayersModel({
			load: async () => ({
				modelTopology: json.modelTopology,
				weightSpecs: json.weightsManifest[0].weights,
				weightData: weights.slice().buffer as ArrayBuffer
			})
		});
		expect(model.countParams()).toBe(spec.numParams);
		const ink = Float32Array.from(examples.images, (value) => value / 255);
		const rows = (model.predict(tf.tensor2d(ink, [2, 784])) as tf.Tensor).arraySync() as number[][];
		const { losses } = learner.predict(params, examples, false);
		rows.forEach((row, i) => {
			expect(-Math.log(row[examples.labels[i]])).toBeCloseTo(losses[i], 4);
		});
		model.dispose();
	}
);
