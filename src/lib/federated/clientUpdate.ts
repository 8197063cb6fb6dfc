/** ClientUpdate of McMahan et al. 2017 (arXiv 1602.05629, Algorithm 1): local epochs of minibatch SGD. */
import type { Examples } from '../data/examples';
import type { RandomSource } from '../math/random';
import { subtractInPlace } from '../math/vector';
import type { Learner } from './learner';
import { createEpoch, type LocalPlan } from './localPlan';
import type { BroadcastMessage, ClientOutput } from './records';

/** Lets other messages be answered between epochs; a parameter because pure rooms know no clock. */
export type Breathe = () => Promise<void>;

/** Trains on one device. `random` shuffles; the same stream gives the same update. */
export async function clientUpdate(
	learner: Learner,
	examples: Examples,
	message: BroadcastMessage,
	plan: LocalPlan,
	random: RandomSource,
	breathe: Breathe
): Promise<ClientOutput> {
	const trained = await trainEpochs(learner, examples, message.params, plan, random, breathe);
	const deltaNorm = subtractInPlace(trained.params, message.params);
	return {
		clientId: message.clientId,
		delta: trained.params,
		deltaNorm,
		numExamples: examples.labels.length,
		clientWeight: examples.labels.length,
		isWithinClip: 1,
		numSteps: trained.numSteps,
		loss: trained.numSteps > 0 ? trained.lossSum / trained.numSteps : 0
	};
}

/** Local epochs from the given parameters, with a fresh shuffle each. */
export async function trainEpochs(
	learner: Learner,
	examples: Examples,
	initialParams: Float32Array,
	plan: LocalPlan,
	random: RandomSource,
	breathe: Breathe
): Promise<{ params: Float32Array; numSteps: number; lossSum: number }> {
	let params = initialParams;
	let numSteps = 0;
	let lossSum = 0;
	for (let epoch = 0; epoch < plan.numEpochs; epoch++) {
		const batches = createEpoch(examples.labels.length, plan.batchSize, random);
		const result = learner.train(params, examples, batches, plan.learningRate);
		if (epoch > 0) learner.reuse?.(params);
		params = result.params;
		numSteps += batches.length;
		for (const loss of result.losses) lossSum += loss;
		await breathe();
	}
	return { params, numSteps, lossSum };
}
