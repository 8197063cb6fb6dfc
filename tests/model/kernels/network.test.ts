/** Networks of random shapes against plain loops in double precision, with canaries around every buffer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IMAGE_SIZE } from '../../../src/lib/data/datasetIndex';
import { randomInt, randomStream } from '../../../src/lib/math/random';
import { createArena, type Arena } from '../../../src/lib/model/kernels/arena';
import { createKernelLearner } from '../../../src/lib/model/kernels/kernelLearner';
import { createSpec, initialParams } from '../../../src/lib/model/modelSpec';
import { plainGradient } from '../../oracles/plainNetwork';
import { relativeError } from './kernelMemory';

const CANARY = 0x5a;

const denseShapes = fc.record({
	channels: fc.constant([] as number[]),
	hidden: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 3 }),
	numRows: fc.integer({ min: 1, max: 12 }),
	seed: fc.nat(1000)
});
const convShapes = fc.record({
	channels: fc.array(fc.constantFrom(4, 8, 12, 20), { minLength: 1, maxLength: 2 }),
	hidden: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 1 }),
	numRows: fc.integer({ min: 1, max: 3 }),
	seed: fc.nat(1000)
});

/** Fills what lies between the blocks, and tells which addresses there changed since. */
function placeCanaries({ memory, blocks }: Arena) {
	const gaps = blocks.map(({ address, numBytes }, i) => ({
		start: address + numBytes,
		end: blocks[i + 1]?.address ?? memory.buffer.byteLength
	}));
	for (const { start, end } of gaps) new Uint8Array(memory.buffer).fill(CANARY, start, end);
	return () => {
		const bytes = new Uint8Array(memory.buffer);
		return gaps.flatMap(({ start, end }) => {
			const changed = bytes.subarray(start, end).findIndex((byte) => byte !== CANARY);
			return changed < 0 ? [] : [start + changed];
		});
	};
}

function checkStep(channels: number[], hidden: number[], numRows: number, seed: number) {
	const spec = createSpec('cnn', channels, hidden);
	const random = randomStream(seed, 'partition');
	const params = initialParams(spec, seed).map((w) => (w === 0 ? random() / 5 - 0.08 : w));
	const images = Uint8Array.from({ length: numRows * IMAGE_SIZE }, () =>
		random() < 0.7 ? 0 : randomInt(random, 256)
	);
	const labels = Uint8Array.from({ length: numRows }, () => randomInt(random, 10));
	const batch = Uint32Array.from({ length: numRows }, (_, row) => row);
	const arena = createArena(spec);
	const learner = createKernelLearner(spec, arena);
	const strayWrites = placeCanaries(arena);
	const { params: trained, losses } = learner.train(params, { images, labels }, [batch], 0.5);
	const { loss, gradient } = plainGradient(
		spec,
		params,
		[...labels].map((_, row) => images.subarray(row * IMAGE_SIZE, (row + 1) * IMAGE_SIZE)),
		[...labels]
	);
	expect(strayWrites()).toEqual([]);
	expect(losses[0]).toBeCloseTo(loss, 5);
	const expected = params.map((w, i) => w - 0.5 * gradient[i]);
	expect(relativeError(trained, expected)).toBeLessThan(1e-5);
	const moved = trained.map((w, i) => w - params[i]);
	expect(
		relativeError(
			moved,
			gradient.map((g) => -0.5 * g)
		)
	).toBeLessThan(1e-4);
}

describe('one step equals plain loops in double precision', () => {
	it('for dense layers of any size', () => {
		fc.assert(
			fc.property(denseShapes, ({ channels, hidden, numRows, seed }) =>
				checkStep(channels, hidden, numRows, seed)
			),
			{ numRuns: 40 }
		);
	});

	it('for convolutions', () => {
		fc.assert(
			fc.property(convShapes, ({ channels, hidden, numRows, seed }) =>
				checkStep(channels, hidden, numRows, seed)
			),
			{ numRuns: 12 }
		);
	});
});

it('takes no more memory over a thousand steps', () => {
	const spec = createSpec('2nn', [], [200, 200]);
	const arena = createArena(spec);
	const learner = createKernelLearner(spec, arena);
	const examples = { images: new Uint8Array(40 * IMAGE_SIZE).fill(9), labels: new Uint8Array(40) };
	const batch = Uint32Array.from({ length: 40 }, (_, i) => i);
	let params = initialParams(spec, 7);
	const hooks = { proximal: { mu: 0.1, anchor: params }, correction: params };
	const step = () => {
		params = learner.train(params, examples, [batch.subarray(0, 10)], 0.01, hooks).params;
		learner.predict(params, examples, true);
	};
	step();
	const numBytes = arena.memory.buffer.byteLength;
	for (let i = 0; i < 1000; i++) step();
	expect(arena.memory.buffer.byteLength).toBe(numBytes);
});
