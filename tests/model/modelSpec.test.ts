import { expect, it } from 'vitest';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';

it('has the published numbers of parameters', () => {
	expect(modelSpecs.softmax.numParams).toBe(7850);
	expect(modelSpecs['2nn'].numParams).toBe(199_210);
	expect(modelSpecs['2nn'].layers.map((layer) => layer.numInputs * layer.numOutputs)).toEqual([
		156_800, 40_000, 2_000
	]);
	expect(modelSpecs.cnn.numParams).toBe(1_663_370);
	expect(modelSpecs['cnn-small'].numParams).toBe(28_938);
});

it('starts softmax at zero', () => {
	expect(initialParams(modelSpecs.softmax, 7).every((value) => value === 0)).toBe(true);
});

it('starts 2nn by Glorot: uniform within the limit, biases zero, another seed other numbers', () => {
	const params = initialParams(modelSpecs['2nn'], 7);
	for (const { kernelOffset, biasOffset, numInputs, numOutputs } of modelSpecs['2nn'].layers) {
		const limit = Math.sqrt(6 / (numInputs + numOutputs));
		const kernel = params.subarray(kernelOffset, biasOffset);
		const variance = kernel.reduce((sum, value) => sum + value ** 2, 0) / kernel.length;
		expect(kernel.every((value) => Math.abs(value) <= limit)).toBe(true);
		expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
		expect(params.subarray(biasOffset, biasOffset + numOutputs).every((b) => b === 0)).toBe(true);
	}
	expect(initialParams(modelSpecs['2nn'], 7)).toEqual(params);
	expect(initialParams(modelSpecs['2nn'], 8)).not.toEqual(params);
});

it('starts a convolution by the fans of its 25 taps', () => {
	const { layers } = modelSpecs.cnn;
	const params = initialParams(modelSpecs.cnn, 7);
	const kernel = params.subarray(layers[1].kernelOffset, layers[1].biasOffset);
	const limit = Math.sqrt(6 / (25 * 32 + 25 * 64));
	const variance = kernel.reduce((sum, value) => sum + value ** 2, 0) / kernel.length;
	expect(kernel.every((value) => Math.abs(value) <= limit)).toBe(true);
	expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
});
