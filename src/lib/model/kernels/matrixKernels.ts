/**
 * BatchMatMul and _FusedMatMul for the wasm backend: all transpose forms, batches that broadcast, bias and
 * activation. Unlike the stock kernels they keep nothing between calls, so a tensor may change in place, and
 * their relu lets NaN through, as tfjs's other backends do.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import {
	broadcast_util,
	getKernel,
	util,
	type BatchMatMulAttrs,
	type KernelConfig,
	type TensorInfo,
	type _FusedMatMulAttrs
} from '@tensorflow/tfjs-core';
import { kernelMemoryOf } from './kernelMemory';

interface MatrixCall<Attrs> {
	inputs: { a: TensorInfo; b: TensorInfo; bias?: TensorInfo; preluActivationWeights?: TensorInfo };
	backend: BackendWasm;
	attrs: Attrs;
}

export const matrixKernels: readonly KernelConfig[] = [
	{
		kernelName: 'BatchMatMul',
		backendName: 'wasm',
		kernelFunc: (call) => multiply(call as unknown as MatrixCall<BatchMatMulAttrs>)
	},
	{
		kernelName: '_FusedMatMul',
		backendName: 'wasm',
		kernelFunc: (call) => multiplyFused(call as unknown as MatrixCall<_FusedMatMulAttrs>)
	}
];

/** [..., m, k] by [..., k, n], either with its last two axes swapped; leading axes broadcast. */
function multiply({ inputs, backend, attrs }: MatrixCall<BatchMatMulAttrs>): TensorInfo {
	const { a, b } = inputs;
	const { transposeA, transposeB } = attrs;
	if (a.dtype !== 'float32' || b.dtype !== 'float32') {
		throw new Error(`expected float32 matrices to multiply, got ${a.dtype} and ${b.dtype}`);
	}
	const [k, m] = lastTwo(a.shape, transposeA);
	const [n, kOfB] = lastTwo(b.shape, transposeB);
	if (k !== kOfB) {
		throw new Error(
			`expected inner sizes to agree, got shapes [${a.shape}] and [${b.shape}] with ` +
				`transposeA=${transposeA} and transposeB=${transposeB}`
		);
	}
	const batch = broadcast_util.assertAndGetBroadcastShape(
		a.shape.slice(0, -2),
		b.shape.slice(0, -2)
	);
	const product = backend.makeOutput([...batch, m, n], 'float32');
	const { ops, addressOf, withScratch } = kernelMemoryOf(backend);
	const [aRow, aStep] = transposeA ? [4, 4 * m] : [4 * k, 4];
	const bRow = 4 * (transposeB ? k : n);
	const [from, by, to] = [a, b, product].map(addressOf);
	const [aPlaces, bPlaces] = [a, b].map((side) => placesIn(side.shape.slice(0, -2), batch));
	withScratch(ops.PRODUCT_SCRATCH_BYTES.value, (scratch) => {
		for (let i = 0; i < aPlaces.length; i++) {
			ops.multiplyMatrices(
				...[m, n, k],
				...[from + 4 * aPlaces[i] * m * k, aRow, aStep],
				...[by + 4 * bPlaces[i] * k * n, bRow, Number(transposeB)],
				...[to + 4 * i * m * n, 4 * n, 0],
				scratch
			);
		}
	});
	return product;
}

/** The product, plus a bias along its last axis, through an activation; steps that tfjs has kernels for. */
function multiplyFused({ inputs, backend, attrs }: MatrixCall<_FusedMatMulAttrs>): TensorInfo {
	const { a, b, bias, preluActivationWeights } = inputs;
	const { activation, leakyreluAlpha, ...product } = attrs;
	let result = multiply({ inputs: { a, b }, backend, attrs: product });
	const then = (kernelName: string, others: Record<string, TensorInfo>, attributes = {}) => {
		const before = result;
		const kernel = getKernel(kernelName, 'wasm');
		result = kernel.kernelFunc({
			inputs: others,
			backend,
			attrs: attributes
		}) as TensorInfo;
		backend.disposeData(before.dataId);
	};
	if (bias) then('Add', { a: result, b: bias });
	if (activation === 'prelu') {
		then('Prelu', { x: result, alpha: preluActivationWeights! });
	} else if (activation === 'leakyrelu') {
		then('LeakyRelu', { x: result }, { alpha: leakyreluAlpha ?? 0 });
	} else if (activation && activation !== 'linear') {
		then(activationKernels[activation], { x: result });
	}
	return result;
}

const activationKernels = { relu: 'Relu', relu6: 'Relu6', elu: 'Elu', sigmoid: 'Sigmoid' } as const;

/** Sizes of the last axis and the one before it, in this order when read as the left factor. */
function lastTwo(shape: readonly number[], isTransposed: boolean): [number, number] {
	const [before, last] = shape.slice(-2);
	return isTransposed ? [before, last] : [last, before];
}

/** For each matrix of the broadcast batch, which matrix of a side it reads. */
function placesIn(shape: readonly number[], batch: readonly number[]): number[] {
	const numMatrices = util.sizeFromShape([...batch]);
	const strides = util.computeStrides([...shape, 1]);
	const numAdded = batch.length - shape.length;
	return Array.from({ length: numMatrices }, (_, matrix) => {
		let place = 0;
		for (let axis = batch.length - 1; axis >= 0; axis--) {
			const position = matrix % batch[axis];
			matrix = (matrix - position) / batch[axis];
			if (axis >= numAdded && shape[axis - numAdded] > 1) {
				place += position * strides[axis - numAdded];
			}
		}
		return place;
	});
}
