/** Whole rounds of the two reference settings, and what a round costs beyond training. */
import { dataFolder } from '../../build/prepareData';
import { createPartition } from '../../lib/data/partition/partition';
import { createDatasetStore } from '../../lib/data/store';
import { clientUpdate } from '../../lib/federated/clientUpdate';
import { defaultConfig, type RunConfig } from '../../lib/federated/config';
import { createHostedDigits } from '../../lib/federated/hostedDigits';
import { createLocalPlan } from '../../lib/federated/localPlan';
import { randomStream } from '../../lib/math/random';
import { createLearner } from '../../lib/model/learner';
import { createNodeHost, findWasmFiles } from '../../lib/workers/nodeHost';
import { createNodeReader } from '../../lib/workers/nodeReader';
import { durationMs, median } from './stopwatch';

export interface RoundTiming {
	model: RunConfig['model'];
	numWorkers: number;
	/** Milliseconds of a round with evaluation and baselines, median. */
	wholeRoundMs: number;
	/** Milliseconds of a round that only trains, median. */
	roundMs: number;
	/** Milliseconds that the clients of such a round work, from model to update, shared evenly by the workers. */
	trainingMs: number;
	/** From nothing to the first event, milliseconds. */
	startUpMs: number;
	/** Bytes sent for training in a round, both directions. */
	trainingBytes: number;
}

export interface WholeRunTiming {
	model: RunConfig['model'];
	/** Seconds of 60 rounds with an evaluation after each, from the first to the last event. */
	seconds: number;
	/** What it must not exceed. */
	mostSeconds: number;
	/** Accuracy on unseen writers in the end. */
	unseenAccuracy: number;
}

const NUM_WHOLE_ROUNDS = 12;
/** Of those, the ones that load data and warm up. */
const NUM_WARMUPS = 3;
/** Rounds that only train. By the last hundred nearly every client has taken part, on every worker. */
const NUM_ROUNDS = 250;
const NUM_TIMED = 100;
/** Rounds in a row before their trainings are timed: a thread that was idle starts slowly. */
const NUM_IN_A_ROW = 25;

export async function timeRounds(
	model: RunConfig['model'],
	numWorkers: number
): Promise<RoundTiming> {
	const config: RunConfig = { ...defaultConfig, model };
	const whole = await timeRun({ ...config, rounds: NUM_WHOLE_ROUNDS }, numWorkers);
	const lean = { ...config, rounds: NUM_ROUNDS, baselines: false, evaluateEvery: NUM_ROUNDS };
	const trainAgain = await createTraining(lean);
	const trainingsMs: number[] = [];
	let untimed: (readonly number[])[] = [];
	// In turns, so that a drifting machine favours neither.
	const training = await timeRun(lean, numWorkers, async (roundNum, clientIds, readParams) => {
		untimed.push(clientIds);
		if (roundNum % NUM_IN_A_ROW > 0) return;
		const params = await readParams();
		for (const cohort of untimed) {
			trainingsMs.push(await durationMs(await trainAgain(roundNum, cohort, params)));
		}
		untimed = [];
	});
	// The last round evaluates.
	const medianOfTimed = (times: readonly number[]) => median(times.slice(-NUM_TIMED - 1, -1));
	return {
		model,
		numWorkers,
		wholeRoundMs: median(whole.roundsMs.slice(NUM_WARMUPS)),
		roundMs: medianOfTimed(training.roundsMs),
		trainingMs: medianOfTimed(trainingsMs) / numWorkers,
		startUpMs: whole.startUpMs,
		trainingBytes: training.trainingBytes / NUM_ROUNDS
	};
}

/** 60 rounds, cohort 10, writers, one epoch, batch 10, evaluated after every round, on two workers. */
export async function timeWholeRun(
	model: RunConfig['model'],
	mostSeconds: number
): Promise<WholeRunTiming> {
	const config: RunConfig = { ...defaultConfig, model, rounds: 60, baselines: false };
	const { roundsMs, unseenAccuracy } = await timeRun(config, 2);
	const seconds = roundsMs.reduce((sum, ms) => sum + ms, 0) / 1000;
	return { model, seconds, mostSeconds, unseenAccuracy };
}

type OnRound = (
	roundNum: number,
	clientIds: readonly number[],
	readParams: () => Promise<Float32Array>
) => Promise<void>;

/** `onRound` hears of each round and its cohort, and may read the model after it, outside of what is timed. */
async function timeRun(config: RunConfig, numWorkers: number, onRound?: OnRound) {
	const host = createNodeHost({ dataFolder, numWorkers });
	const startUpMs = await durationMs(async () => {
		await host.startRun(config);
		await host.next();
	});
	const roundsMs: number[] = [];
	let clientIds: readonly number[] = [];
	let trainingBytes = 0;
	let unseenAccuracy = NaN;
	let started = performance.now();
	for (;;) {
		const { done, value: event } = await host.next();
		if (done) break;
		if (event.type === 'CohortSampled') clientIds = event.clientIds;
		if (event.type !== 'RoundCompleted') continue;
		roundsMs.push(performance.now() - started);
		trainingBytes = event.metrics.trainingBytes;
		unseenAccuracy = event.metrics.evaluation?.unseen.accuracy ?? unseenAccuracy;
		await onRound?.(event.roundNum, clientIds, host.params);
		started = performance.now();
	}
	await host.dispose();
	return { startUpMs, roundsMs, trainingBytes, unseenAccuracy };
}

/** The work of some clients alone: one after the other in this thread, their digits at hand, nobody around them. */
async function createTraining(config: RunConfig) {
	const store = createDatasetStore(createNodeReader(dataFolder));
	const digits = createHostedDigits(store, createPartition(await store.index(), config));
	const learner = await createLearner(config, findWasmFiles());
	const plan = createLocalPlan(config);
	return async (roundNum: number, clientIds: readonly number[], params: Float32Array) => {
		const hands = await Promise.all(clientIds.map(digits.training));
		return async () => {
			for (const [i, clientId] of clientIds.entries()) {
				const message = { roundNum, clientId, cohortSize: hands.length, clip: 0, params };
				const random = randomStream(config.seed, 'shuffle', roundNum, clientId);
				await clientUpdate(learner, hands[i], message, plan, random, async () => {});
			}
		};
	};
}
