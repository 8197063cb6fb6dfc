import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../../../src/lib/model/backend';
import { registerKernels } from '../../../src/lib/model/kernels/registerKernels';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';
import { createTrial, gradientsOf, trainSteps } from './layerTraining';
import { layerTypes } from './layerTypes';

beforeAll(async () => {
	await startBackend('wasm', findWasmFiles());
	registerKernels();
});

/** A few of a tensor's places, spread over it. */
function someOf(length: number): number[] {
	const step = Math.max(1, Math.floor(length / 9));
	return Array.from({ length: Math.ceil(length / step) }, (_, i) => i * step);
}

describe('the usual layer types', () => {
	it('are 22, of which stock wasm trains 16', () => {
		expect(layerTypes).toHaveLength(22);
		expect(layerTypes.filter(({ isTrainedByStock }) => isTrainedByStock)).toHaveLength(16);
	});

	it.each(layerTypes)('$name has the gradient of finite differences', async (type) => {
		await startBackend('wasm', findWasmFiles());
		const trial = createTrial(type);
		const { byVariable, byInput } = gradientsOf(trial, type);
		const lossAt = (inputs: tf.Tensor) => tf.tidy(() => trial.loss(inputs).dataSync()[0]);
		const compare = (
			shape: number[],
			values: Float32Array,
			gradient: Float32Array,
			lossOf: (moved: tf.Tensor) => number
		) => {
			expect(gradient).toHaveLength(values.length);
			for (const i of someOf(values.length)) {
				const shifted = (change: number) => {
					const moved = tf.tensor(
						values.map((value, at) => (at === i ? value + change : value)),
						shape
					);
					const loss = lossOf(moved);
					moved.dispose();
					return loss;
				};
				const numerical = (shifted(2e-3) - shifted(-2e-3)) / 4e-3;
				expect(Math.abs(gradient[i] - numerical)).toBeLessThan(3e-3 * (1 + Math.abs(numerical)));
			}
		};
		trial.variables.forEach((variable, at) => {
			const values = variable.dataSync().slice() as Float32Array;
			compare(variable.shape, values, byVariable[at], (moved) => {
				variable.assign(moved);
				return lossAt(trial.inputs);
			});
			variable.assign(tf.tensor(values, variable.shape));
		});
		if (byInput) {
			const values = trial.inputs.dataSync() as Float32Array;
			compare(trial.inputs.shape, values, byInput, lossAt);
		}
		expect(byVariable.length).toBeGreaterThanOrEqual(2);
		trial.dispose();
	});

	it.each(layerTypes)('$name trains as on stock tfjs-cpu', async (type) => {
		await startBackend('cpu', findWasmFiles());
		const expected = trainSteps(type, 3);
		await startBackend('wasm', findWasmFiles());
		const actual = trainSteps(type, 3);
		expect(actual.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
		expected.forEach((values, variable) => {
			values.forEach((value, i) => {
				expect(Math.abs(actual[variable][i] - value)).toBeLessThan(1e-4 * (1 + Math.abs(value)));
			});
		});
		expect(trainSteps(type, 3)).toEqual(actual);
	});
});
