/** What the kernels of convolutions and pooling share: windows that slide over images [batch, height, width, channels]. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { backend_util, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelMemoryOf } from './kernelMemory';

export type Shape4D = [number, number, number, number];
export type Windows = backend_util.Conv2DInfo;

export interface WindowCall<Inputs extends string, Attrs> {
	inputs: Record<Inputs, TensorInfo>;
	backend: BackendWasm;
	attrs: Attrs;
}

type WindowKernel =
	'depthwiseFilterGradient' | 'depthwiseInputGradient' | 'averagePoolGradient' | 'maxPoolGradient';

/** A kernel of the wasm backend that sees its arguments typed. */
export function windowKernel<Inputs extends string, Attrs>(
	kernelName: string,
	run: (call: WindowCall<Inputs, Attrs>) => TensorInfo
): KernelConfig {
	return {
		kernelName,
		backendName: 'wasm',
		kernelFunc: (call) => run(call as unknown as WindowCall<Inputs, Attrs>)
	};
}

/** Runs a kernel that needs the windows and the tensors, no more. */
export function runOnWindows(
	name: WindowKernel,
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

/** As `assembly/windows.ts` reads them. */
export function integersOf(windows: Windows): number[] {
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

export function expectFloats(...tensors: readonly TensorInfo[]): void {
	const other = tensors.find(({ dtype }) => dtype !== 'float32');
	if (other) throw new Error(`expected float32 images and gradients, got ${other.dtype}`);
}
