/** One model around one layer, on whatever tfjs backend is active. */
import * as tf from '@tensorflow/tfjs';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import type { LayerType } from './layerTypes';

const NUM_ROWS = 4;
const NUM_OUTPUTS = 3;

export interface LayerTrial {
	inputs: tf.Tensor;
	/** Weights of the layer and of a dense layer behind it, in the order of the model. */
	variables: tf.Variable[];
	/** A fixed weighing of the outputs: as linear as the layer itself. */
	loss(inputs: tf.Tensor): tf.Scalar;
	dispose(): void;
}

/** The layer between random inputs and a dense layer; the same numbers on every backend. */
export function createTrial(type: LayerType): LayerTrial {
	const random = randomStream(11, 'init');
	const shape = [NUM_ROWS, ...type.inputShape];
	const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () =>
		type.numIds ? Math.floor(random() * type.numIds) : standardNormal(random)
	);
	const weighing = Float32Array.from({ length: NUM_ROWS * NUM_OUTPUTS }, () =>
		standardNormal(random)
	);
	const known = new Set(Object.keys(tf.engine().registeredVariables));
	const model = createModel(type);
	const inputs = tf.tensor(values, shape);
	const weights = tf.tensor2d(weighing, [NUM_ROWS, NUM_OUTPUTS]);
	return {
		inputs,
		variables: Object.values(tf.engine().registeredVariables).filter(
			({ name, trainable }) => trainable && !known.has(name)
		),
		loss(batch) {
			const outputs = model.apply(batch, { training: true }) as tf.Tensor;
			return tf.sum(tf.mul(outputs, weights)) as tf.Scalar;
		},
		dispose() {
			model.dispose();
			tf.dispose([inputs, weights]);
		}
	};
}

function createModel(type: LayerType): tf.LayersModel {
	const input = tf.input({ shape: type.inputShape });
	let output = type.create().apply(input) as tf.SymbolicTensor;
	if (output.shape.length > 2) output = tf.layers.flatten().apply(output) as tf.SymbolicTensor;
	const kernelInitializer = tf.initializers.randomNormal({ stddev: 0.3, seed: 20 });
	const dense = tf.layers.dense({ units: NUM_OUTPUTS, kernelInitializer });
	return tf.model({ inputs: input, outputs: dense.apply(output) as tf.SymbolicTensor });
}

/** The gradient of the loss by each variable and, where the inputs are real numbers, by them. */
export function gradientsOf({ inputs, variables, loss }: LayerTrial, type: LayerType) {
	return tf.tidy(() => {
		const { grads } = tf.variableGrads(() => loss(inputs), variables);
		const byVariable = variables.map(({ name }) => grads[name].dataSync() as Float32Array);
		const byInput = type.numIds
			? undefined
			: (tf
					.grad((batch) => loss(batch))(inputs)
					.dataSync() as Float32Array);
		return { byVariable, byInput };
	});
}

/** Trains some steps and returns the variables after them, then disposes of everything. */
export function trainSteps(type: LayerType, numSteps: number): Float32Array[] {
	const trial = createTrial(type);
	const optimizer = tf.train.sgd(0.01);
	for (let step = 0; step < numSteps; step++) {
		optimizer.minimize(() => trial.loss(trial.inputs), false, trial.variables);
	}
	const trained = trial.variables.map((variable) => variable.dataSync().slice() as Float32Array);
	optimizer.dispose();
	trial.dispose();
	return trained;
}
