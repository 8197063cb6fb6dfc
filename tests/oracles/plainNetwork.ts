/**
 * One step of gradient descent of a built-in kind of model in plain loops and double precision, written from
 * the definitions: a 5x5 convolution with same padding, ReLU, a 2x2 max pool, dense layers, softmax.
 */
import type { ConvLayer, Layer, ModelSpec } from '../../src/lib/model/modelSpec';

interface Pass {
	input: Float64Array;
	/** Before ReLU (and before the pool of a convolution). */
	sums: Float64Array;
	output: Float64Array;
	/** For each pooled value the position in `sums` that won. */
	winners: Int32Array;
}

/** Mean loss over the examples (ink 0 to 255, each of 784 pixels) and its gradient by the parameters. */
export function plainGradient(
	spec: ModelSpec,
	params: ArrayLike<number>,
	images: ArrayLike<number>[],
	labels: readonly number[]
): { loss: number; gradient: Float64Array } {
	const gradient = new Float64Array(spec.numParams);
	let loss = 0;
	images.forEach((image, row) => {
		const passes = forward(spec, params, image);
		const { output } = passes[passes.length - 1];
		const largest = Math.max(...output);
		const powers = output.map((logit) => Math.exp(logit - largest));
		const total = powers.reduce((sum, power) => sum + power, 0);
		loss += (Math.log(total) + largest - output[labels[row]]) / images.length;
		let upstream: Float64Array = powers.map((power, k) => {
			return (power / total - Number(k === labels[row])) / images.length;
		});
		for (let i = passes.length - 1; i >= 0; i--) {
			upstream = backward(
				spec.layers[i],
				i === passes.length - 1,
				params,
				passes[i],
				upstream,
				gradient
			);
		}
	});
	return { loss, gradient };
}

function forward(spec: ModelSpec, params: ArrayLike<number>, image: ArrayLike<number>): Pass[] {
	const passes: Pass[] = [];
	let input = Float64Array.from(image, (ink) => ink / 255);
	spec.layers.forEach((layer, i) => {
		const isLast = i === spec.layers.length - 1;
		const sums = new Float64Array(
			layer.kind === 'conv' ? layer.side ** 2 * layer.numOutputs : layer.numOutputs
		);
		sums.forEach((_, at) => (sums[at] = params[layer.biasOffset + (at % layer.numOutputs)]));
		eachProduct(layer, (from, weight, to) => (sums[to] += input[from] * params[weight]));
		const lit = isLast ? sums : sums.map((value) => Math.max(value, 0));
		const pooled =
			layer.kind === 'conv' ? maxPool(layer, lit) : { output: lit, winners: new Int32Array(0) };
		passes.push({ input, sums, ...pooled });
		input = pooled.output;
	});
	return passes;
}

/** Adds to the gradient by the parameters and returns that by the layer's input. */
function backward(
	layer: Layer,
	isLast: boolean,
	params: ArrayLike<number>,
	{ input, sums, winners }: Pass,
	upstream: Float64Array,
	gradient: Float64Array
): Float64Array {
	const bySums = new Float64Array(sums.length);
	if (layer.kind === 'conv') upstream.forEach((value, at) => (bySums[winners[at]] += value));
	else bySums.set(upstream);
	if (!isLast) sums.forEach((value, at) => (bySums[at] *= Number(value > 0)));
	bySums.forEach((value, at) => (gradient[layer.biasOffset + (at % layer.numOutputs)] += value));
	const byInput = new Float64Array(input.length);
	eachProduct(layer, (from, weight, to) => {
		gradient[weight] += input[from] * bySums[to];
		byInput[from] += params[weight] * bySums[to];
	});
	return byInput;
}

/** Every product of the layer: input position, parameter, position in the sums. */
function eachProduct(
	layer: Layer,
	visit: (from: number, weight: number, to: number) => void
): void {
	const { numInputs, numOutputs, kernelOffset } = layer;
	if (layer.kind === 'dense') {
		for (let i = 0; i < numInputs; i++) {
			for (let j = 0; j < numOutputs; j++) visit(i, kernelOffset + i * numOutputs + j, j);
		}
		return;
	}
	const { side } = layer;
	for (let at = 0; at < side * side * 25; at++) {
		const [tap, pixel] = [at % 25, Math.floor(at / 25)];
		const y = Math.floor(pixel / side) + Math.floor(tap / 5) - 2;
		const x = (pixel % side) + (tap % 5) - 2;
		if (y < 0 || y >= side || x < 0 || x >= side) continue;
		for (let i = 0; i < numInputs; i++) {
			const weight = kernelOffset + (tap * numInputs + i) * numOutputs;
			const from = (y * side + x) * numInputs + i;
			for (let j = 0; j < numOutputs; j++) visit(from, weight + j, pixel * numOutputs + j);
		}
	}
}

function maxPool({ side, numOutputs }: ConvLayer, lit: Float64Array) {
	const half = side / 2;
	const output = new Float64Array(half * half * numOutputs);
	const winners = new Int32Array(output.length);
	output.forEach((_, at) => {
		const [channel, pixel] = [at % numOutputs, Math.floor(at / numOutputs)];
		const [y, x] = [2 * Math.floor(pixel / half), 2 * (pixel % half)];
		const corners = [0, 1, side, side + 1].map(
			(step) => (y * side + x + step) * numOutputs + channel
		);
		winners[at] = corners.reduce((best, corner) => (lit[corner] > lit[best] ? corner : best));
		output[at] = lit[winners[at]];
	});
	return { output, winners };
}
