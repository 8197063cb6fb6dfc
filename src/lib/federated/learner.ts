/** What the federation asks of a model: typed arrays in, typed arrays out. The model room implements it. */
import type { Examples } from '../data/examples';

export interface TrainingResult {
	/** Parameters after the last step, [numParams], owned by the caller. */
	params: Float32Array;
	/** Mean cross-entropy of each batch before its step, in nats, [numSteps]. */
	losses: Float64Array;
}

export interface Predictions {
	/** The first of the most probable classes, [numExamples]. */
	predicted: Uint8Array;
	/** 1 where the most probable class is the label, [numExamples]. */
	isCorrect: Uint8Array;
	/** Cross-entropy of each example, in nats, [numExamples]. */
	losses: Float64Array;
}

/** What an algorithm adds to the gradient of each local step. */
export interface GradientHooks {
	/** mu * (params - anchor), the proximal term of Li et al. 2020 (arXiv 1812.06127). */
	proximal?: { mu: number; anchor: Float32Array };
	/** A fixed vector, [numParams], e.g. c - c_i of Karimireddy et al. 2020 (arXiv 1910.06378). */
	correction?: Float32Array;
}

export interface Learner {
	readonly numParams: number;
	/** Which kernels compute, in words for people: "own SIMD kernels", or others and why. */
	readonly kernels: string;
	/** One step of gradient descent for each batch of example positions, in order. */
	train(
		params: Float32Array,
		examples: Examples,
		batches: readonly Uint32Array[],
		learningRate: number,
		hooks?: GradientHooks
	): TrainingResult;
	/**
	 * How the model does on each example. `isKept` says that they are measured round after round: a learner
	 * whose backend is slow to reach keeps them there until dispose().
	 */
	predict(params: Float32Array, examples: Examples, isKept: boolean): Predictions;
	/**
	 * Takes back parameters that train() gave and nobody reads any more: the next ones may be written over them.
	 * Where learners allocate anew instead, nothing happens.
	 */
	reuse?(params: Float32Array): void;
	/** Tensors alive in the backend, for leak checks. */
	numTensors(): number;
	/** Frees what the learner keeps. */
	dispose(): void;
}
