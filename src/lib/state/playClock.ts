/** The clock of an animation: one frame at a time, with its time. A hidden tab gets no frames, so it stands. */

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
