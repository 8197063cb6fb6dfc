/** FedAvg on two quadratics f_i = a_i/2 (x - b_i)^2: values and limit in closed form (client drift). */
import { describe, expect, it } from 'vitest';
import { clientUpdate } from '../../src/lib/federated/clientUpdate';
import type { Learner } from '../../src/lib/federated/learner';
import type { BroadcastMessage } from '../../src/lib/federated/records';
import { meanOf, weightedSum } from '../../src/lib/aggregation/mean';
import { serverUpdate } from '../../src/lib/federated/serverUpdate';
import { randomStream } from '../../src/lib/math/random';

function createQuadratic(a: number, b: number): Learner {
	return {
		numParams: 1,
		kernels: 'closed form',
		train: (params, _, batches, learningRate) => ({
			params: batches.reduce(
				(x) => x.map((value) => value - learningRate * a * (value - b)),
				params
			),
			losses: new Float64Array(batches.length)
		}),
		predict: () => ({
			predicted: new Uint8Array(),
			isCorrect: new Uint8Array(),
			losses: new Float64Array()
		}),
		numTensors: () => 0,
		dispose: () => undefined
	};
}

const learners = [createQuadratic(1, 0), createQuadratic(4, 1)];
const oneExample = { images: new Uint8Array(784), labels: new Uint8Array(1) };

async function trajectory(numRounds: number, numEpochs: number, learningRate: number) {
	let params: Float32Array = new Float32Array(1);
	const values: number[] = [];
	for (let roundNum = 1; roundNum <= numRounds; roundNum++) {
		const outputs = await Promise.all(
			learners.map((learner, clientId) => {
				const message: BroadcastMessage = { roundNum, clientId, cohortSize: 2, clip: 1, params };
				const plan = { numEpochs, batchSize: 0, learningRate };
				const random = randomStream(1, 'shuffle', roundNum, clientId);
				return clientUpdate(learner, oneExample, message, plan, random, async () => undefined);
			})
		);
		params = serverUpdate(params, meanOf(weightedSum(outputs, 1), outputs.length)!, 1);
		values.push(params[0]);
	}
	return values;
}

describe('FedAvg on quadratics', () => {
	it('follows the published trajectory with 5 local steps at rate 0.1', async () => {
		const [first, second, third] = await trajectory(3, 5, 0.1);
		expect(first).toBeCloseTo(0.46112, 6);
		expect(second).toBeCloseTo(0.61519172, 6);
		expect(third).toBeCloseTo(0.666670933, 6);
	});

	it('settles beside the optimum 0.8, where the closed form says', async () => {
		const weights = [1, 4].map((a) => 1 - (1 - 0.1 * a) ** 5);
		const limit = weights[1] / (weights[0] + weights[1]);
		expect(limit).toBeCloseTo(0.692502347, 8);
		expect((await trajectory(60, 5, 0.1)).pop()).toBeCloseTo(limit, 6);
	});

	it('with one local step settles at the optimum: no drift', async () => {
		expect((await trajectory(200, 1, 0.1)).pop()).toBeCloseTo(0.8, 6);
	});
});
