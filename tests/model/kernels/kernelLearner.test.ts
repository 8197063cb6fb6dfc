/** The built-in models on our own kernels against stock tfjs-cpu, and what the kernels promise besides. */
import { describe, expect, it } from 'vitest';
import type { Examples } from '../../../src/lib/data/examples';
import { IMAGE_SIZE } from '../../../src/lib/data/datasetIndex';
import { randomInt, randomStream } from '../../../src/lib/math/random';
import { createKernelLearner } from '../../../src/lib/model/kernels/kernelLearner';
import { initialParams, modelSpecs, type ModelSpec } from '../../../src/lib/model/modelSpec';
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
