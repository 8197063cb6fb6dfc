/** Labelled digits of one hand, and how a client is to work through them. Nothing is changed in place. */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { countLabels, selectExamples, type Examples } from '../data/examples';
import { expectNumber } from './world';

/** Shapes of one digit: a row of pixels, or rows and columns with one channel. */
export type DigitShape = readonly [784] | readonly [28, 28, 1];

interface Plan {
	numEpochs: number;
	isShuffled: boolean;
	batchSize: number;
	shape: DigitShape;
}

const asTheyCome: Plan = { numEpochs: 1, isShuffled: false, batchSize: 0, shape: [784] };

/**
 * The digits of one writer with a plan for local training. `repeat`, `shuffle`, `batch` and `reshape` return a new
 * plan over the same digits; nothing is copied until training asks for it.
 */
export class Digits {
	/** The client these digits belong to; its random streams follow from it. */
	readonly id: number;
	/** Ink of all digits, [numExamples * 784], 0 (paper) to 255. */
	readonly images: Uint8Array;
	/** The digit each image shows, [numExamples], 0 to 9. */
	readonly labels: Uint8Array;
	readonly #plan: Plan;

	constructor(id: number, { images, labels }: Examples, plan = asTheyCome) {
		this.id = id;
		this.images = images;
		this.labels = labels;
		this.#plan = plan;
	}

	/** Digits, each counted once however often it is repeated. */
	get numExamples(): number {
		return this.labels.length;
	}

	/** How often each digit occurs, [10]. */
	get labelCounts(): number[] {
		return countLabels(this.labels, NUM_CLASSES);
	}

	/** Gradient steps of one round of local training. */
	get numBatches(): number {
		const { numEpochs, batchSize } = this.#plan;
		return numEpochs * Math.ceil(this.numExamples / (batchSize || this.numExamples || 1));
	}

	/** Times a client goes through its digits, in examples of one round: epochs times digits. */
	get numExamplesPerRound(): number {
		return this.#plan.numEpochs * this.numExamples;
	}

	get plan(): Readonly<Plan> {
		return this.#plan;
	}

	/** Goes through all digits `numEpochs` times in a round. */
	repeat(numEpochs: number): Digits {
		return this.#with({ numEpochs: expectNumber('repeat', numEpochs, { min: 1, isWhole: true }) });
	}

	/**
	 * Shuffles each epoch anew, from the seed of the process: all digits of it, so no size of a buffer is needed,
	 * as TensorFlow wants one.
	 */
	shuffle(): Digits {
		return this.#with({ isShuffled: true });
	}

	/** Takes `batchSize` digits in one gradient step; 0 takes all at once. The last batch may be smaller. */
	batch(batchSize: number): Digits {
		return this.#with({ batchSize: expectNumber('batch', batchSize, { min: 0, isWhole: true }) });
	}

	/** The shape a model sees: [784] or [28, 28, 1]. */
	reshape(shape: DigitShape): Digits {
		const text = [...shape].join();
		if (text !== '784' && text !== '28,28,1')
			throw new RangeError(`reshape: expected [784] or [28, 28, 1], got [${text}]`);
		return this.#with({ shape });
	}

	/** The first `count` digits. */
	take(count: number): Digits {
		expectNumber('take', count, { min: 0, isWhole: true });
		const size = Math.min(count, this.numExamples);
		return this.pick(Array.from({ length: size }, (_, position) => position));
	}

	/** The digits at these positions. */
	pick(positions: ArrayLike<number>): Digits {
		return new Digits(this.id, selectExamples(this, positions), this.#plan);
	}

	/** One digit as pixels, [784], and its label. */
	at(position: number): { image: Uint8Array; label: number } {
		const max = this.numExamples - 1;
		expectNumber('at', position, { min: 0, max, isWhole: true });
		const start = position * IMAGE_SIZE;
		return { image: this.images.slice(start, start + IMAGE_SIZE), label: this.labels[position] };
	}

	#with(change: Partial<Plan>): Digits {
		return new Digits(this.id, this, { ...this.#plan, ...change });
	}
}
