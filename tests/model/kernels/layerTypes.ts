/** The usual layer types of tfjs, each as the middle of a small model: what learners build in a code cell. */
import * as tf from '@tensorflow/tfjs';

export interface LayerType {
	name: string;
	/** Shape of one example. */
	inputShape: number[];
	/** The layer itself, its weights drawn from fixed seeds. */
	create(): tf.layers.Layer;
	/** Whole numbers below this go in, instead of real ones: the layer looks rows up. */
	numIds?: number;
	/** Whether stock tfjs-backend-wasm 4.22.0 has every kernel to train it. */
	isTrainedByStock: boolean;
}

const normal = (seed: number) => tf.initializers.randomNormal({ stddev: 0.5, seed });
const image = [7, 6, 3];
const sequence = [5, 4];

export const layerTypes: readonly LayerType[] = [
	{
		name: 'dense',
		inputShape: [13],
		create: () =>
			tf.layers.dense({ units: 9, activation: 'sigmoid', kernelInitializer: normal(1) }),
		isTrainedByStock: true
	},
	{
		name: 'flatten',
		inputShape: image,
		create: () => tf.layers.flatten(),
		isTrainedByStock: true
	},
	{
		name: 'dropout',
		inputShape: [13],
		create: () => tf.layers.dropout({ rate: 0.4, seed: 2 }),
		isTrainedByStock: true
	},
	{
		name: 'leakyReLU',
		inputShape: [13],
		create: () => tf.layers.leakyReLU({ alpha: 0.2 }),
		isTrainedByStock: true
	},
	{
		name: 'prelu',
		inputShape: [13],
		create: () => tf.layers.prelu({ alphaInitializer: normal(3) as never }),
		isTrainedByStock: true
	},
	{
		name: 'batchNormalization',
		inputShape: image,
		create: () => tf.layers.batchNormalization(),
		isTrainedByStock: true
	},
	{
		name: 'layerNormalization',
		inputShape: [13],
		create: () => tf.layers.layerNormalization(),
		isTrainedByStock: true
	},
	{
		name: 'maxPooling2d',
		inputShape: image,
		create: () => tf.layers.maxPooling2d({ poolSize: 2 }),
		isTrainedByStock: true
	},
	{
		name: 'averagePooling2d',
		inputShape: image,
		// Without padding: at padded edges tfjs's own gradient is not that of its own average.
		create: () => tf.layers.averagePooling2d({ poolSize: 3, strides: 2 }),
		isTrainedByStock: true
	},
	{
		name: 'globalAveragePooling2d',
		inputShape: image,
		create: () => tf.layers.globalAveragePooling2d({}),
		isTrainedByStock: true
	},
	{
		name: 'zeroPadding2d',
		inputShape: image,
		create: () => tf.layers.zeroPadding2d({ padding: 1 }),
		isTrainedByStock: true
	},
	{
		name: 'upSampling2d',
		inputShape: image,
		create: () => tf.layers.upSampling2d({ size: [2, 2] }),
		isTrainedByStock: true
	},
	{
		name: 'simpleRNN',
		inputShape: sequence,
		create: () => tf.layers.simpleRNN({ units: 6, ...recurrent(4) }),
		isTrainedByStock: true
	},
	{
		name: 'lstm',
		inputShape: sequence,
		create: () => tf.layers.lstm({ units: 5, ...recurrent(6) }),
		isTrainedByStock: true
	},
	{
		name: 'gru',
		inputShape: sequence,
		create: () => tf.layers.gru({ units: 5, ...recurrent(8) }),
		isTrainedByStock: true
	},
	{
		name: 'bidirectional',
		inputShape: sequence,
		create: () =>
			tf.layers.bidirectional({
				layer: tf.layers.simpleRNN({ units: 3, ...recurrent(10) }) as never,
				mergeMode: 'concat'
			}),
		isTrainedByStock: true
	},
	{
		name: 'conv1d',
		inputShape: [11, 3],
		create: () => tf.layers.conv1d({ filters: 5, kernelSize: 3, kernelInitializer: normal(12) }),
		isTrainedByStock: false
	},
	{
		name: 'conv2d',
		inputShape: image,
		create: () =>
			tf.layers.conv2d({
				filters: 5,
				kernelSize: 3,
				padding: 'same',
				strides: 2,
				activation: 'tanh',
				kernelInitializer: normal(13)
			}),
		isTrainedByStock: false
	},
	{
		name: 'conv2dTranspose',
		inputShape: [4, 3, 3],
		create: () =>
			tf.layers.conv2dTranspose({
				filters: 5,
				kernelSize: 3,
				strides: 2,
				padding: 'same',
				kernelInitializer: normal(14)
			}),
		isTrainedByStock: false
	},
	{
		name: 'depthwiseConv2d',
		inputShape: image,
		create: () =>
			tf.layers.depthwiseConv2d({
				kernelSize: 3,
				depthMultiplier: 2,
				depthwiseInitializer: normal(15)
			}),
		isTrainedByStock: false
	},
	{
		name: 'separableConv2d',
		inputShape: image,
		create: () =>
			tf.layers.separableConv2d({
				filters: 4,
				kernelSize: 3,
				padding: 'same',
				depthwiseInitializer: normal(16),
				pointwiseInitializer: normal(17)
			}),
		isTrainedByStock: false
	},
	{
		name: 'embedding',
		inputShape: [6],
		create: () =>
			tf.layers.embedding({ inputDim: 8, outputDim: 5, embeddingsInitializer: normal(18) }),
		numIds: 8,
		isTrainedByStock: false
	}
];

function recurrent(seed: number) {
	return { kernelInitializer: normal(seed), recurrentInitializer: normal(seed + 1) };
}
