/**
 * A client takes a few steps on a few digits; what leaves the device, and what a curious server makes of it.
 * Everything is computed: the update, its masks or its noise, and the server's quotients.
 */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { countLabels, type Examples } from '../data/examples';
import { NUM_SOFTMAX_PARAMS, plainSoftmaxUpdate } from '../federated/plainSoftmax';
import { encodeUpdate, stepOf, type FixedPoint } from '../masking/fixedPoint';
import { addStream } from '../masking/maskStream';
import { seededBytes } from '../masking/randomBytes';
import { randomStream, standardNormal } from '../math/random';
import { clipUpdate } from '../privacy/clip';
import { labelCounts, layerUpdateOf, rebuildFromUnit, risenClasses } from '../privacy/rebuildInput';

export type Protection = 'none' | 'masks' | 'noise';

export interface RebuildingOptions {
	seed: number;
	/** Steps of gradient descent, each on all the digits. */
	numSteps: number;
	learningRate: number;
	protection: Protection;
	/** Standard deviation of the noise, in units of the clip; read under `noise` only. */
	noiseMultiplier: number;
	/** The longest an update may be before noise is added. */
	clip: number;
}

/** One picture that the server computed. */
export interface RebuiltDigit {
	/** The class whose numbers it divided. */
	label: number;
	/** Ink as it came out, cut to what ink can be, 0 to 1, [784]. */
	ink: Float32Array;
	/** Largest and mean distance to the nearest of the real digits, in ink from 0 to 1. */
	largestError: number;
	meanError: number;
}

export interface Rebuilding {
	/** What crosses: numbers of each class, [10][784], signed or integers of the ring. */
	sent: readonly ArrayLike<number>[];
	sentKind: 'signed' | 'ring';
	rebuilt: readonly RebuiltDigit[];
	/** Digits of each class that the server counts from the biases; exact for one step on a new model. */
	counted: readonly number[];
	/** Digits of each class that there are. */
	counts: readonly number[];
}

const FIXED_POINT: FixedPoint = { range: 4, bits: 24, maxWeight: 1 };
/** A round of ten: nine masks, one with every other client. */
const NUM_PAIRS = 9;

export function rebuildDigits(examples: Examples, options: RebuildingOptions): Rebuilding {
	const start = new Float32Array(NUM_SOFTMAX_PARAMS);
	const delta = plainSoftmaxUpdate(start, examples, options);
	const { numbers, received } = leaveDevice(delta, options);
	const update = layerUpdateOf(received, NUM_CLASSES);
	return {
		sent: Array.from({ length: NUM_CLASSES }, (_, k) => numbersOfClass(numbers, k)),
		sentKind: options.protection === 'masks' ? 'ring' : 'signed',
		rebuilt: risenClasses(update).map((label) =>
			compare(label, cutToInk(rebuildFromUnit(update, label)), examples.images)
		),
		counted: labelCounts(update, examples.labels.length, options.learningRate),
		counts: countLabels(examples.labels, NUM_CLASSES)
	};
}

/** What crosses, and how the server reads it as real numbers, both [7850]. */
function leaveDevice(
	delta: Float32Array,
	{ protection, seed, clip, noiseMultiplier }: RebuildingOptions
): { numbers: ArrayLike<number>; received: Float32Array } {
	if (protection === 'masks') {
		const integers = encodeUpdate(delta, 1, FIXED_POINT, randomStream(seed, 'rounding'));
		const bytes = seededBytes(seed, 1, 0, 'keys');
		for (let pair = 0; pair < NUM_PAIRS; pair++) addStream(integers, bytes(32));
		const numbers = integers.subarray(1);
		const step = stepOf(FIXED_POINT);
		return { numbers, received: Float32Array.from(numbers, (value) => (value | 0) * step) };
	}
	if (protection === 'none') return { numbers: delta, received: delta };
	const random = randomStream(seed, 'noise');
	const { update: clipped } = clipUpdate(delta, clip);
	const noisy = clipped.map((value) => value + noiseMultiplier * clip * standardNormal(random));
	return { numbers: noisy, received: noisy };
}

function numbersOfClass(numbers: ArrayLike<number>, k: number): Float64Array {
	return Float64Array.from({ length: IMAGE_SIZE }, (_, i) => numbers[i * NUM_CLASSES + k]);
}

function cutToInk(values: Float32Array): Float32Array {
	return values.map((value) => Math.min(1, Math.max(0, value)));
}

function compare(label: number, ink: Float32Array, images: Uint8Array): RebuiltDigit {
	let nearest = { largestError: Infinity, meanError: Infinity };
	for (let from = 0; from < images.length; from += IMAGE_SIZE) {
		const errors = ink.map((value, i) => Math.abs(value - images[from + i] / 255));
		const meanError = errors.reduce((sum, error) => sum + error, 0) / IMAGE_SIZE;
		if (meanError < nearest.meanError) {
			const largestError = errors.reduce((most, error) => Math.max(most, error), 0);
			nearest = { largestError, meanError };
		}
	}
	return { label, ink, ...nearest };
}
