/** The built-in models on our own kernels against stock tfjs-cpu, and what the kernels promise besides. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Examples } from '../../../src/lib/data/examples';
import { IMAGE_SIZE } from '../../../src/lib/data/datasetIndex';
import { randomInt, randomStream } from '../../../src/lib/math/random';
import { createArena } from '../../../src/lib/model/kernels/arena';
import { createKernelLearner } from '../../../src/lib/model/kernels/kernelLearner';
import { initialParams, modelSpecs, type ModelSpec } from '../../../src/lib/model/modelSpec';
import { createStockLearner } from '../../../src/lib/model/stockLearner';
import { startBackend } from '../../../src/lib/model/backend';
import { findWasmFiles } from '../../../src/lib/workers/nodeHost';
import { trainOnStock } from '../../oracles/stockTraining';

/** Strokes of a kind: a blank page with blots, as sparse as digits are. */
function drawExamples(numExamples: number, seed = 3): Examples {
	const random = randomStream(seed, 'partition');
	const images = new Uint8Array(numExamples * IMAGE_SIZE);
	for (let row = 0; row < numExamples; row++) {
		for (let blot = 0; blot < 12; blot++) {
			const start = row * IMAGE_SIZE + 140 + randomInt(random, 450);
			for (const offset of [0, 1, 2, 28, 29, 30, 57])
				images[start + offset] = randomInt(random, 256);
		}
	}
	return { images, labels: Uint8Array.from({ length: numExamples }, () => randomInt(random, 10)) };
}

/** Steps on batches of the given sizes, walking through the examples. */
function cutBatches(sizes: readonly number[], numExamples: number): Uint32Array[] {
	let next = 0;
	return sizes.map((size) => Uint32Array.from({ length: size }, () => next++ % numExamples));
}

/** Initial parameters with biases that are not zero, so that their part shows. */
function startParams(spec: ModelSpec): Float32Array {
	const random = randomStream(5, 'init');
	return initialParams(spec, 7).map((value) => (value === 0 ? random() / 10 - 0.04 : value));
}

function largestGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let gap = a.length === b.length ? 0 : Infinity;
	for (let i = 0; i < a.length; i++) {
		const own = Math.abs(a[i] - b[i]);
		if (!(own <= gap)) gap = own;
	}
	return gap;
}

const bytesOf = ({ buffer }: Float32Array) => Buffer.from(buffer as ArrayBuffer);

const examples = drawExamples(40);
const tenOf = (size: number) => new Array<number>(10).fill(size);

describe('ten steps equal stock tfjs-cpu', () => {
	it.each([
		['softmax', [10, 20, 1, 7, 40, 3, 10, 10, 10, 10]],
		['2nn', [10, 10, 1, 7, 40, 3, 10, 10, 10, 10]],
		['cnn-small', tenOf(2)],
		// One example a step: stock takes seconds for it, and the same code works on more.
		['cnn', tenOf(1)]
	] as const)(
		'%s',
		async (name, sizes) => {
			const spec = modelSpecs[name];
			const batches = cutBatches(sizes, 40);
			const start = startParams(spec);
			const stock = await trainOnStock(spec, start, examples, batches, 0.1);
			const own = createKernelLearner(spec).train(start, examples, batches, 0.1);
			expect(largestGap(own.losses, stock.losses)).toBeLessThan(1e-4);
			expect(largestGap(own.params, stock.params)).toBeLessThan(1e-4);
			expect(largestGap(own.params, start)).toBeGreaterThan(1e-2);
		},
		240_000
	);
});

const names = ['softmax', '2nn', 'cnn-small', 'cnn'] as const;
const everything = Uint32Array.from({ length: 40 }, (_, i) => i);

describe('the kernels of every model', () => {
	it.each(names)('train %s with the same bytes from run to run and learner to learner', (name) => {
		const spec = modelSpecs[name];
		const batches = cutBatches([10, 3, 10], 40);
		const learner = createKernelLearner(spec);
		const first = learner.train(startParams(spec), examples, batches, 0.1);
		learner.train(first.params, examples, cutBatches([7, 40], 40), 0.3);
		const again = learner.train(startParams(spec), examples, batches, 0.1);
		expect(bytesOf(again.params).equals(bytesOf(first.params))).toBe(true);
		const other = createKernelLearner(spec).train(startParams(spec), examples, batches, 0.1);
		expect(bytesOf(other.params).equals(bytesOf(first.params))).toBe(true);
		expect(other.losses).toEqual(first.losses);
	});

	it.each(names)('sum the gradients of a large batch of %s chunk by chunk', (name) => {
		// Examples of one batch count alike, so a batch said twice gives the gradient of the batch itself.
		const spec = modelSpecs[name];
		const start = startParams(spec);
		const half = everything.slice(0, 24);
		const threefold = Uint32Array.from([...half, ...half, ...half]);
		const once = createKernelLearner(spec).train(start, examples, [half, half], 0.1);
		const thrice = createKernelLearner(spec).train(start, examples, [threefold, threefold], 0.1);
		expect(largestGap(thrice.params, once.params)).toBeLessThan(2e-6);
		expect(largestGap(thrice.losses, once.losses)).toBeLessThan(1e-5);
	});

	it.each(names)('predict %s as a step of training sees it', (name) => {
		const spec = modelSpecs[name];
		const learner = createKernelLearner(spec);
		const { losses } = learner.predict(startParams(spec), examples, false);
		const [mean] = learner.train(startParams(spec), examples, [everything], 0.1).losses;
		expect(losses.reduce((sum, loss) => sum + loss, 0) / 40).toBeCloseTo(mean, 6);
	});

	it.each(names)('learn the examples of %s by heart', (name) => {
		const spec = modelSpecs[name];
		const learner = createKernelLearner(spec);
		const few = {
			images: examples.images.slice(0, 10 * IMAGE_SIZE),
			labels: examples.labels.slice(0, 10)
		};
		const batches = Array.from({ length: 60 }, () => everything.slice(0, 10));
		const { params } = learner.train(initialParams(spec, 7), few, batches, 0.1);
		const { isCorrect } = learner.predict(params, few, false);
		expect([...isCorrect]).toEqual(new Array(10).fill(1));
	});

	it('take nothing for an epoch without batches or a measurement without examples', () => {
		const spec = modelSpecs.softmax;
		const learner = createKernelLearner(spec);
		const start = startParams(spec);
		expect(learner.train(start, examples, [], 0.1).params).toEqual(start);
		const nothing = { images: new Uint8Array(0), labels: new Uint8Array(0) };
		expect(learner.predict(start, nothing, false).losses).toHaveLength(0);
	});
});

describe('digits that are measured round after round', () => {
	it.each(names)('measure %s with the same bytes as digits that are seen once', (name) => {
		const spec = modelSpecs[name];
		const learner = createKernelLearner(spec);
		const others = drawExamples(33, 8);
		const before = [examples, others].map((digits) =>
			learner.predict(startParams(spec), digits, false)
		);
		for (let round = 0; round < 2; round++) {
			expect(learner.predict(startParams(spec), examples, true)).toEqual(before[0]);
			expect(learner.predict(startParams(spec), others, true)).toEqual(before[1]);
			// Whatever else the learner does in between, with less room and with more.
			learner.train(startParams(spec), others, [everything.slice(0, 33)], 0.1);
		}
		const { params } = learner.train(startParams(spec), examples, [everything], 0.5);
		const after = learner.predict(params, examples, true);
		expect(after).toEqual(createKernelLearner(spec).predict(params, examples, false));
		expect(after).not.toEqual(before[0]);
	});

	it.each(['softmax', '2nn'] as const)('measure %s on more than fit one call', (name) => {
		const spec = modelSpecs[name];
		const many = drawExamples(5000);
		const learner = createKernelLearner(spec);
		const kept = learner.predict(startParams(spec), many, true);
		expect(kept).toEqual(learner.predict(startParams(spec), many, false));
	});

	it.each(['softmax', '2nn'] as const)('show in %s what a blank pixel times NaN is', (name) => {
		const spec = modelSpecs[name];
		const learner = createKernelLearner(spec);
		const broken = startParams(spec);
		broken[3] = NaN;
		expect([...learner.predict(startParams(spec), examples, true).losses].some(isNaN)).toBe(false);
		expect(learner.predict(broken, examples, true)).toEqual(
			learner.predict(broken, examples, false)
		);
		expect(learner.predict(broken, examples, true).losses[0]).toBeNaN();
	});

	it('are measured all the same where the machine has no memory left to keep them', () => {
		const spec = modelSpecs.softmax;
		const arena = createArena(spec);
		let isFull = false;
		const learner = createKernelLearner(spec, {
			...arena,
			allocate(numBytes) {
				if (isFull) throw new RangeError('no memory left');
				return arena.allocate(numBytes);
			}
		});
		isFull = true;
		const few = drawExamples(60);
		const kept = learner.predict(startParams(spec), few, true);
		expect(kept).toEqual(createKernelLearner(spec).predict(startParams(spec), few, false));
	});
});

describe('hooks', () => {
	beforeAll(() => startBackend('cpu', findWasmFiles()));

	it.each(['softmax', '2nn'] as const)('of %s equal the op-by-op path', (name) => {
		const spec = modelSpecs[name];
		const [start, random] = [startParams(spec), randomStream(11, 'init')];
		const anchor = start.map((value) => value + random() / 10);
		const correction = start.map(() => random() / 50 - 0.01);
		const batches = cutBatches([10, 3, 10, 40, 10], 40);
		for (const hooks of [
			{ proximal: { mu: 0.7, anchor } },
			{ correction },
			{ proximal: { mu: 0.7, anchor }, correction }
		]) {
			const stock = createStockLearner(spec).train(start, examples, batches, 0.1, hooks);
			const own = createKernelLearner(spec).train(start, examples, batches, 0.1, hooks);
			const plain = createKernelLearner(spec).train(start, examples, batches, 0.1);
			expect(largestGap(own.params, stock.params)).toBeLessThan(2e-5);
			expect(largestGap(own.params, plain.params)).toBeGreaterThan(1e-3);
		}
	});

	it.each(names)('of %s move each parameter by rate * (mu * (w - anchor) + correction)', (name) => {
		const spec = modelSpecs[name];
		const [start, random] = [startParams(spec), randomStream(11, 'init')];
		const anchor = start.map((value) => value + random() / 10);
		const correction = start.map(() => random() / 50 - 0.01);
		// In one step everything else is the same; batches of one chunk and of several go different ways.
		for (const batch of [
			everything.slice(0, 5),
			Uint32Array.from([...everything, ...everything])
		]) {
			const learner = createKernelLearner(spec);
			const hooks = { proximal: { mu: 0.7, anchor }, correction };
			const hooked = learner.train(start, examples, [batch], 0.1, hooks).params;
			const plain = learner.train(start, examples, [batch], 0.1).params;
			const expected = plain.map(
				(value, i) => value - 0.1 * (0.7 * (start[i] - anchor[i]) + correction[i])
			);
			expect(largestGap(hooked, expected)).toBeLessThan(1e-6);
		}
	});
});

describe('NaN and infinity', () => {
	beforeAll(() => startBackend('cpu', findWasmFiles()));

	it.each(['softmax', '2nn'] as const)('travel through %s as in stock', (name) => {
		const spec = modelSpecs[name];
		const batches = cutBatches([4, 5], 40);
		for (const value of [NaN, Infinity, -Infinity]) {
			for (const { kernelOffset, numOutputs } of spec.layers) {
				// The first pixel is blank in all examples: 0 * NaN counts too.
				for (const position of [kernelOffset + 3, kernelOffset + 200 * numOutputs + 1]) {
					if (position >= spec.numParams) continue;
					const start = startParams(spec);
					start[position] = value;
					const stock = createStockLearner(spec).train(start, examples, batches, 0.1);
					const own = createKernelLearner(spec).train(start, examples, batches, 0.1);
					expect(own.losses.map(kindOf)).toEqual(stock.losses.map(kindOf));
					const differing = own.params.findIndex((w, i) => kindOf(w) !== kindOf(stock.params[i]));
					expect(differing).toBe(-1);
				}
			}
		}
	});

	it.each(['cnn-small', 'cnn'] as const)('in a parameter of %s spoil its training', (name) => {
		const spec = modelSpecs[name];
		for (const { biasOffset } of spec.layers) {
			const start = startParams(spec);
			start[biasOffset] = NaN;
			const { losses } = createKernelLearner(spec).train(
				start,
				examples,
				cutBatches([4, 5], 40),
				0.1
			);
			expect(losses[1]).toBeNaN();
		}
	});

	it('spoil a model whose rate is far too high, as in stock', () => {
		const spec = modelSpecs['2nn'];
		const batches = cutBatches(new Array<number>(12).fill(5), 40);
		const stock = createStockLearner(spec).train(startParams(spec), examples, batches, 1e12);
		const own = createKernelLearner(spec).train(startParams(spec), examples, batches, 1e12);
		expect([...stock.losses].some(Number.isNaN)).toBe(true);
		expect(own.losses.map(kindOf)).toEqual(stock.losses.map(kindOf));
	});

	/** 0 finite, 1 NaN, 2 and 3 infinite. */
	function kindOf(value: number): number {
		if (Number.isNaN(value)) return 1;
		return Number.isFinite(value) ? 0 : value > 0 ? 2 : 3;
	}
});

it('writes over parameters that were given back, and over no others', () => {
	const spec = modelSpecs.softmax;
	const learner = createKernelLearner(spec);
	const step = () =>
		learner.train(startParams(spec), examples, cutBatches([10, 10], 40), 0.1).params;
	const [kept, spare] = [step(), step()];
	const before = kept.slice();
	spare.fill(NaN);
	learner.reuse?.(spare);
	learner.reuse?.(new Float32Array(3));
	expect(step()).toBe(spare);
	expect(spare).toEqual(before);
	expect(step()).not.toBe(kept);
	expect(kept).toEqual(before);
});
