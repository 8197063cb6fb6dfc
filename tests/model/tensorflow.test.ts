import type * as TensorFlow from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';
import { startBackend } from '../../src/lib/model/backend';
import { tensorflow } from '../../src/lib/model/tensorflow';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';

const tf = tensorflow as typeof TensorFlow;

beforeAll(() => startBackend('wasm', findWasmFiles()));

it("trains a learner's own convolutional model on wasm, with model.fit", async () => {
	// Stripes that lie or stand, one pixel apart, shifted by chance of the index.
	const numExamples = 40;
	const images = tf.tensor4d(
		Float32Array.from({ length: numExamples * 64 }, (_, i) => {
			const [example, y, x] = [i >> 6, (i >> 3) & 7, i & 7];
			return ((example % 2 === 0 ? y : x) + (example >> 1)) % 2;
		}),
		[numExamples, 8, 8, 1]
	);
	const labels = tf.oneHot(
		tf.tensor1d(
			Array.from({ length: numExamples }, (_, i) => i % 2),
			'int32'
		),
		2
	);
	const seeded = (seed: number) => tf.initializers.glorotUniform({ seed });
	const model = tf.sequential({
		layers: [
			tf.layers.conv2d({
				inputShape: [8, 8, 1],
				filters: 4,
				kernelSize: 3,
				activation: 'relu',
				kernelInitializer: seeded(1)
			}),
			tf.layers.maxPooling2d({ poolSize: 2 }),
			tf.layers.flatten(),
			tf.layers.dense({ units: 2, activation: 'softmax', kernelInitializer: seeded(2) })
		]
	});
	model.compile({ optimizer: tf.train.adam(0.02), loss: 'categoricalCrossentropy' });
	const { history } = await model.fit(images, labels, {
		epochs: 12,
		batchSize: 10,
		shuffle: false,
		verbose: 0,
		yieldEvery: 'never'
	});
	expect(tf.getBackend()).toBe('wasm');
	expect(history.loss.at(-1)).toBeLessThan(0.1);
	expect(history.loss[0]).toBeGreaterThan(0.3);
	model.dispose();
	tf.dispose([images, labels]);
});
