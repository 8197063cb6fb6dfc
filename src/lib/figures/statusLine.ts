/** What the run is doing, in one line for eyes and ears. */
import type { Playhead } from '../scene/roundRecord';
import type { RunSnapshot } from '../scene/runSnapshot';
import type { SimulationStatus } from '../state/Simulation.svelte';
import { formatCount, formatCounted, formatPercent } from '../ui/format';

/** Rounds that taught the model nothing, as nobody's answer counted; from 1. */
export function lostRounds({ metrics }: Pick<RunSnapshot, 'metrics'>): number[] {
	return metrics.filter(({ numAnswered }) => numAnswered === 0).map(({ round }) => round);
}

/**
 * "Round 12 of 60, unseen writers 88.9 % after 11", with what else is true: rounds go by before they are measured. A run
 * that rests names the round of its figure where that is an earlier one; no figures where the stage shows less.
 */
export function statusLine(
	status: SimulationStatus,
	snapshot: RunSnapshot,
	numRounds: number,
	isLookingBack = false
): string {
	const measured = isLookingBack ? '' : wordMeasured(snapshot, status === 'running');
	const numLost = lostRounds(snapshot).length;
	const lost = numLost > 0 ? `, ${formatCount(numLost)} lost` : '';
	switch (status) {
		case 'ready':
			return 'Ready. Nothing has been trained yet.';
		case 'loading':
			return 'Waking the workers and fetching the first digits…';
		case 'running':
			return snapshot.roundNum === 0
				? 'Starting…'
				: `Round ${snapshot.roundNum} of ${numRounds}${lost}${measured}`;
		case 'paused':
			return `${restWord(status)} Round ${snapshot.roundNum} of ${numRounds}${lost}${measured}`;
		case 'done':
			return `${restWord(status)} ${formatCounted(snapshot.roundNum, 'round')}${lost}${measured}`;
		case 'failed':
			return 'The run has stopped.';
	}
}

/** While it runs, the round is always named: the line would jump at the end of each one. */
function wordMeasured(
	{ evaluation, evaluatedRound, roundNum }: RunSnapshot,
	isRunning: boolean
): string {
	if (!evaluation) return '';
	const isOfAnother = evaluatedRound !== roundNum;
	const after = isRunning || isOfAnother ? ` after ${evaluatedRound}` : '';
	return `, unseen writers ${formatPercent(evaluation.unseen.accuracy)}${after}`;
}

/** As it looks to the reader: training that waits for the picture pauses after every phase, and yet the run goes on. */
export function shownStatus(status: SimulationStatus, isPlaying: boolean): SimulationStatus {
	return status === 'paused' && isPlaying ? 'running' : status;
}

/** What the line about the run begins with where that rests, for the line that stands in its place. */
export function restWord(status: SimulationStatus): string {
	return status === 'paused' ? 'Paused.' : status === 'done' ? 'Done.' : '';
}

/** What stands on the stage and in the figures beside it, where that is not the newest: "Shown: round 12 of 60, train". */
export function shownLine({ roundNum, phase }: Playhead, numRounds: number): string {
	return `Shown: round ${roundNum} of ${numRounds}, ${phase}`;
}
