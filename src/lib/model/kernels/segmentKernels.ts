/** UnsortedSegmentSum for the wasm backend, which lacks it: the gradient of gather, so of embeddings. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { util, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { kernelMemoryOf } from './kernelMemory';

interface SegmentCall {
	inputs: { x: TensorInfo; segmentIds: TensorInfo };
	backend: BackendWasm;
	attrs: { numSegments: number };
}

export const segmentKernels: readonly KernelConfig[] = [
	{
		kernelName: 'UnsortedSegmentSum',
		backendName: 'wasm',
		kernelFunc: (call) => sumSegments(call as unknown as SegmentCall)
	}
];

/** Rows of x [numIds, ...] summed by their id, [numSegments, ...]; ids outside count nowhere. */
function sumSegments({ inputs, backend, attrs }: SegmentCall): TensorInfo {
	const { x, segmentIds } = inputs;
	const { numSegments } = attrs;
	if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32') {
		throw new Error(
			`expected float32 rows and int32 segment ids, got ${x.dtype} and ${segmentIds.dtype}`
		);
	}
	const numIds = util.sizeFromShape(segmentIds.shape);
	const rowShape = x.shape.slice(segmentIds.shape.length);
	const sums = backend.makeOutput([numSegments, ...rowShape], 'float32');
	const { ops, addressOf } = kernelMemoryOf(backend);
	const [from, ids, to] = [x, segmentIds, sums].map(addressOf);
	ops.sumSegments(from, ids, numIds, util.sizeFromShape(rowShape), numSegments, to);
	return sums;
}
