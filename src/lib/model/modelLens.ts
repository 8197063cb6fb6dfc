/** Where a model's numbers make pictures: the first layer, one picture a class, a hidden unit or a filter. */
import type { ModelLens } from '../federated/observation';
import type { ModelSpec } from './modelSpec';

const EDGE = 28;

export function createModelLens({ layers }: ModelSpec): ModelLens {
	const [first] = layers;
	return {
		offset: first.kernelOffset,
		numPictures: first.numOutputs,
		width: EDGE,
		height: EDGE,
		noun: layers.length === 1 ? 'class' : 'hidden unit',
		layers: layers.map(({ numInputs, numOutputs, kernelOffset, biasOffset }) => ({
			name: `${numInputs} × ${numOutputs}`,
			offset: kernelOffset,
			length: biasOffset - kernelOffset
		}))
	};
}
