import { describe, expect, it } from 'vitest';
import { IMAGE_SIZE } from '../../src/lib/data/datasetIndex';
import { randomInt, randomStream } from '../../src/lib/math/random';
import { guessAll, meanHand } from '../../src/lib/scene/guessTheHand';

/** A hand whose ink lies around its own level. */
function createHand(level: number, spread: number, seed: number) {
	const random = randomStream(seed, 'partition');
	const labels = Uint8Array.from({ length: 60 }, (_, n) => n % 10);
	const images = Uint8Array.from(
		{ length: 60 * IMAGE_SIZE },
		() => level + randomInt(random, spread)
	);
	return { images, labels };
}

describe('guessing the hand', () => {
	it('knows hands that differ', () => {
		const { numGuesses, numRight, confusion } = guessAll([
			createHand(20, 40, 1),
			createHand(90, 40, 2),
			createHand(160, 40, 3)
		]);
		expect(numGuesses).toBe(90);
		expect(numRight).toBe(90);
		expect(confusion).toEqual([
			[30, 0, 0],
			[0, 30, 0],
			[0, 0, 30]
		]);
	});

	it('is at chance where hands do not differ', () => {
		const hands = Array.from({ length: 4 }, (_, hand) => createHand(50, 100, hand + 10));
		const { numGuesses, numRight } = guessAll(hands);
		expect(numRight / numGuesses).toBeLessThan(0.45);
	});

	it('averages the first digits only, class by class', () => {
		const labels = Uint8Array.from([3, 3, 5, 3]);
		const images = new Uint8Array(4 * IMAGE_SIZE);
		images[0] = 100;
		images[IMAGE_SIZE] = 50;
		images[3 * IMAGE_SIZE] = 255;
		const means = meanHand({ images, labels }, 0.75);
		expect(means[3]![0]).toBe(75);
		expect(means[5]![0]).toBe(0);
		expect(means[4]).toBeNull();
	});
});
