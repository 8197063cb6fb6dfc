/** One gradient step of each built-in model as stock tfjs users write it: a function of variables, tape and optimiser. */
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { findWasmFiles } from '../../lib/workers/nodeHost';

/** Layers by name: the shape of each kernel; of two dimensions dense, of four a 5x5 convolution and a 2x2 pool. */
const kernelShapes: Record<string, readonly (readonly number[])[]> = {
	softmax: [[784, 10]],
	'2nn': [
		[784, 200],
		[200, 200],
		[200, 10]
	],
	'cnn-small': [
		[5, 5, 1, 16],
		[5, 5, 16, 32],
		[1568, 10]
	],
	cnn: [
		[5, 5, 1, 32],
		[5, 5, 32, 64],
		[3136, 512],
		[512, 10]
	]
};

/** The version of tfjs. */
export const stockVersion = tf.version_core;

/** Starts the wasm backend as it comes, on one thread. */
export async function startStockBackend(): Promise<void> {
	tf.enableProdMode();
	tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
	setThreadsCount(1);
	setWasmPaths({ ...findWasmFiles() });
	if (!(await tf.setBackend('wasm'))) throw new Error('expected stock tfjs to start on wasm');
}

/** A step on made-up images; each call is one, and waits until it is done. Throws where the backend lacks a kernel. */
export function createStockStep(model: string, batchSize: number): () => void {
	const shapes = kernelShapes[model];
	const variables = shapes.flatMap((shape, i) => [
		tf.variable(tf.randomNormal([...shape], 0, 0.05, 'float32', i)),
		tf.variable(tf.zeros([shape[shape.length - 1]]))
	]);
	const isConvolution = shapes[0].length === 4;
	const images = tf.randomUniform(isConvolution ? [batchSize, 28, 28, 1] : [batchSize, 784], 0, 1);
	const labels = Int32Array.from({ length: batchSize }, (_, i) => i % 10);
	const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), 10);
	const optimizer = tf.train.sgd(0.1);

	function logits(): tf.Tensor {
		return shapes.reduce((activations: tf.Tensor, shape, i) => {
			const [kernel, bias] = [variables[2 * i], variables[2 * i + 1]];
			if (shape.length === 4) {
				const sums = tf.conv2d(activations as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same');
				return tf.maxPool(tf.relu(sums.add(bias)) as tf.Tensor4D, 2, 2, 'same');
			}
			const sums = activations.reshape([batchSize, shape[0]]).matMul(kernel).add(bias);
			return i < shapes.length - 1 ? sums.relu() : sums;
		}, images);
	}

	return () => {
		const loss = optimizer.minimize(
			() => tf.losses.softmaxCrossEntropy(targets, logits()) as tf.Scalar,
			true
		)!;
		loss.dataSync();
		loss.dispose();
	};
}
