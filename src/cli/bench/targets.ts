/** What the engine must reach. A gradient step: at most so many times PyTorch's on one thread. */
import type { RunConfig } from '../../lib/federated/config';

/** A round that only trains may cost so much more than the training inside it. */
export const mostPercentOverTraining = 15;
/** Rounds of two workers on two cores over those of one, at least. */
export const leastSpeedUp = 1.7;

export interface RoundSetting {
	model: RunConfig['model'];
	/** Rounds that only train. By the last of many nearly every client has taken part, on every worker. */
	numRounds: number;
	/** The latest of them, which are timed. */
	numTimed: number;
	/** Rounds before their trainings are timed: a thread that was idle starts slowly. */
	numInARow: number;
	/** Whether rounds with evaluation and baselines are timed as well. */
	hasWholeRounds: boolean;
}

export const roundSettings: readonly RoundSetting[] = [
	{ model: 'softmax', numRounds: 250, numTimed: 100, numInARow: 25, hasWholeRounds: true },
	{ model: '2nn', numRounds: 250, numTimed: 100, numInARow: 25, hasWholeRounds: true },
	{ model: 'cnn-small', numRounds: 40, numTimed: 20, numInARow: 5, hasWholeRounds: false },
	{ model: 'cnn', numRounds: 12, numTimed: 8, numInARow: 4, hasWholeRounds: false }
];

export interface StepSetting {
	model: RunConfig['model'];
	batchSize: number;
	/** Steps in one measurement: a local epoch's worth, fewer where they are slow. */
	numSteps: number;
	/** Without convolutions: numpy takes part. */
	isDense: boolean;
	/** The epoch call over PyTorch, at most. */
	mustReach: number;
	/** Op by op on the registered kernels over PyTorch, at most; null where nothing is asked. */
	opByOpMustReach: number | null;
}

export const stepSettings: readonly StepSetting[] = [
	{
		model: 'softmax',
		batchSize: 20,
		numSteps: 30,
		isDense: true,
		mustReach: 0.6,
		opByOpMustReach: null
	},
	{
		model: '2nn',
		batchSize: 10,
		numSteps: 60,
		isDense: true,
		mustReach: 0.5,
		opByOpMustReach: 1.5
	},
	{
		model: 'cnn-small',
		batchSize: 10,
		numSteps: 20,
		isDense: false,
		mustReach: 2.5,
		opByOpMustReach: null
	},
	{
		model: 'cnn',
		batchSize: 10,
		numSteps: 10,
		isDense: false,
		mustReach: 4,
		opByOpMustReach: null
	}
];
