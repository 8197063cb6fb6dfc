/**
 * Gradients of pooling for the wasm backend: those of tfjs 4.22 took 4.0 (max) and 1.5 ms (average) for
 * 10 images 28x28x32 where these take 0.16 and 0.06, and its max hands a gradient to the last of equal
 * numbers where tfjs's other backends take the first.
 */
import {
	backend_util,
	type AvgPoolGradAttrs,
	type KernelConfig,
	type MaxPoolGradAttrs,
	type TensorInfo
} from '@tensorflow/tfjs-core';
import { expectFloats, runOnWindows, windowKernel, type Shape4D, type WindowCall } from './windows';

export const poolingKernels: readonly KernelConfig[] = [
	windowKernel('MaxPoolGrad', maxPoolGradient),
	windowKernel('AvgPoolGrad', averagePoolGradient)
];

function maxPoolGradient({
	inputs: { input, dy },
	backend,
	attrs
}: WindowCall<'input' | 'dy', MaxPoolGradAttrs>): TensorInfo {
	expectFloats(input, dy);
	const windows = backend_util.computePool2DInfo(
		input.shape as Shape4D,
		attrs.filterSize,
		attrs.strides,
		1,
		attrs.pad,
		attrs.dimRoundingMode
	);
	const gradient = backend.makeOutput(input.shape, 'float32');
	runOnWindows('maxPoolGradient', backend, windows, [input, dy, gradient]);
	return gradient;
}

function averagePoolGradient({
	inputs: { input, dy },
	backend,
	attrs
}: WindowCall<'input' | 'dy', AvgPoolGradAttrs>): TensorInfo {
	expectFloats(input, dy);
	const windows = backend_util.computePool2DInfo(
		input.shape as Shape4D,
		attrs.filterSize,
		attrs.strides,
		1,
		attrs.pad
	);
	const gradient = backend.makeOutput(input.shape, 'float32');
	runOnWindows('averagePoolGradient', backend, windows, [dy, gradient]);
	return gradient;
}
