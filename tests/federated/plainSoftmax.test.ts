import { describe, expect, it } from 'vitest';
import { IMAGE_SIZE } from '../../src/lib/data/datasetIndex';
import {
	classProbabilities,
	NUM_SOFTMAX_PARAMS,
	plainSoftmaxStep,
	plainSoftmaxUpdate
} from '../../src/lib/federated/plainSoftmax';
import { createStockLearner } from '../../src/lib/model/stockLearner';
import { modelSpecs } from '../../src/lib/model/modelSpec';
import { randomInt, randomStream } from '../../src/lib/math/random';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';

const random = randomStream(3, 'partition');
const numExamples = 12;
const examples = {
	images: Uint8Array.from({ length: numExamples * IMAGE_SIZE }, () =>
		random() < 0.8 ? 0 : randomInt(random, 256)
	),
	labels: Uint8Array.from({ length: numExamples }, () => randomInt(random, 10))
};
const params = Float32Array.from({ length: NUM_SOFTMAX_PARAMS }, () => random() / 5 - 0.1);

/** The mean cross-entropy, from its definition. */
function meanLoss(at: Float32Array): number {
	const losses = Array.from(examples.labels, (label, n) => {
		const image = examples.images.subarray(n * IMAGE_SIZE, (n + 1) * IMAGE_SIZE);
		return -Math.log(classProbabilities(at, image)[label]);
	});
	return losses.reduce((sum, loss) => sum + loss, 0) / numExamples;
}

describe('softmax regression in plain loops', () => {
	it('has probabilities that total 1', () => {
		const total = classProbabilities(params, examples.images.subarray(0, IMAGE_SIZE)).reduce(
			(sum, p) => sum + p,
			0
		);
		expect(total).toBeCloseTo(1, 12);
	});

	it('steps along the gradient that finite differences give', () => {
		const step = plainSoftmaxStep(params, examples, 1);
		expect(step.loss).toBeCloseTo(meanLoss(params), 12);
		for (const i of [0, 3127, 4005, 7840, 7849]) {
			const shifted = (by: number) => params.map((value, j) => (j === i ? value + by : value));
			const slope = (meanLoss(shifted(0.01)) - meanLoss(shifted(-0.01))) / 0.02;
			expect(params[i] - step.params[i]).toBeCloseTo(slope, 4);
		}
	});

	it('trains as the model room does', async () => {
		await setBackend('cpu');
		const everything = Uint32Array.from({ length: numExamples }, (_, i) => i);
		const batches = [everything, everything, everything];
		const { params: trained } = createStockLearner(modelSpecs.softmax).train(
			params,
			examples,
			batches,
			0.3
		);
		const delta = plainSoftmaxUpdate(params, examples, { numSteps: 3, learningRate: 0.3 });
		const worst = delta.reduce(
			(most, value, i) => Math.max(most, Math.abs(params[i] + value - trained[i])),
			0
		);
		expect(worst).toBeLessThan(1e-5);
	});
});
