/**
 * One device trains in the page, a few steps a frame, so that the reader sees the model grow: softmax regression in
 * plain loops, small enough not to need a worker.
 */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import { selectExamples, type Examples } from '../data/examples';
import { createEpoch, type LocalPlan } from '../federated/localPlan';
import {
	classProbabilities,
	KERNEL_SIZE,
	NUM_SOFTMAX_PARAMS,
	plainSoftmaxStep
} from '../federated/plainSoftmax';
import { randomStream } from '../math/random';

export interface LocalTrainingResult {
	numSteps: number;
	/** Shares of digits read correctly: those trained on, this writer's others, other writers'. */
	ownAccuracy: number;
	heldOutAccuracy: number;
	othersAccuracy: number;
}

/** The last part of a writer's digits, which training does not see. */
const HELD_OUT = 0.2;
/** Examples between two pictures: a few milliseconds of work. */
const EXAMPLES_A_FRAME = 40;
const OTHERS_SHOWN = 40;
const nextFrame = () => new Promise<void>((resolve) => setTimeout(resolve, 16));

export class LocalTraining {
	#run = 0;
	#params = $state.raw<Float32Array>(new Float32Array(NUM_SOFTMAX_PARAMS));
	#losses = $state.raw<readonly number[]>([]);
	#numSteps = $state(0);
	#isRunning = $state(false);
	#result = $state.raw<LocalTrainingResult | null>(null);
	readonly #pictures = $derived(
		Array.from({ length: NUM_CLASSES }, (_, k) =>
			Float32Array.from({ length: IMAGE_SIZE }, (_, i) => this.#params[i * NUM_CLASSES + k])
		)
	);
	readonly #scale = $derived(
		this.#params
			.subarray(0, KERNEL_SIZE)
			.reduce((most, value) => Math.max(most, Math.abs(value)), 0.02)
	);

	/** Mean cross-entropy of each batch before its step, in nats. */
	get losses(): readonly number[] {
		return this.#losses;
	}

	/** Steps that the run will take. */
	get numSteps(): number {
		return this.#numSteps;
	}

	get isRunning(): boolean {
		return this.#isRunning;
	}

	/** Null until a run is over. */
	get result(): LocalTrainingResult | null {
		return this.#result;
	}

	/** Weights of each class, [10][784]. */
	get pictures(): readonly Float32Array[] {
		return this.#pictures;
	}

	/** The largest weight. */
	get scale(): number {
		return this.#scale;
	}

	/** Trains from zeros; null when it was stopped. */
	async run(
		own: Examples,
		others: readonly Examples[],
		plan: LocalPlan
	): Promise<LocalTrainingResult | null> {
		const run = ++this.#run;
		const numTraining = Math.ceil(own.labels.length * (1 - HELD_OUT));
		const batches = dealBatches(numTraining, plan);
		this.#params = new Float32Array(NUM_SOFTMAX_PARAMS);
		this.#losses = [];
		this.#numSteps = batches.length;
		this.#result = null;
		this.#isRunning = true;
		await this.#train(own, batches, plan.learningRate, run);
		if (run !== this.#run) return null;
		this.#isRunning = false;
		const positions = Array.from(own.labels, (_, n) => n);
		this.#result = {
			numSteps: batches.length,
			ownAccuracy: accuracy(this.#params, selectExamples(own, positions.slice(0, numTraining))),
			heldOutAccuracy: accuracy(this.#params, selectExamples(own, positions.slice(numTraining))),
			othersAccuracy: mean(
				others.map((examples) =>
					accuracy(this.#params, selectExamples(examples, positions.slice(0, OTHERS_SHOWN)))
				)
			)
		};
		return this.#result;
	}

	/** Ends the run; what it has come to stays on screen. */
	stop(): void {
		this.#run++;
		this.#isRunning = false;
	}

	async #train(own: Examples, batches: readonly Uint32Array[], rate: number, run: number) {
		let params = this.#params;
		let losses: number[] = [];
		let numExamples = 0;
		for (const positions of batches) {
			const batch = selectExamples(own, positions);
			const step = plainSoftmaxStep(params, batch, rate);
			losses.push(step.loss);
			params = step.params;
			numExamples += positions.length;
			if (numExamples < EXAMPLES_A_FRAME) continue;
			numExamples = 0;
			this.#show(params, losses);
			losses = [];
			await nextFrame();
			if (run !== this.#run) return;
		}
		this.#show(params, losses);
	}

	#show(params: Float32Array, losses: readonly number[]): void {
		this.#params = params;
		this.#losses = [...this.#losses, ...losses];
	}
}

function dealBatches(numExamples: number, { numEpochs, batchSize }: LocalPlan): Uint32Array[] {
	const random = randomStream(7, 'shuffle');
	const size = Math.min(batchSize, numExamples);
	return Array.from({ length: numEpochs }, () => createEpoch(numExamples, size, random)).flat();
}

function accuracy(params: Float32Array, { images, labels }: Examples): number {
	const right = Array.from(labels, (label, n) => {
		const image = images.subarray(n * IMAGE_SIZE, (n + 1) * IMAGE_SIZE);
		const probabilities = classProbabilities(params, image);
		return Number(probabilities.indexOf(Math.max(...probabilities)) === label);
	});
	return mean(right);
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
