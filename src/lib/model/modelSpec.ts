/**
 * The built-in models as data: layers with biases, ReLU between, softmax on top. A convolution is 5x5 with
 * same padding, followed by ReLU and a 2x2 max pool.
 * Parameters are one flat array: for each layer its kernel ([numInputs, numOutputs] of a dense layer,
 * [5, 5, numInputs, numOutputs] of a convolution) row by row, then its bias.
 * `2nn` and `cnn` are the networks of McMahan et al. 2017 (arXiv 1602.05629): 199,210 and 1,663,370 parameters.
 */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { randomStream } from '../math/random';
import type { RunConfig } from '../federated/config';

export interface DenseLayer {
	kind: 'dense';
	numInputs: number;
	numOutputs: number;
	/** Where its kernel starts in the flat parameters. */
	kernelOffset: number;
	/** Where its bias starts. */
	biasOffset: number;
}

export interface ConvLayer extends Omit<DenseLayer, 'kind'> {
	kind: 'conv';
	/** Pixels along a side of the image it sees; half as many come out of its pool. */
	side: number;
}

export type Layer = DenseLayer | ConvLayer;

export interface ModelSpec {
	name: RunConfig['model'];
	layers: readonly Layer[];
	numParams: number;
	/** Zero start (convex models) or Glorot and Bengio 2010: uniform in +-sqrt(6 / (fan in + fan out)). */
	initializer: 'zeros' | 'glorotUniform';
}

/** Pixels along a side of a convolution's kernel. */
export const KERNEL_SIDE = 5;
/** Pixels along a side of a digit. */
export const IMAGE_SIDE = Math.sqrt(IMAGE_SIZE);

export const modelSpecs: Readonly<Record<RunConfig['model'], ModelSpec>> = {
	softmax: createSpec('softmax', [], []),
	'2nn': createSpec('2nn', [], [200, 200]),
	'cnn-small': createSpec('cnn-small', [16, 32], []),
	cnn: createSpec('cnn', [32, 64], [512])
};

/** Whether images keep their two dimensions in the first layer. */
export function isConvolutional(spec: ModelSpec): boolean {
	return spec.layers[0].kind === 'conv';
}

/** The shape of a kernel as tfjs has it. */
export function kernelShape({ kind, numInputs, numOutputs }: Layer): number[] {
	return kind === 'conv'
		? [KERNEL_SIDE, KERNEL_SIDE, numInputs, numOutputs]
		: [numInputs, numOutputs];
}

/** The model before the first round, [numParams]; biases start at zero. */
export function initialParams(spec: ModelSpec, seed: number): Float32Array {
	const params = new Float32Array(spec.numParams);
	if (spec.initializer === 'zeros') return params;
	const random = randomStream(seed, 'init');
	for (const { kind, numInputs, numOutputs, kernelOffset, biasOffset } of spec.layers) {
		const numTaps = kind === 'conv' ? KERNEL_SIDE ** 2 : 1;
		const limit = Math.sqrt(6 / (numTaps * (numInputs + numOutputs)));
		for (let i = kernelOffset; i < biasOffset; i++) params[i] = (2 * random() - 1) * limit;
	}
	return params;
}

/** Convolutions of so many channels (in fours), then dense layers of so many units, then the classes. */
export function createSpec(
	name: ModelSpec['name'],
	channels: readonly number[],
	hidden: readonly number[]
): ModelSpec {
	const layers: Layer[] = [];
	let numParams = 0;
	let numInputs = 1;
	let side = IMAGE_SIDE;
	const place = (numWeights: number, numOutputs: number) => {
		const kernelOffset = numParams;
		const biasOffset = kernelOffset + numWeights * numOutputs;
		numParams = biasOffset + numOutputs;
		const placed = { numInputs, numOutputs, kernelOffset, biasOffset };
		numInputs = numOutputs;
		return placed;
	};
	for (const numOutputs of channels) {
		layers.push({ kind: 'conv', side, ...place(KERNEL_SIDE ** 2 * numInputs, numOutputs) });
		side /= 2;
	}
	numInputs *= side ** 2;
	for (const numOutputs of [...hidden, NUM_CLASSES]) {
		layers.push({ kind: 'dense', ...place(numInputs, numOutputs) });
	}
	const initializer = layers.length > 1 ? 'glorotUniform' : 'zeros';
	return { name, layers, numParams, initializer };
}
