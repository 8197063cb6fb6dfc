/**
 * Softmax regression in plain loops, for pictures that train on a handful of digits at once and for readers:
 * the same 7,850 numbers, in the same order, as the model room's `softmax`. Cross-entropy has the gradient
 * dL/dW = x (p - y)^T, dL/db = p - y, averaged over the batch.
 */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import type { Examples } from '../data/examples';

/** Numbers of the kernel [784, 10]; the ten biases follow it. */
export const KERNEL_SIZE = IMAGE_SIZE * NUM_CLASSES;
export const NUM_SOFTMAX_PARAMS = KERNEL_SIZE + NUM_CLASSES;
/** A probability that underflows to 0 counts as the smallest float32. */
const SMALLEST_PROBABILITY = 2 ** -149;

/** Class probabilities of one image (784 bytes of ink), [10]. */
export function classProbabilities(params: Float32Array, image: Uint8Array): Float64Array {
	const logits = Float64Array.from({ length: NUM_CLASSES }, (_, k) => params[KERNEL_SIZE + k]);
	for (let i = 0; i < IMAGE_SIZE; i++) {
		const ink = image[i] / 255;
		if (ink === 0) continue;
		for (let k = 0; k < NUM_CLASSES; k++) logits[k] += ink * params[i * NUM_CLASSES + k];
	}
	const largest = Math.max(...logits);
	const powers = logits.map((logit) => Math.exp(logit - largest));
	const total = powers.reduce((sum, power) => sum + power, 0);
	return powers.map((power) => power / total);
}

export interface PlainStep {
	params: Float32Array;
	/** Mean cross-entropy before the step, in nats. */
	loss: number;
}

/** One step of gradient descent on all examples at once; the parameters given stay as they are. */
export function plainSoftmaxStep(
	params: Float32Array,
	{ images, labels }: Examples,
	learningRate: number
): PlainStep {
	const next = params.slice();
	const rate = learningRate / labels.length;
	let loss = 0;
	labels.forEach((label, example) => {
		const image = images.subarray(example * IMAGE_SIZE, (example + 1) * IMAGE_SIZE);
		const errors = classProbabilities(params, image);
		loss -= Math.log(Math.max(errors[label], SMALLEST_PROBABILITY)) / labels.length;
		errors[label] -= 1;
		for (let i = 0; i < IMAGE_SIZE; i++) {
			const ink = image[i] / 255;
			if (ink === 0) continue;
			for (let k = 0; k < NUM_CLASSES; k++) next[i * NUM_CLASSES + k] -= rate * ink * errors[k];
		}
		for (let k = 0; k < NUM_CLASSES; k++) next[KERNEL_SIZE + k] -= rate * errors[k];
	});
	return { params: next, loss };
}

/** delta = trained minus initial parameters after `numSteps` steps on the whole batch, [7850]. */
export function plainSoftmaxUpdate(
	params: Float32Array,
	examples: Examples,
	{ numSteps, learningRate }: { numSteps: number; learningRate: number }
): Float32Array {
	let trained = params;
	for (let step = 0; step < numSteps; step++) {
		trained = plainSoftmaxStep(trained, examples, learningRate).params;
	}
	return trained.map((value, i) => value - params[i]);
}
