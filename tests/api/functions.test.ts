/** The other functions of a cell: clients, measures, masks, pictures. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ManyHands } from '../../src/lib/api/manyHands';
import type { Output } from '../../src/lib/api/output';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyWorld } from '../fixtures/tinyWorld';

let api: ManyHands;
let outputs: Output[];
beforeAll(async () => {
	({ api, outputs } = await createTinyWorld());
});

describe('clients', () => {
	it('are writers whose last digits are held out', async () => {
		const [, second, third] = await api.loadWriters({ numClients: 3 });
		expect(second).toMatchObject({ id: 1, name: 'Writer 1' });
		expect(third.train.numExamples + third.test.numExamples).toBe(26);
		expect(third.test.numExamples).toBe(3);
		expect(third.train.labelCounts.reduce((a, b) => a + b)).toBe(23);
		const [same] = await api.loadWriters({ numClients: 1, from: 2 });
		expect(same.train.images).toEqual(third.train.images);
	});

	it('are refused in one sentence where there are too few', async () => {
		await expect(api.loadWriters({ numClients: 13 })).rejects.toThrow(
			'numClients: expected a whole number from 1 to 12, got 13'
		);
		expect((await api.loadUnseenWriters()).length).toBe(3);
	});

	it('are sampled as the engine samples, in their order', async () => {
		const letters = [...'abcdefgh'];
		const chosen = api.sampleClients(letters, 4, { roundNum: 2 });
		expect(chosen).toHaveLength(4);
		expect([...chosen].sort()).toEqual(chosen);
		expect(api.sampleClients(letters, 4, { roundNum: 2 })).toEqual(chosen);
		const rounds = Array.from({ length: 20 }, (_, roundNum) =>
			api.sampleClients(letters, 4, { roundNum }).join('')
		);
		expect(new Set(rounds).size).toBeGreaterThan(5);
	});

	it('are prepared by map as they are', async () => {
		const writers = await api.loadWriters({ numClients: 2 });
		const [first, second] = writers.map(api.preprocess);
		expect(first.plan).toEqual({ numEpochs: 5, isShuffled: true, batchSize: 20, shape: [784] });
		expect(second.numBatches).toBe(5 * Math.ceil(second.numExamples / 20));
		expect(second.numExamplesPerRound).toBe(5 * second.numExamples);
		const plan = writers[0].train.repeat(2).batch(7).reshape([28, 28, 1]);
		expect(plan.plan).toEqual({
			numEpochs: 2,
			isShuffled: false,
			batchSize: 7,
			shape: [28, 28, 1]
		});
		expect(writers[0].train.plan.numEpochs).toBe(1);
		expect(() => writers[0].train.batch(-1)).toThrow(/batch: expected a whole number/);
	});
});

describe('measures', () => {
	it('are those of the engine', async () => {
		const config = { ...tinyConfig, cohortSize: 12, rounds: 1, baselines: false };
		const { params, metrics } = await finishRun(createTinyServer(), config);
		const evaluate = api.buildFederatedEvaluation(api.createSoftmaxModel);
		const writers = await api.loadWriters({ numClients: 12 });
		const own = await evaluate(
			params,
			writers.map(({ test }) => test)
		);
		const { evaluation } = metrics[0];
		expect(own).toMatchObject(evaluation!.training);
		expect(own.worstTenth).toBe(evaluation!.worstTenth);
		const strangers = await api.loadUnseenWriters();
		const unseen = await evaluate(
			{ params },
			strangers.map(({ test }) => test)
		);
		expect(unseen).toMatchObject(evaluation!.unseen);
	});

	it('include all data in one place, which learns', async () => {
		const clients = (await api.loadWriters({ numClients: 12 })).map(api.preprocess);
		const before = await api.trainCentrally(api.createSoftmaxModel, clients, { epochs: 1 });
		const after = await api.trainCentrally(api.createSoftmaxModel, clients, { epochs: 8 });
		expect(after.metrics.accuracy).toBeGreaterThan(before.metrics.accuracy);
		expect(after.metrics.numExamplesSeen).toBe(8 * after.metrics.numExamples);
	});

	it('include whole runs, drawn while they run', async () => {
		outputs.length = 0;
		const events: string[] = [];
		const settings = { numClients: 12, cohortSize: 4, rounds: 3, batchSize: 4 };
		const run = await api.runFederation(settings, ({ type }) => events.push(type));
		expect(run.metrics.map(({ round }) => round)).toEqual([1, 2, 3]);
		expect(events[0]).toBe('RunStarted');
		expect(events.at(-1)).toBe('RunCompleted');
		const last = outputs.at(-1);
		expect(last).toMatchObject({ kind: 'federation', status: 'done', numRounds: 3 });
		const shown = last?.kind === 'federation' ? last.accuracy.map(({ unseen }) => unseen) : [];
		expect(shown).toEqual(run.metrics.map(({ evaluation }) => evaluation!.unseen.accuracy));
		await expect(api.runFederation({ cohortSize: 0 })).rejects.toThrow(/cohortSize: expected/);
	});
});

describe('masks and noise', () => {
	it('cancel in pairs', () => {
		const plus = api.pairMask(3, 8, 50);
		const minus = api.pairMask(8, 3, 50);
		expect([...plus.map((value, i) => value + minus[i])]).toEqual(new Array(50).fill(0));
		expect(new Set(plus).size).toBe(50);
		expect(api.pairMask(3, 8, 50, { seed: 8 })).not.toEqual(plus);
	});

	const vectors = [
		[1, -2, 3.5],
		[0.25, 0.5, -1],
		[2, 2, 2],
		[-1, 0, 1]
	];

	it('hide each vector and add up exactly', () => {
		const { sum, serverView, maskedSum, survivors, failure } = api.secureSum(vectors);
		expect(failure).toBeNull();
		expect(survivors).toEqual([0, 1, 2, 3]);
		[2.25, 0.5, 5.5].forEach((total, i) => expect(sum![i]).toBeCloseTo(total, 5));
		expect(serverView.map(({ client }) => client)).toEqual([0, 1, 2, 3]);
		// Self masks are still on: the sum of what arrives is no sum of what was sent.
		const step = sum![0] / (maskedSum[0] | 0);
		expect([...maskedSum].map((value) => (value | 0) * step)).not.toEqual([...sum!]);
		expect(new Set(serverView.flatMap(({ numbers }) => [...numbers])).size).toBe(12);
	});

	it('lose a client and repair the sum', () => {
		const { sum, recovered, serverView } = api.secureSum(vectors, { drop: [1] });
		expect(recovered).toEqual([1]);
		expect(serverView).toHaveLength(3);
		[2, 0, 6.5].forEach((total, i) => expect(sum![i]).toBeCloseTo(total, 5));
		const few = api.secureSum(vectors, { drop: [0, 1, 2] });
		expect(few.sum).toBeNull();
		expect(few.failure).toMatch(/needed/);
		expect(() => api.secureSum([[1]])).toThrow(/at least two vectors, got 1/);
		expect(() => api.secureSum([[1], [1, 2]])).toThrow(/expected 1 numbers each, got 2/);
	});

	it('have a price', () => {
		const query = { samplingRate: 0.1, noiseMultiplier: 1, rounds: 50, delta: 1e-3 };
		expect(api.epsilon(query).epsilonTight).toBeCloseTo(3.3139, 3);
		const update = Float32Array.of(3, 4);
		expect([...api.clip(update, 10)]).toEqual([3, 4]);
		expect(Math.hypot(...api.clip(update, 1))).toBeCloseTo(1, 5);
		const noisy = api.addNoise(new Float32Array(4000), 2);
		expect(Math.hypot(...noisy) / Math.sqrt(4000)).toBeCloseTo(2, 1);
	});
});

describe('what is shown', () => {
	function shown(act: () => void): Output {
		outputs.length = 0;
		act();
		return outputs[0];
	}

	it('is pictures of digits', async () => {
		const [writer] = await api.loadWriters({ numClients: 1 });
		const output = shown(() => api.showDigits(writer.train, { count: 3 }));
		expect(output).toMatchObject({ kind: 'pictures', scale: 'ink', width: 28, numHidden: 0 });
		const items = output.kind === 'pictures' ? output.items : [];
		expect(items.map(({ caption }) => caption)).toEqual(
			[...writer.train.labels].slice(0, 3).map(String)
		);
		expect(items[2].values).toEqual(writer.train.at(2).image);
	});

	it('is a model, digit by digit', () => {
		const params = Float32Array.from({ length: 7850 }, (_, i) => i % 10);
		const output = shown(() => api.showModel(params));
		const items = output.kind === 'pictures' ? output.items : [];
		expect(items.map(({ values }) => values[400])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
		expect(() => api.showPictures([1, 2, 3])).toThrow(/square/);
	});

	it('is curves and tables', () => {
		const output = shown(() => api.chart('Loss', { a: [3, 2], b: [[5, 1]] }, { x: 'round' }));
		expect(output).toMatchObject({
			key: 'chart/Loss',
			series: [
				{
					name: 'a',
					points: [
						[1, 3],
						[2, 2]
					]
				},
				{ name: 'b', points: [[5, 1]] }
			]
		});
		expect(shown(() => api.table([{ a: 1, b: [1, 2] }, { c: null }]))).toMatchObject({
			columns: ['a', 'b', 'c'],
			rows: [
				[1, '[1, 2]', null],
				[null, null, null]
			]
		});
	});

	it.each([
		[1 / 3, '0.333333'],
		['text', 'text'],
		[{ a: 'x', b: [1, 2] }, '{ a: "x", b: [1, 2] }'],
		[new Float32Array(100), 'Float32Array(100) [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 88 more]'],
		[null, 'null'],
		[new RangeError('no'), 'RangeError: no'],
		[Promise.resolve(1), '[promise: put await before it]']
	])('is %o in words', (value, text) => {
		expect(shown(() => api.show(value))).toEqual({ kind: 'text', tone: 'value', text });
	});

	it('says itself of what holds itself', () => {
		const ring: { self?: unknown } = {};
		ring.self = ring;
		expect(shown(() => api.show(ring))).toMatchObject({ text: '{ self: [itself] }' });
	});
});
