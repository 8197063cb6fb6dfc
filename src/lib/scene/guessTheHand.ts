/**
 * Who wrote this? Each hand is known by its mean picture of every digit, and a new digit is given to the hand whose
 * mean picture of that digit is nearest (a nearest-mean classifier: the plainest there is). If it does better than
 * chance, hands differ in more than their digits.
 */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import type { Examples } from '../data/examples';

/** Mean ink, 0 to 255, of each class of one hand, [10][784]; null where it never wrote that digit. */
export type HandMeans = readonly (Float32Array | null)[];

export interface GuessResult {
	numGuesses: number;
	numRight: number;
	/** [true hand][guessed hand]. */
	confusion: readonly (readonly number[])[];
}

/** Means over the first `share` of somebody's digits. */
export function meanHand({ images, labels }: Examples, share: number): HandMeans {
	const sums = Array.from({ length: NUM_CLASSES }, () => new Float32Array(IMAGE_SIZE));
	const counts = new Array<number>(NUM_CLASSES).fill(0);
	const end = Math.floor(labels.length * share);
	for (let n = 0; n < end; n++) {
		const sum = sums[labels[n]];
		counts[labels[n]]++;
		for (let i = 0; i < IMAGE_SIZE; i++) sum[i] += images[n * IMAGE_SIZE + i];
	}
	return sums.map((sum, k) => (counts[k] > 0 ? sum.map((ink) => ink / counts[k]) : null));
}

/** The hand whose mean picture of this digit is nearest (squared distance); -1 where nobody wrote it before. */
export function guessHand(hands: readonly HandMeans[], image: Uint8Array, label: number): number {
	let best = -1;
	let nearest = Infinity;
	hands.forEach((means, hand) => {
		const mean = means[label];
		if (!mean) return;
		let distance = 0;
		for (let i = 0; i < IMAGE_SIZE; i++) distance += (image[i] - mean[i]) ** 2;
		if (distance < nearest) [nearest, best] = [distance, hand];
	});
	return best;
}

/** Learns from the first half of each hand's digits, and guesses the second half, one digit at a time. */
export function guessAll(writers: readonly Examples[]): GuessResult {
	const hands = writers.map((examples) => meanHand(examples, 0.5));
	const confusion = writers.map(() => writers.map(() => 0));
	let [numGuesses, numRight] = [0, 0];
	writers.forEach(({ images, labels }, hand) => {
		for (let n = Math.floor(labels.length / 2); n < labels.length; n++) {
			const image = images.subarray(n * IMAGE_SIZE, (n + 1) * IMAGE_SIZE);
			const guess = guessHand(hands, image, labels[n]);
			if (guess < 0) continue;
			numGuesses++;
			numRight += Number(guess === hand);
			confusion[hand][guess]++;
		}
	});
	return { numGuesses, numRight, confusion };
}
