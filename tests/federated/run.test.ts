import { describe, expect, it } from 'vitest';
import { createPartition } from '../../src/lib/data/partition/partition';
import { createDatasetStore } from '../../src/lib/data/store';
import type { RunEvent } from '../../src/lib/federated/events';
import { createLearner } from '../../src/lib/model/learner';
import { createInProcessServer } from '../../src/lib/workers/inProcess';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyDataset } from '../fixtures/tinyDataset';

describe('determinism', () => {
	it('gives the same bytes twice, and with 1, 2 or 4 slots', async () => {
		const config = { ...tinyConfig, dropout: 0.3, seed: 11 };
		const reference = await finishRun(createTinyServer(1), config);
		for (const numSlots of [1, 2, 4]) {
			const again = await finishRun(createTinyServer(numSlots), config);
			expect(JSON.stringify(again.metrics)).toBe(JSON.stringify(reference.metrics));
			expect(bytesOf(again.params)).toEqual(bytesOf(reference.params));
		}
	});

	it('gives other bytes with another seed', async () => {
		const one = await finishRun(createTinyServer(), { ...tinyConfig, seed: 1 });
		const two = await finishRun(createTinyServer(), { ...tinyConfig, seed: 2 });
		expect(bytesOf(one.params)).not.toEqual(bytesOf(two.params));
	});
});

describe('laws of a run', () => {
	it('FedSGD over all clients is one step on all their digits together', async () => {
		const config = { ...tinyConfig, algorithm: 'fedsgd', cohortSize: 12, rounds: 1 } as const;
		const { params } = await finishRun(createTinyServer(), config);

		const { index, readFile } = createTinyDataset();
		const { clients } = createPartition(index, config);
		const positions = clients.flatMap((client) => [...client.train]);
		const pooled = await createDatasetStore(readFile).clientExamples(Uint32Array.from(positions));
		const learner = await createLearner(config, findWasmFiles());
		const everything = Uint32Array.from(positions, (_, i) => i);
		const start = new Float32Array(learner.numParams);
		const step = learner.train(start, pooled, [everything], config.clientLr);
		const largest = params.reduce(
			(worst, value, i) => Math.max(worst, Math.abs(value - step.params[i])),
			0
		);
		expect(largest).toBeLessThan(1e-6);
		expect(params.some((value) => Math.abs(value) > 1e-3)).toBe(true);
	});

	it('FedAvg of one client is that client: its update is the whole change', async () => {
		const { events } = await finishRun(createTinyServer(), { ...tinyConfig, cohortSize: 1 });
		for (let roundNum = 1; roundNum <= 3; roundNum++) {
			const inRound = events.filter((event) => 'roundNum' in event && event.roundNum === roundNum);
			const trained = inRound.find((event) => event.type === 'ClientTrained');
			const aggregated = inRound.find((event) => event.type === 'UpdatesAggregated');
			expect(aggregated?.deltaNorm).toBeCloseTo(trained!.deltaNorm, 6);
		}
	});

	it('a round in which nobody answers leaves the model as it was, and the run goes on', async () => {
		const config = { ...tinyConfig, dropout: 1, model: '2nn' } as const;
		const server = createTinyServer();
		await server.startRun(config);
		const before = await server.params();
		const { events, metrics, params } = await finishRun(server, config);
		expect(bytesOf(params)).toEqual(bytesOf(before));
		expect(metrics.map((line) => [line.numChosen, line.numAnswered, line.trainLoss])).toEqual([
			[5, 0, null],
			[5, 0, null],
			[5, 0, null]
		]);
		expect(events.at(-1)?.type).toBe('RunCompleted');
	});

	it('learns: loss falls and accuracy rises far above chance', async () => {
		const { metrics } = await finishRun(createTinyServer(), { ...tinyConfig, rounds: 10 });
		const [first, last] = [metrics[0].evaluation!, metrics[9].evaluation!];
		expect(last.unseen.loss).toBeLessThan(first.unseen.loss);
		expect(last.unseen.accuracy).toBeGreaterThan(0.9);
		expect(last.worstTenth).toBeLessThanOrEqual(last.training.accuracy);
	});

	it('evaluates only when due, and always after the last round', async () => {
		const config = { ...tinyConfig, rounds: 5, evaluateEvery: 2 };
		const { metrics } = await finishRun(createTinyServer(), config);
		expect(metrics.map((line) => line.evaluation !== null)).toEqual([
			false,
			true,
			false,
			true,
			true
		]);
	});

	it('counts every byte that crosses: metrics and wire log agree', async () => {
		const server = createTinyServer(2);
		const { metrics } = await finishRun(server, tinyConfig);
		const { totals, messages } = await server.wireLog();
		const last = metrics.at(-1)!;
		expect(totals.model.numBytes + totals.update.numBytes).toBe(last.trainingBytes);
		expect(totals.evaluationModel.numBytes + totals.evaluationResult.numBytes).toBe(
			last.evaluationBytes
		);
		expect(totals.model.numMessages).toBe(15);
		expect(totals.update.numMessages).toBe(15);
		const update = messages.find((message) => message.kind === 'update');
		expect(update?.numBytes).toBe(7850 * 4 + 7 * 8);
	});
});

describe('the baselines', () => {
	it('centralised training sees as many examples as the federation', async () => {
		const config = { ...tinyConfig, localEpochs: 2 };
		const { events } = await finishRun(createTinyServer(), config);
		const federated = events.reduce(
			(sum, event) => sum + (event.type === 'ClientTrained' ? 2 * event.numExamples : 0),
			0
		);
		const measured = events.filter((event) => event.type === 'CentralizedMeasured');
		expect(measured.length).toBe(3);
		expect(measured[2].numExamplesSeen).toBe(federated);
	});

	it('each sampled writer trains alone once, with an equal share of the budget', async () => {
		const { events } = await finishRun(createTinyServer(), { ...tinyConfig, rounds: 10 });
		const alone = events.filter((event) => event.type === 'LocalOnlyMeasured');
		expect(new Set(alone.map((event) => event.clientId)).size).toBe(12);
		expect(alone.every((event) => event.numEpochs === Math.round((10 * 5) / 12))).toBe(true);
	});

	it('are left out when they are not wanted, and change nothing', async () => {
		const without = await finishRun(createTinyServer(), { ...tinyConfig, baselines: false });
		const withThem = await finishRun(createTinyServer(), tinyConfig);
		expect(without.metrics[0].centralized).toBeNull();
		expect(withThem.metrics[0].centralized).not.toBeNull();
		expect(bytesOf(without.params)).toEqual(bytesOf(withThem.params));
	});
});

describe('a run that meets trouble', () => {
	it('begins the unfinished round again after a failed read, and ends with the same bytes', async () => {
		const undisturbed = await finishRun(createTinyServer(), tinyConfig);
		const { readFile } = createTinyDataset();
		let numFailures = 0;
		const store = createDatasetStore(async (path) => {
			if (path.startsWith('unseen/') && numFailures < 1) {
				numFailures++;
				throw new Error(`The data file ${path} could not be loaded: no connection.`);
			}
			return readFile(path);
		});
		const server = createInProcessServer(store, findWasmFiles());
		const { failures, metrics, params } = await finishRun(server, tinyConfig);
		expect(failures.map((error) => error.message)).toEqual([
			'The data file unseen/0.bin could not be loaded: no connection.'
		]);
		expect(JSON.stringify(metrics)).toBe(JSON.stringify(undisturbed.metrics));
		expect(bytesOf(params)).toEqual(bytesOf(undisturbed.params));
	});

	it('hands over the events of clients together, in their order, and none of the phase after', async () => {
		const config = { ...tinyConfig, dropout: 0.3 };
		const { events } = await finishRun(createTinyServer(2), config);
		const server = createTinyServer(2);
		await server.startRun(config);
		const batches: RunEvent[][] = [];
		do batches.push(await server.nextEvents());
		while (batches[batches.length - 1].length > 0);
		const inOrder = (all: readonly RunEvent[]) =>
			// Two workers play their clients side by side: which of them is first is not in the seed.
			all.filter(({ type }) => !type.startsWith('Client') && type !== 'LocalOnlyMeasured');
		expect(inOrder(batches.flat())).toEqual(inOrder(events));
		expect(batches.flat()).toHaveLength(events.length);
		expect(Math.max(...batches.map(({ length }) => length))).toBeGreaterThan(1);
		for (const batch of batches) {
			expect(batch.slice(0, -1).every(({ type }) => type.startsWith('Client'))).toBe(true);
		}
	});

	it('tells of a failure after the events that came before it', async () => {
		const { readFile } = createTinyDataset();
		let isBroken = true;
		const store = createDatasetStore((path) => {
			if (isBroken && path.startsWith('unseen')) throw new Error('no connection');
			return readFile(path);
		});
		const server = createInProcessServer(store, findWasmFiles());
		await server.startRun(tinyConfig);
		const types: string[] = [];
		await expect(async () => {
			for (;;) types.push(...(await server.nextEvents()).map(({ type }) => type));
		}).rejects.toThrow('no connection');
		expect(types).toContain('UpdatesAggregated');
		isBroken = false;
		types.length = 0;
		while (!types.includes('RoundCompleted')) {
			types.push(...(await server.nextEvents()).map(({ type }) => type));
		}
		expect(types[0]).toBe('RoundStarted');
	});

	it('can be ended in mid-round and started anew', async () => {
		const server = createTinyServer(2);
		await server.startRun(tinyConfig);
		for (let pulls = 0; pulls < 5; pulls++) await server.next();
		const { metrics } = await finishRun(server, { ...tinyConfig, seed: 3 });
		const fresh = await finishRun(createTinyServer(), { ...tinyConfig, seed: 3 });
		expect(JSON.stringify(metrics)).toBe(JSON.stringify(fresh.metrics));
		await server.end();
		expect(await server.next()).toEqual({ done: true, value: undefined });
	});

	it('keeps the number of tensors constant over rounds', async () => {
		const server = createTinyServer();
		const counts: number[] = [];
		await finishRun(server, { ...tinyConfig, rounds: 8, model: '2nn' }, async (event) => {
			if (event.type === 'RoundCompleted') counts.push((await server.numTensors())[0]);
		});
		expect(new Set(counts).size).toBe(1);
	});
});
