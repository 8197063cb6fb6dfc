/** How a phase moves. The still case shows each phase as it ends, so that nothing moves and nothing is lost. */

export interface Motion {
	/** Where a phase stands, 0 to 1, for a playhead that has come this far through it. */
	progressOf(progress: number): number;
	/** How far a movement between two moments of the phase has come, 0 to 1, eased at both ends. */
	along(progress: number, start: number, end: number): number;
}

export const moving: Motion = {
	progressOf: (progress) => clampShare(progress),
	along: (progress, start, end) =>
		easeInOut(clampShare((progress - start) / Math.max(1e-9, end - start)))
};

/** Cubic at both ends, as d3-ease has it: one line here, where a page would get all curves of that package. */
function easeInOut(share: number): number {
	return share < 0.5 ? 4 * share ** 3 : 1 - 4 * (1 - share) ** 3;
}

/** For readers who asked their system for less motion, and for pictures that are printed. */
export const still: Motion = { progressOf: () => 1, along: () => 1 };

/** The moments at which the item of a row begins and ends its own movement, when all share one phase. */
export function staggered(
	index: number,
	count: number,
	share: number
): { start: number; end: number } {
	const start = count <= 1 ? 0 : (index / (count - 1)) * (1 - share);
	return { start, end: start + share };
}

/** A number held between 0 and 1. */
export function clampShare(value: number): number {
	return Math.min(1, Math.max(0, value));
}
