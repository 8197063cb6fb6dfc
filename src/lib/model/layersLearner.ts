/** A learner around any model of TensorFlow.js that ends in ten probabilities. Its gradients come from the tape. */
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { selectExamples, type Examples } from '../data/examples';
import { markCorrect } from '../federated/evaluation';
import type { Learner } from '../federated/learner';

export type { LayersModel };

export interface LayersLearner extends Learner {
	readonly inputShape: readonly [784] | readonly [28, 28, 1];
	/** As the model was handed over, [numParams]. */
	readonly initialParams: Float32Array;
}

/** Rows of a forward pass without training. */
const PREDICTION_ROWS = 256;
const SMALLEST_PROBABILITY = 1e-30;

/** Throws one sentence where the model does not take digits or does not give ten probabilities. */
export function createLayersLearner(model: LayersModel): LayersLearner {
	const inputShape = checkShapes(model);
	const weights = model.trainableWeights;
	const sizes = weights.map(({ shape }) => shape.reduce<number>((size, n) => size * (n ?? 1), 1));
	const numParams = sizes.reduce((sum, size) => sum + size, 0);
	const variables = weights.map((weight) => weight.read() as tf.Variable);

	function assign(params: Float32Array): void {
		let offset = 0;
		weights.forEach((weight, i) => {
			const values = params.slice(offset, offset + sizes[i]);
			tf.tidy(() => variables[i].assign(tf.tensor(values, weight.shape as number[])));
			offset += sizes[i];
		});
	}

	function read(): Float32Array {
		const params = new Float32Array(numParams);
		let offset = 0;
		variables.forEach((variable, i) => {
			params.set(variable.dataSync(), offset);
			offset += sizes[i];
		});
		return params;
	}

	/** The probabilities of a batch, [rows, 10]. The caller tidies. */
	function forward({ images }: Examples, training: boolean): tf.Tensor {
		const ink = tf.tensor(
			Float32Array.from(images, (value) => value / 255),
			[images.length / IMAGE_SIZE, ...inputShape]
		);
		return model.apply(ink, { training }) as tf.Tensor;
	}

	/** One step of gradient descent; the mean loss before it. */
	function step(batch: Examples, learningRate: number): number {
		return tf.tidy(() => {
			const targets = tf.oneHot(tf.tensor1d([...batch.labels], 'int32'), NUM_CLASSES);
			const loss = () => {
				const probabilities = tf.maximum(forward(batch, true), SMALLEST_PROBABILITY);
				return tf.neg(tf.mean(tf.sum(tf.mul(tf.log(probabilities), targets), 1))) as tf.Scalar;
			};
			const { value, grads } = tf.variableGrads(loss, variables);
			for (const variable of variables) {
				const gradient = grads[variable.name];
				if (gradient) variable.assign(tf.sub(variable, tf.mul(gradient, learningRate)));
			}
			return value.dataSync()[0];
		});
	}

	function probabilities(batch: Examples): Float32Array {
		return tf.tidy(() => forward(batch, false).dataSync() as Float32Array);
	}

	const initialParams = read();
	return {
		numParams,
		kernels: 'TensorFlow.js, operation by operation',
		inputShape,
		initialParams,
		train(params, examples, batches, learningRate) {
			assign(params);
			const losses = Float64Array.from(batches, (batch) =>
				step(selectExamples(examples, batch), learningRate)
			);
			return { params: read(), losses };
		},
		predict(params, examples) {
			assign(params);
			const predicted = new Uint8Array(examples.labels.length);
			const losses = new Float64Array(examples.labels.length);
			for (let from = 0; from < examples.labels.length; from += PREDICTION_ROWS) {
				const images = examples.images.subarray(
					from * IMAGE_SIZE,
					(from + PREDICTION_ROWS) * IMAGE_SIZE
				);
				const labels = examples.labels.subarray(from, from + PREDICTION_ROWS);
				const rows = probabilities({ images, labels });
				labels.forEach((label, row) => {
					const own = rows.subarray(row * NUM_CLASSES, (row + 1) * NUM_CLASSES);
					predicted[from + row] = Math.max(0, own.indexOf(Math.max(...own)));
					losses[from + row] = -Math.log(Math.max(own[label], SMALLEST_PROBABILITY));
				});
			}
			return { predicted, isCorrect: markCorrect(examples.labels, predicted), losses };
		},
		numTensors: () => tf.memory().numTensors,
		dispose: () => undefined
	};
}

function checkShapes(model: LayersModel): LayersLearner['inputShape'] {
	const input = describe(model.inputs.length === 1 ? model.inputs[0].shape : []);
	const output = describe(model.outputs.length === 1 ? model.outputs[0].shape : []);
	if (output !== '10')
		throw new Error(`createModel: expected a model that ends in [10] numbers, got [${output}]`);
	if (input === '784') return [784];
	if (input === '28, 28, 1') return [28, 28, 1];
	throw new Error(`createModel: expected a model that takes [784] or [28, 28, 1], got [${input}]`);
}

/** A shape without its first dimension, the batch. */
function describe(shape: readonly (number | null)[]): string {
	return shape.slice(1).join(', ');
}
