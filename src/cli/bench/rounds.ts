/** Whole rounds of the two reference settings, and what a round costs beyond training. */
import { dataFolder } from '../../build/prepareData';
import { defaultConfig, type RunConfig } from '../../lib/federated/config';
import { createNodeHost } from '../../lib/workers/nodeHost';
import { startSideBySide } from './sideBySide';
import { durationMs, median } from './stopwatch';
import type { RoundSetting } from './targets';
import type { Cohort } from './training';

export interface RoundTiming {
	model: RunConfig['model'];
	numWorkers: number;
	/** Milliseconds of a round with evaluation and baselines, median; null where it was not measured. */
	wholeRoundMs: number | null;
	/** Milliseconds of a round that only trains, median. */
	roundMs: number;
	/**
	 * Milliseconds that the clients of such a round work, from model to update: on as many threads as there are
	 * workers, side by side and without a server, shared evenly.
	 */
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

export async function timeRounds(
	{ model, numRounds, numTimed, numInARow, hasWholeRounds }: RoundSetting,
	numWorkers: number
): Promise<RoundTiming> {
	const config: RunConfig = { ...defaultConfig, model };
	const whole = hasWholeRounds
		? await timeRun({ ...config, rounds: NUM_WHOLE_ROUNDS }, numWorkers)
		: null;
	const lean = { ...config, rounds: numRounds, baselines: false, evaluateEvery: numRounds };
	const threads = startSideBySide(lean, numWorkers);
	const trainingsMs: number[] = [];
	let cohorts: Cohort[] = [];
	// In turns, so that a drifting machine favours neither.
	const rounds = await timeRun(lean, numWorkers, async (cohort, readParams) => {
		cohorts.push(cohort);
		if (cohort.roundNum % numInARow > 0) return;
		trainingsMs.push(...(await threads.train({ cohorts, params: await readParams() })));
		cohorts = [];
	});
	await threads.end();
	return {
		model,
		numWorkers,
		wholeRoundMs: whole && median(whole.roundsMs.slice(NUM_WARMUPS)),
		// The last round evaluates.
		roundMs: median(rounds.roundsMs.slice(-numTimed - 1, -1)),
		trainingMs: median(trainingsMs.slice(-numTimed * numWorkers)) / numWorkers,
		startUpMs: (whole ?? rounds).startUpMs,
		trainingBytes: rounds.trainingBytes / numRounds
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

type OnRound = (cohort: Cohort, readParams: () => Promise<Float32Array>) => Promise<void>;

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
		await onRound?.({ roundNum: event.roundNum, clientIds }, host.params);
		started = performance.now();
	}
	await host.dispose();
	return { startUpMs, roundsMs, trainingBytes, unseenAccuracy };
}
