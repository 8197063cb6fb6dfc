/** The clocks of an animation: one frame at a time, with its time. A hidden tab gets no frames, so they stand. */

export interface PlayClock {
	/** Calls once at the next frame with the time in milliseconds; the result cancels it. */
	onFrame(run: (nowMs: number) => void): () => void;
}

export const pagePlayClock: PlayClock = {
	onFrame(run) {
		const handle = requestAnimationFrame(run);
		return () => cancelAnimationFrame(handle);
	}
};

/** A frame that others have worked on for so long is full. */
const FULL_AFTER_MS = 5;
/** After so many full frames it is the turn of whoever waits, all the same. */
const MOST_FULL = 3;

/** Calls at the next frame that is not full already: for what can wait a moment better than a movement can. */
export function createPatientClock(
	clock: PlayClock = pagePlayClock,
	readMs: () => number = () => performance.now()
): PlayClock {
	return {
		onFrame(run) {
			let numFull = 0;
			let cancel = clock.onFrame(function look(nowMs) {
				if (readMs() - nowMs > FULL_AFTER_MS && numFull++ < MOST_FULL) cancel = clock.onFrame(look);
				else run(nowMs);
			});
			return () => cancel();
		}
	};
}
