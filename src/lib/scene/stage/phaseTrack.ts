/** The phases of a round along a line: each ends at its bead, and the way to it is its progress. */
import type { Phase } from '../roundRecord';
import { clampShare } from './motion';

/** Where a moment lies on the line, 0 to 1. */
export function shareOf(phases: readonly Phase[], phase: Phase, progress: number): number {
	const index = phases.indexOf(phase);
	return index < 0 ? 0 : (index + clampShare(progress)) / phases.length;
}

/** The moment at a place of the line. */
export function momentAt(
	phases: readonly Phase[],
	share: number
): { phase: Phase; progress: number } {
	const place = clampShare(share) * phases.length;
	const index = Math.min(phases.length - 1, Math.max(0, Math.ceil(place) - 1));
	return { phase: phases[index], progress: clampShare(place - index) };
}
