/**
 * Gradients of convolutions and pooling for the wasm backend, where tfjs 4.22 has none or slow ones:
 * Conv2DBackpropFilter, Conv2DBackpropInput, both of depthwise convolution, and MaxPoolGrad.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
	backend_util,
	type Conv2DBackpropFilterAttrs,
	type Conv2DBackpropInputAttrs,
	type DepthwiseConv2dNativeBackpropFilterAttrs,
	type DepthwiseConv2dNativeBackpropInputAttrs,
	type KernelConfig,
	type MaxPoolGradAttrs,
	type TensorInfo
} from '@tensorflow/tfjs-core';
import { kernelMemoryOf } from './kernelMemory';

type Shape4D = [number, number, number, number];
type Windows = backend_util.Conv2DInfo;

interface WindowCall<Inputs extends string, Attrs> {
	inputs: Record<Inputs, TensorInfo>;
	backend: BackendWasm;
	attrs: Attrs;
}

/** Patches of one block of pixels: a quarter of a usual second-level cache. */
const PATCH_FLOATS = 2 ** 16;

export const windowKernels: readonly KernelConfig[] = [
	kernel('Conv2DBackpropFilter', filterGradient),
	kernel('Conv2DBackpropInput', inputGradient),
	kernel('DepthwiseConv2dNativeBackpropFilter', depthwiseFilterGradient),
	kernel('DepthwiseConv2dNativeBackpropInput', depthwiseInputGradient),
	kernel('MaxPoolGrad', maxPoolGradient)
];

function kernel<Inputs extends string, Attrs>(
	kernelName: string,
	run: (call: WindowCall<Inputs, Attrs>) => TensorInfo
): KernelConfig {
	return {
		kernelName,
		backendName: 'wasm',
		kernelFunc: (call) => run(call as unknown as WindowCall<Inputs, Attrs>)
	};
}

function filterGradient({
	inputs: { x, dy },
	backend,
	attrs
}: WindowCall<'x' | 'dy', Conv2DBackpropFilterAttrs>): TensorInfo {
	expectChannelsLast(attrs.dataFormat);
	expectFloats(x, dy);
	const windows = backend_util.computeConv2DInfo(
		x.shape as Shape4D,
		attrs.filterShape,
		attrs.strides,
		1,
		attrs.pad,
		attrs.dimRoundingMode
	);
	const gradient = backend.makeOutput(windows.filterShape, 'float32');
	runOnPatches('convolutionFilterGradient', backend, windows, [x, dy, gradient]);
	return gradient;
}

function inputGradient({
	inputs: { dy, filter },
	backend,
	attrs
}: WindowCall<'dy' | 'filter', Conv2DBackpropInputAttrs>): TensorInfo {
	expectChannelsLast(attrs.dataFormat);
	expectFloats(dy, filter);
	const windows = backend_util.computeConv2DInfo(
		attrs.inputShape,
		filter.shape as Shape4D,
		attrs.strides,
		1,
		attrs.pad,
		attrs.dimRoundingMode
	);
	const gradient = backend.makeOutput(windows.inShape, 'float32');
	runOnPatches('convolutionInputGradient', backend, windows, [dy, filter, gradient]);
	return gradient;
}

function depthwiseFilterGradient({
	inputs: { x, dy },
	backend,
	attrs
}: WindowCall<'x' | 'dy', DepthwiseConv2dNativeBackpropFilterAttrs>): TensorInfo {
	expectFloats(x, dy);
	const windows = backend_util.computeConv2DInfo(
		x.shape as Shape4D,
		attrs.filterShape,
		attrs.strides,
		attrs.dilations,
		attrs.pad,
		attrs.dimRoundingMode,
		true
	);
	const gradient = backend.makeOutput(windows.filterShape, 'float32');
	runOnWindows('depthwiseFilterGradient', backend, windows, [x, dy, gradient]);
	return gradient;
}

function depthwiseInputGradient({
	inputs: { dy, filter },
	backend,
	attrs
}: WindowCall<'dy' | 'filter', DepthwiseConv2dNativeBackpropInputAttrs>): TensorInfo {
	expectFloats(dy, filter);
	const windows = backend_util.computeConv2DInfo(
		attrs.inputShape,
		filter.shape as Shape4D,
		attrs.strides,
		attrs.dilations,
		attrs.pad,
		attrs.dimRoundingMode,
		true
	);
	const gradient = backend.makeOutput(windows.inShape, 'float32');
	runOnWindows('depthwiseInputGradient', backend, windows, [dy, filter, gradient]);
	return gradient;
}

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

function runOnWindows(
	name: 'depthwiseFilterGradient' | 'depthwiseInputGradient' | 'maxPoolGradient',
	backend: BackendWasm,
	windows: Windows,
	tensors: readonly TensorInfo[]
): void {
	const { ops, addressOf, withScratch, writeIntegers } = kernelMemoryOf(backend);
	const integers = integersOf(windows);
	withScratch(4 * integers.length, (at) => {
		writeIntegers(at, integers);
		ops[name](at, ...tensors.map(addressOf));
	});
}

function runOnPatches(
	name: 'convolutionFilterGradient' | 'convolutionInputGradient',
	backend: BackendWasm,
	windows: Windows,
	tensors: readonly TensorInfo[]
): void {
	const { ops, addressOf, withScratch, writeIntegers } = kernelMemoryOf(backend);
	const integers = integersOf(windows);
	const patchSize = windows.filterHeight * windows.filterWidth * windows.inChannels;
	const numPixels = windows.batchSize * windows.outHeight * windows.outWidth;
	const block = Math.max(1, Math.min(numPixels, Math.floor(PATCH_FLOATS / patchSize)));
	const patchBytes = 4 * block * patchSize;
	const productBytes = ops.PRODUCT_SCRATCH_BYTES.value;
	withScratch(productBytes + patchBytes + 4 * integers.length, (scratch) => {
		const patches = scratch + productBytes;
		const at = patches + patchBytes;
		writeIntegers(at, integers);
		ops[name](at, ...tensors.map(addressOf), block, patches, scratch);
	});
}

/** As `assembly/windows.ts` reads them. */
function integersOf(windows: Windows): number[] {
	return [
		windows.batchSize,
		...[windows.inHeight, windows.inWidth, windows.inChannels],
		...[windows.outHeight, windows.outWidth, windows.outChannels],
		...[windows.filterHeight, windows.filterWidth],
		...[windows.strideHeight, windows.strideWidth],
		...[windows.dilationHeight, windows.dilationWidth],
		...[windows.padInfo.top, windows.padInfo.left]
	];
}

function expectChannelsLast(dataFormat: string): void {
	if (dataFormat !== 'NHWC') {
		throw new Error(`expected images with channels last (NHWC), got ${dataFormat}`);
	}
}

function expectFloats(...tensors: readonly TensorInfo[]): void {
	const other = tensors.find(({ dtype }) => dtype !== 'float32');
	if (other) throw new Error(`expected float32 images and gradients, got ${other.dtype}`);
}
