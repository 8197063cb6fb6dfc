/**
 * Training by stock TensorFlow.js on its plain JavaScript backend: layers API ops, gradient tape, SGD optimiser.
 * Shares nothing with the project but the order of the flat parameters.
 */
import * as tf from '@tensorflow/tfjs';
import { kernelShape, type ModelSpec } from '../../src/lib/model/modelSpec';
import type { Examples } from '../../src/lib/data/examples';

/** The parameters after one step for each batch of positions, and the mean loss before each step. */
export async function trainOnStock(
	spec: ModelSpec,
	params: Float32Array,
	examples: Examples,
	batches: readonly Uint32Array[],
	learningRate: number
): Promise<{ params: Float32Array; losses: number[] }> {
	await tf.setBackend('cpu');
	const variables = spec.layers.flatMap((layer) => [
		tf.variable(tf.tensor(params.slice(layer.kernelOffset, layer.biasOffset), kernelShape(layer))),
		tf.variable(tf.tensor1d(params.slice(layer.biasOffset, layer.biasOffset + layer.numOutputs)))
	]);
	const optimizer = tf.train.sgd(learningRate);
	const losses = batches.map((batch) =>
		tf.tidy(() => {
			const pixels = new Float32Array(batch.length * 784);
			batch.forEach((position, row) => {
				for (let i = 0; i < 784; i++) {
					pixels[row * 784 + i] = examples.images[position * 784 + i] / 255;
				}
			});
			const labels = tf.tensor1d(
				[...batch].map((position) => examples.labels[position]),
				'int32'
			);
			const images = tf.tensor4d(pixels, [batch.length, 28, 28, 1]);
			const loss = optimizer.minimize(
				() =>
					tf.losses.softmaxCrossEntropy(
						tf.oneHot(labels, 10),
						logitsOf(spec, variables, images)
					) as tf.Scalar,
				true
			)!;
			return loss.dataSync()[0];
		})
	);
	const trained = new Float32Array(spec.numParams);
	let offset = 0;
	for (const variable of variables) {
		trained.set(variable.dataSync(), offset);
		offset += variable.size;
	}
	tf.dispose(variables);
	return { params: trained, losses };
}

function logitsOf(spec: ModelSpec, variables: tf.Variable[], images: tf.Tensor4D): tf.Tensor {
	return spec.layers.reduce<tf.Tensor>((values, layer, i) => {
		const [kernel, bias] = [variables[2 * i], variables[2 * i + 1]];
		if (layer.kind === 'conv') {
			const map = tf.conv2d(values as tf.Tensor4D, kernel as unknown as tf.Tensor4D, 1, 'same');
			return map.add(bias).relu().maxPool(2, 2, 'same');
		}
		const flat = values.reshape([images.shape[0], layer.numInputs]);
		const sums = flat.matMul(kernel as unknown as tf.Tensor2D).add(bias);
		return i < spec.layers.length - 1 ? sums.relu() : sums;
	}, images);
}
