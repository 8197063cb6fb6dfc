/** The step-by-step federation is the engine: same settings, same bytes. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ManyHands } from '../../src/lib/api/manyHands';
import type { RunConfig } from '../../src/lib/federated/config';
import type { ServerState } from '../../src/lib/federated/records';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyWorld } from '../fixtures/tinyWorld';

let api: ManyHands;
beforeAll(async () => {
	({ api } = await createTinyWorld());
});

const everybody: RunConfig = {
	...tinyConfig,
	cohortSize: 12,
	rounds: 2,
	localEpochs: 2,
	clientLr: 0.05,
	baselines: false
};

async function clients(epochs = 2) {
	const writers = await api.loadWriters({ numClients: 12 });
	return writers.map((writer) => api.preprocess(writer, { epochs, batchSize: 4 }));
}

async function runRounds(options: Parameters<ManyHands['buildWeightedFedAvg']>[1]) {
	const process = api.buildWeightedFedAvg(api.createSoftmaxModel, options);
	let state: ServerState = process.initialize();
	for (let round = 0; round < 2; round++)
		state = (await process.next(state, await clients())).state;
	return state;
}

describe('buildWeightedFedAvg', () => {
	it('trains to the very bytes of a run of the engine', async () => {
		const run = await finishRun(createTinyServer(), everybody);
		const state = await runRounds({ clientLr: 0.05 });
		expect(state.roundNum).toBe(2);
		expect(bytesOf(state.params)).toEqual(bytesOf(run.params));
	});

	it('does so with a server rate, a clip and noise', async () => {
		const config: RunConfig = {
			...everybody,
			serverLr: 0.5,
			dp: 'central',
			clip: 0.3,
			noiseMultiplier: 0.7
		};
		const run = await finishRun(createTinyServer(), config);
		const options = { clientLr: 0.05, serverLr: 0.5, clip: 0.3, noiseMultiplier: 0.7 };
		expect(bytesOf((await runRounds(options)).params)).toEqual(bytesOf(run.params));
		const plain = await runRounds({ clientLr: 0.05, serverLr: 0.5 });
		expect(bytesOf(plain.params)).not.toEqual(bytesOf(run.params));
	});

	it('measures each digit before its step, and pools over everything seen', async () => {
		const process = api.buildWeightedFedAvg(api.createSoftmaxModel, { clientLr: 0.05 });
		const given = await clients(3);
		const { metrics, updates } = await process.next(process.initialize(), given);
		expect(metrics.numClients).toBe(12);
		expect(metrics.numExamplesSeen).toBe(3 * metrics.numExamples);
		const sum = metrics.perClient.reduce(
			(total, one) => total + one.accuracy * one.numExamplesSeen,
			0
		);
		expect(metrics.accuracy).toBeCloseTo(sum / metrics.numExamplesSeen, 12);
		expect(updates.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
		// At zero all ten classes are alike: a single step on everything costs log 10.
		const once = given.map((digits) => api.preprocess(digits, { epochs: 1, batchSize: 0 }));
		const first = await process.next(process.initialize(), once);
		expect(first.metrics.loss).toBeCloseTo(Math.log(10), 5);
	});

	it('leaves a state as it was, so that a round can be taken twice', async () => {
		const process = api.buildWeightedFedAvg(api.createSoftmaxModel, { clientLr: 0.05 });
		const state = process.initialize();
		const one = await process.next(state, await clients());
		expect(state).toMatchObject({ roundNum: 0 });
		expect(state.params.every((value) => value === 0)).toBe(true);
		const again = await process.next(state, await clients());
		expect(bytesOf(again.state.params)).toEqual(bytesOf(one.state.params));
	});

	it('says what is wrong with what it got', async () => {
		const build = (options: object) =>
			api.buildWeightedFedAvg(api.createSoftmaxModel, options as { clientLr: number });
		expect(() => build({})).toThrow('clientLr: expected a number of at least 0, got undefined');
		expect(() => build({ clientLr: 1, noiseMultiplier: 1 })).toThrow(/expected a clip/);
		const process = build({ clientLr: 1 });
		await expect(process.next(process.initialize(), [])).rejects.toThrow(/at least one client/);
		const writers = await api.loadWriters({ numClients: 2 });
		const wrong = writers as unknown as Parameters<typeof process.next>[1];
		await expect(process.next(process.initialize(), wrong)).rejects.toThrow(/preprocess/);
		const state = api.buildWeightedFedAvg(api.create2nnModel, { clientLr: 1 }).initialize();
		await expect(process.next(state, await clients())).rejects.toThrow(/7850 numbers, got 199210/);
	});
});

describe('a model of the learner', () => {
	type Layers = {
		sequential(config: object): Parameters<ManyHands['createModel']>[0];
		layers: { dense(config: object): object; conv2d(config: object): object; flatten(): object };
	};
	const dense = (config: object) => {
		const tf = api.tf as Layers;
		return tf.sequential({ layers: [tf.layers.dense({ inputShape: [784], ...config })] });
	};

	it('that is the softmax trains as the softmax does', async () => {
		const createMine = () =>
			api.createModel(dense({ units: 10, activation: 'softmax', kernelInitializer: 'zeros' }));
		const process = api.buildWeightedFedAvg(createMine, { clientLr: 0.05 });
		let state = process.initialize();
		for (let round = 0; round < 2; round++)
			state = (await process.next(state, await clients())).state;
		const expected = await runRounds({ clientLr: 0.05 });
		const difference = state.params.map((value, i) => value - expected.params[i]);
		expect(Math.max(...difference.map(Math.abs))).toBeLessThan(1e-5);
		expect(Math.max(...expected.params.map(Math.abs))).toBeGreaterThan(0.01);

		const test = await clients();
		const mine = await api.buildFederatedEvaluation(createMine)(state, test);
		const built = await api.buildFederatedEvaluation(api.createSoftmaxModel)(expected, test);
		expect(mine.accuracy).toBe(built.accuracy);
		expect(mine.loss).toBeCloseTo(built.loss, 4);
	});

	it('leaves no tensors behind', async () => {
		const model = api.createModel(dense({ units: 10, activation: 'softmax' }));
		const process = api.buildWeightedFedAvg(() => model, { clientLr: 0.05 });
		const given = await clients();
		const state = process.initialize();
		await process.next(state, given);
		const learner = await model.createLearner();
		const numTensors = learner.numTensors();
		await process.next(state, given);
		expect(learner.numTensors()).toBe(numTensors);
	});

	it('is refused in one sentence where it does not fit', () => {
		const five = dense({ units: 5 });
		expect(() => api.createModel(five)).toThrow(
			'expected a model that ends in [10] numbers, got [5]'
		);
		const narrow = dense({ units: 10, inputShape: [100] });
		expect(() => api.createModel(narrow)).toThrow(/takes \[784\] or \[28, 28, 1\], got \[100\]/);
	});
});
