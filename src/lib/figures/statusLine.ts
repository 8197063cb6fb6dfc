/** What the run is doing, in one line for eyes and ears. */
import { formatCounted, formatPercent } from '../ui/format';
import type { RunSnapshot } from '../scene/runSnapshot';
import type { SimulationStatus } from '../state/Simulation.svelte';

/** "Round 12 of 60, unseen writers 88.9 %", with what else is true at this moment. */
export function statusLine(
	status: SimulationStatus,
	snapshot: RunSnapshot,
	numRounds: number
): string {
	const measured = snapshot.evaluation
		? `, unseen writers ${formatPercent(snapshot.evaluation.unseen.accuracy)}`
		: '';
	switch (status) {
		case 'ready':
			return 'Ready. Nothing has been trained yet.';
		case 'loading':
			return 'Waking the workers and fetching the first digits…';
		case 'running':
			return snapshot.roundNum === 0
				? 'Starting…'
				: `Round ${snapshot.roundNum} of ${numRounds}${measured}`;
		case 'paused':
			return `Paused. Round ${snapshot.roundNum} of ${numRounds}${measured}`;
		case 'done':
			return `Done. ${formatCounted(snapshot.roundNum, 'round')}${measured}`;
		case 'failed':
			return 'The run has stopped.';
	}
}

/** As it looks to the reader: training that waits for the picture pauses after every phase, and yet the run goes on. */
export function shownStatus(status: SimulationStatus, isPlaying: boolean): SimulationStatus {
	return status === 'paused' && isPlaying ? 'running' : status;
}
