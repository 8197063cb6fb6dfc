/**
 * A trained model in the layers format of TensorFlow.js (model.json beside weights.bin), so that stock tfjs
 * loads it with `tf.loadLayersModel`. Input: [batch, 784] of ink 0 to 1; output: class probabilities.
 */
import { IMAGE_SIZE } from '../data/datasetIndex';
import { isConvolutional, KERNEL_SIDE, kernelShape, type Layer, type ModelSpec } from './modelSpec';

export interface LayersFormat {
	/** Text of model.json. */
	modelJson: string;
	/** Bytes of weights.bin: float32, little-endian, layer by layer, kernel before bias. */
	weights: Uint8Array;
}

/** A layer as Keras writes it. */
interface KerasLayer {
	class_name: string;
	config: Record<string, unknown> & { name: string };
}

export function toLayersFormat(spec: ModelSpec, params: Float32Array): LayersFormat {
	const [first, ...others] = kerasLayers(spec);
	const config = { ...first.config, batch_input_shape: [null, IMAGE_SIZE] };
	const weights = spec.layers.flatMap((layer, i) => [
		{ name: `${layerName(layer, i)}/kernel`, shape: kernelShape(layer), dtype: 'float32' },
		{ name: `${layerName(layer, i)}/bias`, shape: [layer.numOutputs], dtype: 'float32' }
	]);
	const model = {
		format: 'layers-model',
		generatedBy: 'Many Hands',
		convertedBy: null,
		modelTopology: {
			class_name: 'Sequential',
			config: { name: `many_hands_${spec.name}`, layers: [{ ...first, config }, ...others] },
			keras_version: 'tfjs-layers 4.22.0',
			backend: 'tensor_flow.js'
		},
		weightsManifest: [{ paths: ['weights.bin'], weights }]
	};
	return { modelJson: JSON.stringify(model, null, '\t') + '\n', weights: littleEndian(params) };
}

function kerasLayers(spec: ModelSpec): KerasLayer[] {
	const learned = spec.layers.flatMap((layer, i) => kerasLayer(spec, layer, i));
	if (!isConvolutional(spec)) return learned;
	const side = Math.sqrt(IMAGE_SIZE);
	const reshape = { name: 'reshape', target_shape: [side, side, 1], dtype: 'float32' };
	return [{ class_name: 'Reshape', config: reshape }, ...learned];
}

/** The layer, and what stands before or behind it: a pool behind a convolution, a flattening between both. */
function kerasLayer(spec: ModelSpec, layer: Layer, i: number): KerasLayer[] {
	const name = layerName(layer, i);
	const learned = { name, use_bias: true, dtype: 'float32', trainable: true };
	if (layer.kind === 'conv') {
		const image = { padding: 'same', data_format: 'channels_last', dtype: 'float32' };
		const kernel = { kernel_size: [KERNEL_SIDE, KERNEL_SIDE], strides: [1, 1], activation: 'relu' };
		const pool = { name: `pool_${i + 1}`, pool_size: [2, 2], strides: [2, 2] };
		const config = { ...image, ...learned, ...kernel, filters: layer.numOutputs };
		return [
			{ class_name: 'Conv2D', config },
			{ class_name: 'MaxPooling2D', config: { ...image, ...pool } }
		];
	}
	const activation = i < spec.layers.length - 1 ? 'relu' : 'softmax';
	const dense = {
		class_name: 'Dense',
		config: { ...learned, units: layer.numOutputs, activation }
	};
	const isFirstFlat = spec.layers[i - 1]?.kind === 'conv';
	return isFirstFlat ? [{ class_name: 'Flatten', config: { name: 'flatten' } }, dense] : [dense];
}

function layerName({ kind }: Layer, index: number): string {
	return `${kind}_${index + 1}`;
}

function littleEndian(params: Float32Array): Uint8Array {
	const bytes = new Uint8Array(params.byteLength);
	const view = new DataView(bytes.buffer);
	params.forEach((value, i) => view.setFloat32(4 * i, value, true));
	return bytes;
}
