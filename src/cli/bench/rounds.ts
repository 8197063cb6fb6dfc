/** Whole rounds of the two reference settings, and what a round costs beyond training. */
import { dataFolder } from '../../build/prepareData';
import type { Examples } from '../../lib/data/examples';
import { defaultConfig, type RunConfig } from '../../lib/federated/config';
import { createNodeHost } from '../../lib/workers/nodeHost';
import { createEpochCall } from './steps';
import { durationMs, median } from './stopwatch';

export interface RoundTiming {
	model: RunConfig['model'];
	numWorkers: number;
	/** Seconds of a round with evaluation and baselines, median. */
	roundSeconds: number;
	/** Seconds of a round that only trains, median. */
	trainingRoundSeconds: number;
	/** Of those, milliseconds beyond the gradient steps of an even share of clients (messages, sums, waiting). */
	overheadMs: number;
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

const NUM_ROUNDS = 12;
/** Rounds that load data and warm up. */
const NUM_WARMUPS = 3;

export async function timeRounds(
	model: RunConfig['model'],
	examples: Examples,
	numWorkers: number
): Promise<RoundTiming> {
	const stepMs = await medianStepMs(model, examples);
	const whole = await timeRun({ ...defaultConfig, model, rounds: NUM_ROUNDS }, numWorkers);
	const lean: RunConfig = {
		...defaultConfig,
		model,
		rounds: NUM_ROUNDS,
		baselines: false,
		evaluateEvery: 1000
	};
	const training = await timeRun(lean, numWorkers);
	const roundMs = median(training.roundsMs.slice(NUM_WARMUPS, -1));
	return {
		model,
		numWorkers,
		roundSeconds: median(whole.roundsMs.slice(NUM_WARMUPS)) / 1000,
		trainingRoundSeconds: roundMs / 1000,
		overheadMs: roundMs - (training.stepsPerRound * stepMs) / numWorkers,
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

/** A step within an epoch as long as a writer's, batch 10. */
async function medianStepMs(model: RunConfig['model'], examples: Examples): Promise<number> {
	const call = await createEpochCall(model, 10, examples);
	const times: number[] = [];
	for (let run = 0; run < 20; run++) times.push(await call(10));
	return median(times.slice(5));
}

async function timeRun(config: RunConfig, numWorkers: number) {
	const host = createNodeHost({ dataFolder, numWorkers });
	const startUpMs = await durationMs(async () => {
		await host.startRun(config);
		await host.next();
	});
	const roundsMs: number[] = [];
	let numSteps = 0;
	let trainingBytes = 0;
	let unseenAccuracy = NaN;
	let started = performance.now();
	for (;;) {
		const { done, value: event } = await host.next();
		if (done) break;
		if (event.type === 'ClientTrained') numSteps += event.numSteps;
		if (event.type !== 'RoundCompleted') continue;
		trainingBytes = event.metrics.trainingBytes;
		unseenAccuracy = event.metrics.evaluation?.unseen.accuracy ?? unseenAccuracy;
		roundsMs.push(performance.now() - started);
		started = performance.now();
	}
	await host.dispose();
	const stepsPerRound = numSteps / config.rounds;
	return { startUpMs, roundsMs, stepsPerRound, trainingBytes, unseenAccuracy };
}
