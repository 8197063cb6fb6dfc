/** Local training as the engine does it, for clients of a cell: the same updates, with accuracy on the way. */
import { selectExamples } from '../data/examples';
import { clientUpdate, type Breathe } from '../federated/clientUpdate';
import { roundLoss } from '../federated/evaluation';
import type { Learner } from '../federated/learner';
import type { LocalPlan } from '../federated/localPlan';
import type { BroadcastMessage, ClientOutput } from '../federated/records';
import { randomStream, type RandomSource } from '../math/random';
import type { Digits } from './digits';

/** What local training came to: means over its steps, each measured before the model moved. */
export interface TrainingMetrics {
	/** Share of digits read correctly, 0 to 1. */
	accuracy: number;
	/** Mean cross-entropy, in nats. */
	loss: number;
	/** Digits, each counted once. */
	numExamples: number;
	/** Digits seen: every epoch counts. */
	numExamplesSeen: number;
}

export interface TrainedClient extends ClientOutput {
	metrics: TrainingMetrics;
}

/** Always takes the last: Fisher and Yates then leave everything in its place. */
const inOrder: RandomSource = () => 1 - 2 ** -53;

/** Trains on one client's digits, by their plan, from the params of the message. */
export async function trainClient(
	learner: Learner,
	digits: Digits,
	message: BroadcastMessage,
	{ seed, learningRate }: { seed: number; learningRate: number },
	breathe: Breathe
): Promise<TrainedClient> {
	const { isShuffled } = digits.plan;
	const { roundNum, clientId } = message;
	const random = isShuffled ? randomStream(seed, 'shuffle', roundNum, clientId) : inOrder;
	const tally: Tally = { numSeen: 0, numCorrect: 0, lossSum: 0 };
	const measuring = measure(learner, tally);
	const plan = localPlanOf(digits, learningRate);
	const output = await clientUpdate(measuring, digits, message, plan, random, breathe);
	return { ...output, metrics: summarize([tally], digits.numExamples) };
}

export function localPlanOf({ plan }: Digits, learningRate: number): LocalPlan {
	return { numEpochs: plan.numEpochs, batchSize: plan.batchSize, learningRate };
}

export interface Tally {
	numSeen: number;
	numCorrect: number;
	lossSum: number;
}

/** The learner, batch by batch, so that each is measured before its step; the updates are the same. */
export function measure(learner: Learner, tally: Tally): Learner {
	return {
		...learner,
		train(params, examples, batches, learningRate) {
			const losses = batches.map((batch) => {
				const { isCorrect } = learner.predict(params, selectExamples(examples, batch), false);
				const step = learner.train(params, examples, [batch], learningRate);
				params = step.params;
				tally.numSeen += batch.length;
				tally.numCorrect += isCorrect.reduce((sum, one) => sum + one, 0);
				tally.lossSum += step.losses[0] * batch.length;
				return step.losses[0];
			});
			return { params, losses: Float64Array.from(losses) };
		}
	};
}

/** Pools over everything seen. */
export function summarize(tallies: readonly Tally[], numExamples: number): TrainingMetrics {
	const total = (field: keyof Tally) => tallies.reduce((sum, tally) => sum + tally[field], 0);
	const numExamplesSeen = total('numSeen');
	return {
		accuracy: total('numCorrect') / numExamplesSeen,
		loss: roundLoss(total('lossSum') / numExamplesSeen),
		numExamples,
		numExamplesSeen
	};
}
