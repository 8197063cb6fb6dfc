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

export async function timeRounds(
	model: RunConfig['model'],
	numWorkers: number
): Promise<RoundTiming> {
	const config: RunConfig = { ...defaultConfig, model };
	const whole = await timeRun({ ...config, rounds: NUM_WHOLE_ROUNDS }, numWorkers);
	const lean = { ...config, rounds: NUM_ROUNDS, baselines: false, evaluateEvery: NUM_ROUNDS };
	const training = await timeRun(lean, numWorkers);
	// The last round evaluates.
	const timed = training.rounds.slice(-NUM_TIMED - 1, -1);
	return {
		model,
		numWorkers,
		wholeRoundMs: median(whole.rounds.slice(NUM_WARMUPS).map(({ ms }) => ms)),
		roundMs: median(timed.map(({ ms }) => ms)),
		trainingMs: (await medianTrainingMs(lean, timed, training.params)) / numWorkers,
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
	const { rounds, unseenAccuracy } = await timeRun(config, 2);
	const seconds = rounds.reduce((sum, { ms }) => sum + ms, 0) / 1000;
	return { model, seconds, mostSeconds, unseenAccuracy };
}

interface TimedRound {
	roundNum: number;
	clientIds: readonly number[];
	ms: number;
}

async function timeRun(config: RunConfig, numWorkers: number) {
	const host = createNodeHost({ dataFolder, numWorkers });
	const startUpMs = await durationMs(async () => {
		await host.startRun(config);
		await host.next();
	});
	const rounds: TimedRound[] = [];
	let clientIds: readonly number[] = [];
	let trainingBytes = 0;
	let unseenAccuracy = NaN;
	let started = performance.now();
	for (;;) {
		const { done, value: event } = await host.next();
		if (done) break;
		if (event.type === 'CohortSampled') clientIds = event.clientIds;
		if (event.type !== 'RoundCompleted') continue;
		trainingBytes = event.metrics.trainingBytes;
		unseenAccuracy = event.metrics.evaluation?.unseen.accuracy ?? unseenAccuracy;
		const now = performance.now();
		rounds.push({ roundNum: event.roundNum, clientIds, ms: now - started });
		started = now;
	}
	const params = await host.params();
	await host.dispose();
	return { startUpMs, rounds, params, trainingBytes, unseenAccuracy };
}

/** The same clients once more from a model of that run, one after the other in this thread, with nobody around them. */
async function medianTrainingMs(
	config: RunConfig,
	rounds: readonly TimedRound[],
	params: Float32Array
): Promise<number> {
	const store = createDatasetStore(createNodeReader(dataFolder));
	const digits = createHostedDigits(store, createPartition(await store.index(), config));
	const learner = await createLearner(config, findWasmFiles());
	const plan = createLocalPlan(config);
	const times: number[] = [];
	for (const { roundNum, clientIds } of rounds) {
		const hands = await Promise.all(clientIds.map(digits.training));
		const trainAll = async () => {
			for (const [i, clientId] of clientIds.entries()) {
				const message = { roundNum, clientId, cohortSize: hands.length, clip: 0, params };
				const random = randomStream(config.seed, 'shuffle', roundNum, clientId);
				await clientUpdate(learner, hands[i], message, plan, random, async () => {});
			}
		};
		times.push(await durationMs(trainAll));
	}
	return median(times);
}
