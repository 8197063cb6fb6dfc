/**
 * A learner on tfjs, op by op: what trains where our own kernels cannot, and what they are held against.
 * The border between typed arrays and tensors: uploads, trains or predicts, downloads, leaves nothing behind.
 */
import * as tf from '@tensorflow/tfjs-core';
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { selectExamples, type Examples } from '../data/examples';
import { markCorrect } from '../federated/evaluation';
import type { GradientHooks, Learner, Predictions, TrainingResult } from '../federated/learner';
import { kernelShape, type ModelSpec } from './modelSpec';
import { descend, probabilitiesOf, type LayerTensors } from './stockNetwork';

/** Rows of a forward pass without training: enough to be fast, few enough for a phone's memory. */
const PREDICTION_ROWS = 512;
/** Ink as the models see it: 0 paper, 1 ink. */
const INK = Float32Array.from({ length: 256 }, (_, value) => value / 255);
/** A probability that underflows to 0 counts as the smallest float32. */
const SMALLEST_PROBABILITY = 2 ** -149;

/** A learner on the backend that is active now; `kernels` says what that is, for people. */
export function createStockLearner(spec: ModelSpec, kernels = 'stock kernels'): Learner {
	// Digits that are measured round after round stay on the backend: moving them costs more than the products.
	const measured = new Map<Examples, tf.Tensor[]>();

	function keep(examples: Examples): tf.Tensor[] {
		const known = measured.get(examples);
		if (known) return known;
		const pieces = cutImages(examples).map(inkTensor);
		measured.set(examples, pieces);
		return pieces;
	}

	return {
		numParams: spec.numParams,
		kernels,
		train: (params, examples, batches, learningRate, hooks = {}) =>
			train(spec, params, examples, { batches, learningRate, hooks }),
		predict(params, examples, isKept) {
			if (isKept) return predict(spec, params, keep(examples), examples.labels);
			const pieces = cutImages(examples).map(inkTensor);
			const predictions = predict(spec, params, pieces, examples.labels);
			tf.dispose(pieces);
			return predictions;
		},
		numTensors: () => tf.memory().numTensors,
		dispose() {
			tf.dispose([...measured.values()].flat());
			measured.clear();
		}
	};
}

interface Descent {
	batches: readonly Uint32Array[];
	learningRate: number;
	hooks: GradientHooks;
}

function train(
	spec: ModelSpec,
	params: Float32Array,
	examples: Examples,
	{ batches, learningRate, hooks }: Descent
): TrainingResult {
	let layers = upload(spec, params);
	const pull = createPull(spec, hooks, learningRate);
	const losses = Float64Array.from(batches, (batch) => {
		const { images, labels } = selectExamples(examples, batch);
		const { layers: next, probabilities } = tf.tidy(() => {
			const step = descend(layers, inkTensor(images), oneHot(labels), learningRate);
			const next = step.layers.map((moved, i) => pull.apply(moved, layers[i], i));
			return { layers: next, probabilities: step.probabilities };
		});
		tf.dispose([...layers]);
		layers = next;
		const rows = probabilities.dataSync() as Float32Array;
		probabilities.dispose();
		return crossEntropy(rows, labels).reduce((sum, loss) => sum + loss, 0) / labels.length;
	});
	const trained = download(spec, layers);
	tf.dispose([...layers]);
	pull.dispose();
	return { params: trained, losses };
}

function predict(
	spec: ModelSpec,
	params: Float32Array,
	pieces: readonly tf.Tensor[],
	labels: Uint8Array
): Predictions {
	const predicted = new Uint8Array(labels.length);
	const losses = new Float64Array(labels.length);
	const layers = upload(spec, params);
	pieces.forEach((images, piece) => {
		const from = piece * PREDICTION_ROWS;
		const pieceLabels = labels.subarray(from, from + PREDICTION_ROWS);
		const probabilities = tf.tidy(() => probabilitiesOf(layers, images));
		const rows = probabilities.dataSync() as Float32Array;
		probabilities.dispose();
		losses.set(crossEntropy(rows, pieceLabels), from);
		pieceLabels.forEach((_, row) => (predicted[from + row] = mostProbable(rows, row)));
	});
	tf.dispose([...layers]);
	return { predicted, isCorrect: markCorrect(labels, predicted), losses };
}

function cutImages({ images }: Examples): Uint8Array[] {
	const size = PREDICTION_ROWS * IMAGE_SIZE;
	return Array.from({ length: Math.ceil(images.length / size) }, (_, piece) =>
		images.subarray(piece * size, (piece + 1) * size)
	);
}

/** -log p[label] of each row, in nats. */
function crossEntropy(rows: Float32Array, labels: Uint8Array): Float64Array {
	return Float64Array.from(labels, (label, row) => {
		return -Math.log(Math.max(rows[row * NUM_CLASSES + label], SMALLEST_PROBABILITY));
	});
}

/** The first of the most probable classes. */
function mostProbable(rows: Float32Array, row: number): number {
	let best = 0;
	for (let k = 1; k < NUM_CLASSES; k++) {
		if (rows[row * NUM_CLASSES + k] > rows[row * NUM_CLASSES + best]) best = k;
	}
	return best;
}

function oneHot(labels: Uint8Array): tf.Tensor {
	const rows = new Float32Array(labels.length * NUM_CLASSES);
	labels.forEach((label, row) => (rows[row * NUM_CLASSES + label] = 1));
	return tf.tensor2d(rows, [labels.length, NUM_CLASSES]);
}

function inkTensor(images: Uint8Array): tf.Tensor {
	const ink = new Float32Array(images.length);
	for (let i = 0; i < images.length; i++) ink[i] = INK[images[i]];
	return tf.tensor2d(ink, [images.length / IMAGE_SIZE, IMAGE_SIZE]);
}

/** What the hooks add to a step: next - rate * (mu * (params - anchor) + correction). */
function createPull(spec: ModelSpec, { proximal, correction }: GradientHooks, rate: number) {
	const anchors = proximal ? upload(spec, proximal.anchor) : [];
	const corrections = correction ? upload(spec, correction) : [];
	return {
		apply(next: tf.Tensor, params: tf.Tensor, i: number): tf.Tensor {
			if (proximal) {
				next = tf.sub(next, tf.mul(tf.sub(params, anchors[i]), rate * proximal.mu));
			}
			return correction ? tf.sub(next, tf.mul(corrections[i], rate)) : next;
		},
		dispose: () => tf.dispose([...anchors, ...corrections])
	};
}

function upload(spec: ModelSpec, params: Float32Array): LayerTensors {
	return spec.layers.flatMap((layer) => [
		tf.tensor(params.slice(layer.kernelOffset, layer.biasOffset), kernelShape(layer)),
		tf.tensor1d(params.slice(layer.biasOffset, layer.biasOffset + layer.numOutputs))
	]);
}

function download(spec: ModelSpec, layers: LayerTensors): Float32Array {
	const params = new Float32Array(spec.numParams);
	spec.layers.forEach(({ kernelOffset, biasOffset }, i) => {
		params.set(layers[2 * i].dataSync(), kernelOffset);
		params.set(layers[2 * i + 1].dataSync(), biasOffset);
	});
	return params;
}
