/** Whole cells in small: 100 clients of a few made-up digits, trained by the real learner. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cells, NUM_CLIENTS } from '../../../src/cli/reproduce/cells';
import { loadCheckpoint, saveCheckpoint } from '../../../src/cli/reproduce/checkpoint';
import { dealDigits, type Digits } from '../../../src/cli/reproduce/digits';
import { runCell, type CellState, type TestedState } from '../../../src/cli/reproduce/runCell';
import { createTrainerPool } from '../../../src/cli/reproduce/trainerPool';
import { IMAGE_SIZE } from '../../../src/lib/data/datasetIndex';
import type { Examples } from '../../../src/lib/data/examples';
import { randomInt, randomStream } from '../../../src/lib/math/random';
import { initialParams, modelSpecs } from '../../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';

const seed = 3;
const cell = cells.find(({ name }) => name === 'table1/2nn/iid/B10/C0.1')!;
const spec = modelSpecs.softmax;
const digits: Digits = { train: createDigits(600, 'shuffle'), test: createDigits(201, 'init') };

/** A dark bar at a place that depends on the label, with noise. */
function createDigits(numExamples: number, purpose: 'shuffle' | 'init'): Examples {
	const random = randomStream(11, purpose);
	const labels = Uint8Array.from({ length: numExamples }, () => randomInt(random, 10));
	const images = new Uint8Array(numExamples * IMAGE_SIZE);
	labels.forEach((label, i) => {
		for (let pixel = 0; pixel < IMAGE_SIZE; pixel++)
			images[i * IMAGE_SIZE + pixel] =
				(Math.floor(pixel / 28) % 10 === label ? 120 : 0) + randomInt(random, 130);
	});
	return { images, labels };
}

function startPool(numWorkers: number) {
	const plan = { numEpochs: 1, batchSize: 2, learningRate: 0.02 };
	const { split } = cell;
	const setup = { model: spec.name, split, numClients: NUM_CLIENTS, seed, plan, digits };
	return createTrainerPool({ ...setup, wasmUrls: findWasmFiles() }, numWorkers);
}

async function run(numRounds: number, numWorkers: number, start: CellState): Promise<TestedState> {
	const pool = await startPool(numWorkers);
	try {
		for await (const tested of runCell(cell, seed, start, pool))
			if (tested.accuracies.length === numRounds) return tested;
		throw new Error('unreachable');
	} finally {
		pool.dispose();
	}
}

const untrained: CellState = { params: initialParams(spec, seed), accuracies: [] };

describe('dealing the digits', () => {
	it.each(['iid', 'shards'] as const)('gives everybody the same number, each once: %s', (split) => {
		const hands = dealDigits(digits.train.labels, split, NUM_CLIENTS, seed);
		expect(hands.map((hand) => hand.length)).toEqual(new Array(NUM_CLIENTS).fill(6));
		expect(new Set(hands.flatMap((hand) => [...hand])).size).toBe(600);
	});

	it('gives a client of two shards few labels, and one of a shuffle many', () => {
		const numLabels = (split: 'iid' | 'shards') =>
			dealDigits(digits.train.labels, split, NUM_CLIENTS, seed).reduce(
				(sum, hand) => sum + new Set([...hand].map((i) => digits.train.labels[i])).size,
				0
			) / NUM_CLIENTS;
		expect(numLabels('shards')).toBeLessThan(2.5);
		expect(numLabels('iid')).toBeGreaterThan(4);
	});
});

describe('a cell', () => {
	it('learns, and gives the same bytes with no thread and with two', async () => {
		const alone = await run(6, 0, untrained);
		const threaded = await run(6, 2, untrained);
		expect(threaded.params).toEqual(alone.params);
		expect([...threaded.accuracies, threaded.accuracy]).toEqual([
			...alone.accuracies,
			alone.accuracy
		]);
		expect(alone.accuracy).toBeGreaterThan(alone.accuracies[0] + 0.2);
	});

	it('ends with one sentence where a thread fails', async () => {
		const pool = await startPool(2);
		const task = { roundNum: 1, clientIds: [0, NUM_CLIENTS], params: untrained.params };
		await expect(pool.run(task)).rejects.toThrow(/^A training thread failed: /);
		pool.dispose();
	});

	it('goes on from a checkpoint as if it had never stopped', async () => {
		const folder = join(scratch, 'cell');
		const key = { cell: cell.name, clientLr: 0.02, seed };
		expect(loadCheckpoint(folder, spec.numParams)).toBeNull();
		saveCheckpoint(folder, key, await run(1, 0, untrained), 1);
		saveCheckpoint(folder, key, await run(3, 0, untrained), 2.5);
		const saved = loadCheckpoint(folder, spec.numParams)!;
		expect(saved.seconds).toBe(2.5);
		expect(saved.state.accuracies).toHaveLength(3);
		expect(readdirSync(folder).sort()).toEqual(['params-3.bin', 'state.json']);
		expect(await run(5, 0, saved.state)).toEqual(await run(5, 0, untrained));
		expect(() => loadCheckpoint(folder, 3)).toThrow('resume: expected 12 bytes');
	});
});

const scratch = mkdtempSync(join(tmpdir(), 'reproduce-'));
afterAll(() => rmSync(scratch, { recursive: true }));
