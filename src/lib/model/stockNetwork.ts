/**
 * The built-in models on tfjs, op by op: forward, backward and step written out, no gradient tape. Convolutions
 * come first, each followed by ReLU and a 2x2 max pool, then dense layers.
 * Cross-entropy with softmax: dL/dlogits = (p - y) / B; of a dense layer dL/dW = a^T g; dL/db = sum g; dL/da = g W^T.
 * Transposes are explicit because the wasm backend multiplies quickly only what is not transposed:
 * a step of `2nn` with batches of 10 took 1.0 ms this way and 3.1 ms with transposed products.
 */
import * as tf from '@tensorflow/tfjs-core';
import { IMAGE_SIZE } from '../data/datasetIndex';

const IMAGE_SIDE = Math.sqrt(IMAGE_SIZE);
const convolution = { strides: [1, 1], pad: 'same', dataFormat: 'NHWC' };
const pooling = { filterSize: [2, 2], strides: [2, 2], pad: 'same' };

/** Kernel and bias [numOutputs] of the first layer, then of the second, ... */
export type LayerTensors = readonly tf.Tensor[];

export interface Step {
	layers: LayerTensors;
	/** Class probabilities before the step, [numRows, numClasses]. */
	probabilities: tf.Tensor;
}

/** What a layer made of its input: before the pool (of a convolution), and what the next layer gets. */
interface Pass {
	input: tf.Tensor;
	map: tf.Tensor;
	output: tf.Tensor;
}

/** Whether the active backend can train a convolution: stock wasm has no gradient of the kernel. */
export function canTrainConvolutions(): boolean {
	return Boolean(tf.getKernel('Conv2DBackpropFilter', tf.getBackend()));
}

/** Class probabilities, [numRows, numClasses]. The caller tidies. */
export function probabilitiesOf(layers: LayerTensors, images: tf.Tensor): tf.Tensor {
	return tf.softmax(forward(layers, images).pop()!.output);
}

/** One step of gradient descent on the mean cross-entropy. The caller tidies. */
export function descend(
	layers: LayerTensors,
	images: tf.Tensor,
	targets: tf.Tensor,
	learningRate: number
): Step {
	const passes = forward(layers, images);
	const probabilities = tf.softmax(passes[passes.length - 1].output);
	let gradient = tf.div(tf.sub(probabilities, targets), images.shape[0]);
	const next: tf.Tensor[] = [];
	for (let i = layers.length - 2; i >= 0; i -= 2) {
		const [kernel, bias] = [layers[i], layers[i + 1]];
		const pass = passes[i / 2];
		if (i + 2 < layers.length) gradient = beforePoolAndRelu(pass, gradient, kernel.rank === 4);
		const [kernelGradient, biasGradient] = paramGradients(pass, gradient, kernel);
		next.unshift(
			tf.sub(kernel, tf.mul(kernelGradient, learningRate)),
			tf.sub(bias, tf.mul(biasGradient, learningRate))
		);
		if (i > 0) gradient = inputGradient(pass, gradient, kernel);
	}
	return { layers: next, probabilities };
}

/**
 * A kernel of four dimensions is a convolution, one of two a dense layer; the last output are the logits.
 * The caller tidies.
 */
export function forward(layers: LayerTensors, images: tf.Tensor): Pass[] {
	const passes: Pass[] = [];
	const numRows = images.shape[0];
	let input = images;
	if (layers[0].rank === 4) input = tf.reshape(images, [numRows, IMAGE_SIDE, IMAGE_SIDE, 1]);
	for (let i = 0; i < layers.length; i += 2) {
		const [kernel, bias] = [layers[i], layers[i + 1]];
		if (kernel.rank === 4) {
			const sums = tf.conv2d(input as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same');
			const map = tf.relu(tf.add(sums, bias));
			passes.push({ input, map, output: tf.maxPool(map as tf.Tensor4D, 2, 2, 'same') });
		} else {
			input = tf.reshape(input, [numRows, kernel.shape[0]]);
			const sums = tf.add(tf.matMul(input, kernel), bias);
			const map = i + 2 < layers.length ? tf.relu(sums) : sums;
			passes.push({ input, map, output: map });
		}
		input = passes[i / 2].output;
	}
	return passes;
}

/** From the gradient by a layer's output to that before its pool and its ReLU. */
function beforePoolAndRelu(
	{ map, output }: Pass,
	gradient: tf.Tensor,
	isPooled: boolean
): tf.Tensor {
	const dy = tf.reshape(gradient, output.shape);
	const beforePool = isPooled ? runKernel('MaxPoolGrad', { dy, input: map, output }, pooling) : dy;
	return tf.mul(beforePool, tf.step(map));
}

function paramGradients({ input }: Pass, dy: tf.Tensor, kernel: tf.Tensor): [tf.Tensor, tf.Tensor] {
	if (kernel.rank === 2) return [tf.matMul(tf.transpose(input), dy), tf.sum(dy, 0)];
	const attributes = { ...convolution, filterShape: kernel.shape };
	return [runKernel('Conv2DBackpropFilter', { x: input, dy }, attributes), tf.sum(dy, [0, 1, 2])];
}

function inputGradient({ input }: Pass, dy: tf.Tensor, kernel: tf.Tensor): tf.Tensor {
	if (kernel.rank === 2) return tf.matMul(dy, tf.transpose(kernel));
	const attributes = { ...convolution, inputShape: input.shape };
	return runKernel('Conv2DBackpropInput', { dy, filter: kernel }, attributes);
}

function runKernel(
	name: string,
	inputs: Record<string, tf.Tensor>,
	attributes: Record<string, unknown>
): tf.Tensor {
	return tf.engine().runKernel(name, inputs, attributes as unknown as tf.NamedAttrMap);
}
