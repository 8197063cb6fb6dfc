/** What the live curve is doing, in one sentence. */
import type { LiveStatus } from '../../state/LiveCurve.svelte';
import { formatCount, formatCounted, formatPercent } from '../../ui/format';

export interface LiveSituation {
	status: LiveStatus;
	/** Of the settings that are followed. */
	numRounds: number;
	/** On unseen writers, as far as the curve in sight has come; null where there is none. */
	accuracy: number | null;
	/** Runs in the background wait until the watched run rests. */
	isHeld: boolean;
	isSweeping: boolean;
}

export function liveSentence({
	status,
	numRounds,
	accuracy,
	isHeld,
	isSweeping
}: LiveSituation): string {
	if (status.kind === 'off') {
		return 'Move a knob, and a curve of what it would do appears beside the run.';
	}
	if (isSweeping) return 'Waits for the sweep to end.';
	if (isHeld) return 'Waits while the run on stage goes. Pause it to try settings.';
	const reached = accuracy === null ? '' : `Unseen writers ${formatPercent(accuracy)}. `;
	switch (status.kind) {
		case 'idle':
			return 'Move a knob to see what it does.';
		case 'drawing':
			return status.numRounds === 0
				? 'Starting a run with these settings.'
				: `${reached}Round ${formatCount(status.numRounds)} of ${formatCount(numRounds)}.`;
		case 'drawn':
			return `${reached}${formatCounted(numRounds, 'round')} in ${seconds(status.ms)}, without baselines.`;
		case 'slow':
			return (
				`This run would take about ${seconds(status.ms)}: too long to follow a knob.` +
				(accuracy === null ? '' : ' The curve is of the settings before.')
			);
		case 'failed':
			return status.sentence;
	}
}

/** "0.8 s", "12 s", "3 min". */
export function seconds(ms: number): string {
	if (ms < 9950) return `${(ms / 1000).toFixed(1)}\u00a0s`;
	if (ms < 90_000) return `${formatCount(ms / 1000)}\u00a0s`;
	return `${formatCount(ms / 60_000)}\u00a0min`;
}
