import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream, standardNormal } from '../../src/lib/math/random';
import { startBackend } from '../../src/lib/model/backend';
import { descend, forward } from '../../src/lib/model/stockNetwork';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';

beforeAll(() => startBackend('wasm', findWasmFiles()));

const shapes = [[6, 5], [5], [5, 4], [4], [4, 3], [3]];
const numRows = 7;

function drawProblem() {
	const random = randomStream(1, 'init');
	const draw = (shape: number[]) =>
		Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => standardNormal(random));
	const labels = Array.from({ length: numRows }, (_, row) => row % 3);
	return { params: shapes.map(draw), images: draw([numRows, 6]), labels };
}

/** Mean cross-entropy by the network's own forward pass. */
function lossOf(params: Float32Array[], images: Float32Array, labels: number[]): number {
	return tf.tidy(() => {
		const layers = params.map((values, i) => tf.tensor(values, shapes[i]));
		const logits = forward(layers, tf.tensor(images, [numRows, 6]))
			.pop()!
			.output.arraySync() as number[][];
		const losses = logits.map((row, i) => {
			return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0)) - row[labels[i]];
		});
		return losses.reduce((a, b) => a + b, 0) / numRows;
	});
}

describe('descend', () => {
	it('steps along the numerical gradient in every parameter', () => {
		const { params, images, labels } = drawProblem();
		const learningRate = 0.1;
		const stepped = tf.tidy(() => {
			const targets = tf.tensor2d(
				labels.map((label) => [0, 1, 2].map((k) => Number(k === label))),
				[numRows, 3]
			);
			const layers = params.map((values, i) => tf.tensor(values, shapes[i]));
			const step = descend(layers, tf.tensor(images, [numRows, 6]), targets, learningRate);
			return step.layers.map((layer) => layer.dataSync() as Float32Array);
		});
		params.forEach((values, layer) => {
			values.forEach((value, i) => {
				const shifted = (change: number) => {
					const moved = params.map((other) => other.slice());
					moved[layer][i] = value + change;
					return lossOf(moved, images, labels);
				};
				const numerical = (shifted(1e-2) - shifted(-1e-2)) / 2e-2;
				const analytical = (value - stepped[layer][i]) / learningRate;
				expect(Math.abs(analytical - numerical)).toBeLessThan(2e-3 + 0.02 * Math.abs(numerical));
			});
		});
	});
});
