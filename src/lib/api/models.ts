/** What is trained: the built-in models, and models that a cell builds itself. */
import type { RunConfig } from '../federated/config';
import type { Learner } from '../federated/learner';
import { createLayersLearner, type LayersModel } from '../model/layersLearner';
import { initialParams, modelSpecs } from '../model/modelSpec';
import type { DigitShape } from './digits';
import type { World } from './world';

/** A model before any training: how many numbers it has and where they start. Its parts stay hidden. */
export interface Model {
	name: string;
	/** Numbers that are trained. */
	numParams: number;
	/** What it takes: [784] or [28, 28, 1]. */
	inputShape: DigitShape;
	/** Where training starts, [numParams]; the same seed gives the same numbers. */
	initialParams(seed: number): Float32Array;
	/** What trains and predicts with it. */
	createLearner(): Promise<Learner>;
}

/** A function without arguments that makes a model; handed over instead of a model, as in TensorFlow Federated. */
export type CreateModel = () => Model;

export interface ModelApi {
	/**
	 * Ten units with softmax over 784 pixels, 7,850 numbers, all zero at the start: the model of the hands-on.
	 * @example
	 * createSoftmaxModel().numParams
	 */
	createSoftmaxModel(): Model;
	/**
	 * Two hidden layers of 200 units (McMahan et al. 2017), 199,210 numbers.
	 * @example
	 * const process = buildWeightedFedAvg(create2nnModel, { clientLr: 0.1 });
	 */
	create2nnModel(): Model;
	/**
	 * The convolutional network of McMahan et al. 2017, 1,663,370 numbers; `small` is one with 16 and 32 channels and no
	 * hidden layer, which a cell trains in seconds.
	 * @example
	 * const createSmallCnn = () => createCnnModel({ small: true });
	 */
	createCnnModel(options?: { small?: boolean }): Model;
	/**
	 * Wraps a model of your own from TensorFlow.js, so that a federation can train it. It takes [784] or [28, 28, 1] (ink
	 * from 0 to 1) and ends in ten probabilities; the loss is their cross-entropy.
	 * @throws one sentence where it takes or gives something else.
	 * @example
	 * const createMine = () =>
	 * 	createModel(
	 * 		tf.sequential({
	 * 			layers: [
	 * 				tf.layers.dense({ inputShape: [784], units: 32, activation: 'relu' }),
	 * 				tf.layers.dense({ units: 10, activation: 'softmax' })
	 * 			]
	 * 		})
	 * 	);
	 */
	createModel(model: LayersModel): Model;
	/** TensorFlow.js: tensors, layers, optimizers. */
	tf: object;
}

export function createModelApi({ createLearner, tf }: World): ModelApi {
	const builtIn = (name: RunConfig['model']): Model => ({
		name,
		numParams: modelSpecs[name].numParams,
		inputShape: [784],
		initialParams: (seed) => initialParams(modelSpecs[name], seed),
		createLearner: () => createLearner({ model: name, backend: 'wasm' })
	});
	return {
		createSoftmaxModel: () => builtIn('softmax'),
		create2nnModel: () => builtIn('2nn'),
		createCnnModel: ({ small = false } = {}) => builtIn(small ? 'cnn-small' : 'cnn'),
		createModel(model) {
			const learner = createLayersLearner(model);
			return {
				name: model.name,
				numParams: learner.numParams,
				inputShape: learner.inputShape,
				initialParams: () => learner.initialParams.slice(),
				createLearner: async () => learner
			};
		},
		tf
	};
}
