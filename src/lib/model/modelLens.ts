/** Where a model's numbers make pictures: the first layer, one picture a class, a hidden unit or a filter. */
import type { ModelLens } from '../federated/observation';
import { IMAGE_SIDE, isConvolutional, KERNEL_SIDE, kernelShape, type ModelSpec } from './modelSpec';

export function createModelLens(spec: ModelSpec): ModelLens {
	const [first] = spec.layers;
	const side = isConvolutional(spec) ? KERNEL_SIDE : IMAGE_SIDE;
	const denseNoun = spec.layers.length === 1 ? 'class' : 'hidden unit';
	return {
		offset: first.kernelOffset,
		numPictures: first.numOutputs,
		width: side,
		height: side,
		noun: isConvolutional(spec) ? 'filter' : denseNoun,
		layers: spec.layers.map((layer) => ({
			name: kernelShape(layer).join(' × '),
			kind: layer.kind,
			numParams: layer.biasOffset - layer.kernelOffset + layer.numOutputs,
			offset: layer.kernelOffset,
			length: layer.biasOffset - layer.kernelOffset
		}))
	};
}
