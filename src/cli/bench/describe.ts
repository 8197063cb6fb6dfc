/** The benchmark's figures as tables for people. */
import { percent } from '../progress';
import type { MaskingTiming, PrivacyPoint } from './privacy';
import type { CellTiming } from './cell';
import type { EvaluationTiming } from './evaluation';
import type { PageFigures } from './page';
import type { StageFigures } from './stage';
import type { RoundTiming, WholeRunTiming } from './rounds';
import type { StepTiming } from './steps';
import { leastSpeedUp, mostPercentOverTraining } from './targets';

export interface Figures {
	steps: StepTiming[];
	/** One sentence about each peer that is not present. */
	absences: string[];
	evaluations: EvaluationTiming[];
	rounds: RoundTiming[];
	wholeRuns: WholeRunTiming[];
	cell: CellTiming;
	masking: MaskingTiming[];
	privacy: PrivacyPoint[];
	page: PageFigures;
	stage: StageFigures;
}

/** A table for each part that was measured. */
export function describe({
	steps,
	absences = [],
	evaluations,
	rounds,
	wholeRuns,
	cell,
	masking,
	privacy,
	page,
	stage
}: Partial<Figures>): string {
	const parts = [
		steps && describeSteps(steps, absences),
		evaluations && describeEvaluations(evaluations),
		rounds && describeRounds(rounds),
		wholeRuns && describeWholeRuns(wholeRuns),
		cell && describeCell(cell),
		masking && describeMasking(masking),
		privacy && describePrivacy(privacy),
		page && describePage(page),
		stage && describeStage(stage)
	];
	return parts.flatMap((lines) => (lines ? [lines.join('\n')] : [])).join('\n\n');
}

function describeSteps(steps: readonly StepTiming[], absences: readonly string[]): string[] {
	const lines = [
		'Gradient steps, one thread, ms (medians of alternating runs); ratios to PyTorch',
		'  model     batch    ours  op by op   stock  PyTorch   numpy  ours/PyTorch          op by op/PyTorch    ours/numpy'
	];
	for (const timing of steps) {
		const { model, batchSize, oursMs, opByOpMs, stockMs, torchMs, numpyMs } = timing;
		lines.push(
			`  ${model.padEnd(10)}${pad(batchSize, 5, 0)}${pad(oursMs, 8)}${pad(opByOpMs, 10)}${pad(stockMs, 8)}${pad(torchMs, 9)}${pad(numpyMs, 8)}` +
				judge(oursMs, torchMs, timing.mustReach, 14) +
				judge(opByOpMs, torchMs, timing.opByOpMustReach, 12) +
				pad(divide(oursMs, numpyMs), 14)
		);
	}
	return [...lines, ...absences.map((sentence) => `  ${sentence}`)];
}

/** "0.31 (<= 0.50: yes)", or only the ratio where nothing is asked. */
function judge(
	ms: number | null,
	torchMs: number | null,
	most: number | null,
	width: number
): string {
	const ratio = divide(ms, torchMs);
	if (ratio === null || most === null) return pad(ratio, width) + ' '.repeat(16);
	return `${pad(ratio, width - 8)} ${verdict(ratio <= most, `≤ ${most}`).padEnd(15)}`;
}

function describeEvaluations(timings: readonly EvaluationTiming[]): string[] {
	return [
		'A digit, one thread, µs: in a local epoch of batches of ten, and where it is measured round after round',
		'  model       training  measuring  measuring/training',
		...timings.map(({ model, trainUs, measureUs }) => {
			const ratio = measureUs / trainUs;
			return `  ${model.padEnd(10)}${pad(trainUs, 10)}${pad(measureUs, 11)}${pad(ratio, 10)} ${verdict(ratio <= 1, '≤ 1')}`;
		})
	];
}

function describeRounds(rounds: readonly RoundTiming[]): string[] {
	const lines = [
		'Rounds: 10 of 289 writers, 1 epoch, batch 10',
		'"training" is all that the clients of a round do, from the model to the update: on as many threads, side by side, without a server',
		'  model     workers  whole round ms  round ms  training ms  over training     start-up ms  KB a round'
	];
	for (const timing of rounds) {
		const { model, numWorkers, wholeRoundMs, roundMs, trainingMs, startUpMs } = timing;
		const percentOver = 100 * (roundMs / trainingMs - 1);
		lines.push(
			`  ${model.padEnd(10)}${pad(numWorkers, 7, 0)}${pad(wholeRoundMs, 16, 1)}${pad(roundMs, 10)}${pad(trainingMs, 13)}` +
				`${pad(percentOver, 5, 0)} % ${verdict(percentOver <= mostPercentOverTraining, `≤ ${mostPercentOverTraining}`).padEnd(13)}` +
				`${pad(startUpMs, 10, 0)}${pad(timing.trainingBytes / 1000, 12, 0)}`
		);
	}
	for (const alone of rounds.filter(({ numWorkers }) => numWorkers === 1)) {
		const pair = rounds.find((t) => t.model === alone.model && t.numWorkers === 2);
		if (!pair) continue;
		const speedUp = alone.roundMs / pair.roundMs;
		lines.push(
			`  ${alone.model}: two workers give ${speedUp.toFixed(2)} times the rounds of one ${verdict(speedUp >= leastSpeedUp, `≥ ${leastSpeedUp}`)};` +
				` two threads without a server give ${(alone.trainingMs / pair.trainingMs).toFixed(2)} times the training`
		);
	}
	return lines;
}

function describeWholeRuns(runs: readonly WholeRunTiming[]): string[] {
	return [
		'Whole runs: 60 rounds of 10 writers, 1 epoch, batch 10, evaluated after each, two workers',
		...runs.map(
			({ model, seconds, mostSeconds, unseenAccuracy }) =>
				`  ${model.padEnd(10)}${seconds.toFixed(2)} s ${verdict(seconds <= mostSeconds, `≤ ${mostSeconds}`)}, ${percent(unseenAccuracy)} of unseen writers' digits`
		)
	];
}

function describeCell(cell: CellTiming): string[] {
	const { rounds, seconds, clientLr, publishedRounds, mostSeconds } = cell;
	const isReached = rounds !== null && rounds <= publishedRounds;
	return [
		`2NN to 97 % on MNIST: 100 clients of 600 (IID), C = 0.1, E = 1, B = 10, rate ${clientLr}, two threads`,
		`  ${rounds === null ? 'not reached' : `${rounds.toFixed(1)} rounds`} ${verdict(isReached, `published ${publishedRounds}`)} in ${seconds.toFixed(1)} s ${verdict(seconds <= mostSeconds, `≤ ${mostSeconds}`)}`
	];
}

function describeMasking(masking: readonly MaskingTiming[]): string[] {
	const lines = [
		'Masked rounds against plain ones, 600 digits a client, one worker thread',
		'  model    cohort  what       plain ms  masked ms  masks ms  masked/plain'
	];
	for (const { model, cohortSize, scope, plainSeconds, maskedSeconds, ratio } of masking) {
		lines.push(
			`  ${model.padEnd(8)}${pad(cohortSize, 7, 0)}  ${scope.padEnd(8)}${pad(1000 * plainSeconds, 11, 1)}${pad(1000 * maskedSeconds, 11, 1)}${pad(1000 * (maskedSeconds - plainSeconds), 10, 1)}${pad(ratio, 14)}`
		);
	}
	return lines;
}

function describePrivacy(privacy: readonly PrivacyPoint[]): string[] {
	const epsilons = privacy[0].curve.map(({ epsilon }) => `ε ${epsilon.toPrecision(3)}`.padStart(9));
	return [
		'Accuracy on unseen writers against tight epsilon: softmax, cohort 30 by coins, z = 1, delta 0.001',
		`  clip      ${epsilons.join('')}`,
		...privacy.map(({ clip, curve }) => {
			const row = curve.map(({ accuracy }) => percent(accuracy).padStart(9));
			return `  ${String(clip).padEnd(10)}${row.join('')}`;
		})
	];
}

function describePage(page: PageFigures): string[] {
	return [
		'The playground in a browser',
		`  JavaScript before Start      ${pad(page.scriptBytesBeforeStart / 1000, 8, 0)} KB gzip`,
		`  data before the first round  ${pad(page.dataBytesBeforeFirstRound / 1000, 8, 0)} KB`,
		`  Start to the second round    ${pad(page.firstRoundMs, 8, 0)} ms`,
		`  longest main-thread task while 30 clients train, after loading  ${pad(page.longestTaskMs, 0, 0)} ms (${page.numLongTasks} over 50 ms in ${page.numRounds} rounds)`
	];
}

function describeStage({ frames, crowd }: StageFigures): string[] {
	const atMost = (value: number, most: number) => verdict(value <= most, `≤ ${most}`);
	const lines = [
		'Scripting, style, layout and pre-paint of a frame on the main thread, ms, while clients train under masks',
		'("worst" is the middle one of the worst frames of three recordings; "empty page" was opened beside the stage afterwards)',
		'  model      cohort  speed  frames  time       median                 95 %     worst                 empty page: median  worst'
	];
	for (const { model, cohortSize, speed, numFrames, wallMs, processorMs, floor } of frames) {
		for (const [time, { median, high, worst }, empty] of [
			['wall', wallMs, floor.wallMs],
			['processor', processorMs, floor.processorMs]
		] as const) {
			lines.push(
				`  ${model.padEnd(11)}${pad(cohortSize, 6, 0)}  ${speed.padEnd(5)}${pad(numFrames, 8, 0)}  ${time.padEnd(9)}` +
					`${pad(median, 8, 1)} ${atMost(median, 6).padEnd(14)}${pad(high, 8, 1)}${pad(worst, 10, 1)} ${atMost(worst, 16).padEnd(14)}` +
					`${pad(empty.median, 24, 1)}${pad(empty.worst, 7, 1)}`
			);
		}
	}
	const { numClients, memory, seconds, longestTaskMs, numLongTasks } = crowd;
	const megabytes = (bytes: number) => pad(bytes / 1e6, 8, 0);
	const [first, last] = [memory[0], memory[memory.length - 1]];
	const growth = (last.totalBytes - first.totalBytes) / 1e6;
	return [
		...lines,
		`${numClients} clients in every round, no masks, as fast as they train: ${last.roundNum} rounds in ${seconds.toFixed(0)} s`,
		'  round   heap of the page, MB   page and workers, MB',
		...memory.map(
			({ roundNum, heapBytes, totalBytes }) =>
				`  ${pad(roundNum, 5, 0)}${megabytes(heapBytes).padStart(23)}${megabytes(totalBytes).padStart(23)} ${atMost(totalBytes / 1e6, 250)}`
		),
		`  from round ${first.roundNum} to ${last.roundNum} it grows by ${growth.toFixed(1)} MB`,
		`  longest main-thread task ${longestTaskMs.toFixed(0)} ms ${atMost(longestTaskMs, 50)}, ${numLongTasks} over 50 ms`
	];
}

/** "(≤ 15: yes)". */
function verdict(isReached: boolean, target: string): string {
	return `(${target}: ${isReached ? 'yes' : 'no'})`;
}

function divide(a: number | null, b: number | null): number | null {
	return a === null || b === null ? null : a / b;
}

function pad(value: number | null, width: number, decimals = 2): string {
	return (value === null ? '-' : value.toFixed(decimals)).padStart(width);
}
