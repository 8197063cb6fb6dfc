import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IMAGE_SIZE } from '../../src/lib/data/datasetIndex';
import { countLabels } from '../../src/lib/data/examples';
import { NUM_SOFTMAX_PARAMS, plainSoftmaxUpdate } from '../../src/lib/federated/plainSoftmax';
import { randomInt, randomStream } from '../../src/lib/math/random';
import {
	labelCounts,
	layerUpdateOf,
	rebuildFromUnit,
	risenClasses
} from '../../src/lib/privacy/rebuildInput';

function createExamples(seed: number, numExamples: number) {
	const random = randomStream(seed, 'partition');
	return {
		images: Uint8Array.from({ length: numExamples * IMAGE_SIZE }, () => randomInt(random, 256)),
		labels: Uint8Array.from({ length: numExamples }, () => randomInt(random, 10))
	};
}

function createParams(seed: number): Float32Array {
	const random = randomStream(seed, 'init');
	return Float32Array.from({ length: NUM_SOFTMAX_PARAMS }, () => (random() - 0.5) / 20);
}

function worstError(rebuilt: Float32Array, image: Uint8Array): number {
	return rebuilt.reduce((worst, value, i) => Math.max(worst, Math.abs(value - image[i] / 255)), 0);
}

const seeds = fc.integer({ min: 0, max: 10_000 });

describe('rebuilding a digit from an update', () => {
	it('gives back the only example and its label, from any model', () => {
		fc.assert(
			fc.property(seeds, (seed) => {
				const one = createExamples(seed, 1);
				const delta = plainSoftmaxUpdate(createParams(seed), one, {
					numSteps: 1,
					learningRate: 0.1
				});
				const update = layerUpdateOf(delta, 10);
				expect(risenClasses(update)).toEqual([one.labels[0]]);
				expect(worstError(rebuildFromUnit(update, one.labels[0]), one.images)).toBeLessThan(1e-4);
			}),
			{ numRuns: 20 }
		);
	});

	it('still does so after twenty steps on that example', () => {
		const one = createExamples(5, 1);
		const delta = plainSoftmaxUpdate(createParams(5), one, { numSteps: 20, learningRate: 0.1 });
		const update = layerUpdateOf(delta, 10);
		expect(worstError(rebuildFromUnit(update, one.labels[0]), one.images)).toBeLessThan(1e-4);
	});

	it('does not give back an example of a batch', () => {
		const two = createExamples(6, 2);
		const delta = plainSoftmaxUpdate(createParams(6), two, { numSteps: 1, learningRate: 0.1 });
		const rebuilt = rebuildFromUnit(layerUpdateOf(delta, 10), two.labels[0]);
		expect(worstError(rebuilt, two.images.subarray(0, IMAGE_SIZE))).toBeGreaterThan(0.1);
	});

	it('counts the labels of a batch exactly at a model of zeros', () => {
		fc.assert(
			fc.property(seeds, fc.integer({ min: 1, max: 30 }), (seed, batchSize) => {
				const batch = createExamples(seed, batchSize);
				const zeros = new Float32Array(NUM_SOFTMAX_PARAMS);
				const delta = plainSoftmaxUpdate(zeros, batch, { numSteps: 1, learningRate: 0.1 });
				const counts = labelCounts(layerUpdateOf(delta, 10), batchSize, 0.1);
				expect(counts.map((count) => Math.round(count) + 0)).toEqual(countLabels(batch.labels, 10));
				for (const count of counts) expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-4);
			}),
			{ numRuns: 20 }
		);
	});

	it('gives zeros for a unit that did not move', () => {
		expect([...rebuildFromUnit({ kernel: [1, 2, 3, 4], bias: [0, 1] }, 0)]).toEqual([0, 0]);
	});
});
