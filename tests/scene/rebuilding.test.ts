import { describe, expect, it } from 'vitest';
import { IMAGE_SIZE } from '../../src/lib/data/datasetIndex';
import { randomInt, randomStream } from '../../src/lib/math/random';
import { rebuildDigits, type RebuildingOptions } from '../../src/lib/scene/rebuilding';
import { chiSquareDeviation } from '../oracles/chiSquare';

const options: RebuildingOptions = {
	seed: 7,
	numSteps: 1,
	learningRate: 0.1,
	protection: 'none',
	noiseMultiplier: 0.1,
	clip: 1
};

/** Blots of ink: each digit dark in a square of its own. */
function createExamples(labels: readonly number[]) {
	const random = randomStream(2, 'partition');
	const images = new Uint8Array(labels.length * IMAGE_SIZE);
	labels.forEach((_, n) => {
		const corner = randomInt(random, 400);
		for (let i = 0; i < 300; i++) images[n * IMAGE_SIZE + corner + i] = 255;
	});
	return { images, labels: Uint8Array.from(labels) };
}

describe('what a server makes of an update', () => {
	it('rebuilds one digit, after one step and after twenty', () => {
		for (const numSteps of [1, 20]) {
			const { rebuilt } = rebuildDigits(createExamples([7]), { ...options, numSteps });
			expect(rebuilt.map(({ label }) => label)).toEqual([7]);
			expect(rebuilt[0].largestError).toBeLessThan(1e-5);
		}
	});

	it('mixes digits of one class, and counts them', () => {
		const { rebuilt, counted, counts } = rebuildDigits(createExamples([3, 3, 3, 8]), options);
		expect(rebuilt.map(({ label }) => label)).toEqual([3, 8]);
		expect(rebuilt[0].meanError).toBeGreaterThan(0.1);
		counted.forEach((count, k) => expect(count).toBeCloseTo(counts[k], 4));
	});

	it('finds nothing under masks: the integers are uniform', () => {
		const { rebuilt, sent, sentKind } = rebuildDigits(createExamples([7]), {
			...options,
			protection: 'masks'
		});
		expect(sentKind).toBe('ring');
		const topBytes = sent.flatMap((numbers) => Array.from(numbers, (n) => n >>> 24));
		expect(chiSquareDeviation(topBytes, () => 1 / 256, [0, 255])).toBeLessThan(4);
		for (const { meanError } of rebuilt) expect(meanError).toBeGreaterThan(0.2);
	});

	it('finds less the more noise there is', () => {
		const errorAt = (noiseMultiplier: number) => {
			const noisy = { ...options, protection: 'noise', noiseMultiplier } as const;
			const { rebuilt } = rebuildDigits(createExamples([7]), noisy);
			return Math.min(Infinity, ...rebuilt.map(({ meanError }) => meanError));
		};
		expect(errorAt(0.001)).toBeLessThan(0.05);
		expect(errorAt(0.01)).toBeGreaterThan(errorAt(0.001));
		expect(errorAt(0.1)).toBeGreaterThan(0.3);
	});
});
