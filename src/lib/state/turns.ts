/**
 * Lets the parts of the page redraw in turns: one in a frame, and each no more often than it can be read. So a run
 * that is faster than any eye costs no frame more than one of them. A hidden tab gets no frames, and nobody a turn.
 */
import { createPatientClock, type PlayClock } from './playClock';

/** Five times a second, digits can still be read. */
const LEAST_PAUSE_MS = 200;

export class Turns {
	readonly #clock: PlayClock;
	/** Who waits, in their order, with what they would do. */
	#waiting = new Map<object, () => void>();
	/** When each was served last. */
	#servedMs = new WeakMap<object, number>();
	#isAwake = false;

	constructor(clock: PlayClock = createPatientClock()) {
		this.#clock = clock;
	}

	/** Asks for a turn. Whoever waits already keeps its place, with what it says now. */
	ask(owner: object, run: () => void): void {
		this.#waiting.set(owner, run);
		this.#wake();
	}

	/** Nothing is left to be done for this one. */
	withdraw(owner: object): void {
		this.#waiting.delete(owner);
	}

	#wake(): void {
		if (this.#isAwake || this.#waiting.size === 0) return;
		this.#isAwake = true;
		this.#clock.onFrame((nowMs) => {
			this.#isAwake = false;
			this.#serve(nowMs);
			this.#wake();
		});
	}

	#serve(nowMs: number): void {
		for (const [owner, run] of this.#waiting) {
			if (nowMs - (this.#servedMs.get(owner) ?? -Infinity) < LEAST_PAUSE_MS) continue;
			this.#waiting.delete(owner);
			this.#servedMs.set(owner, nowMs);
			run();
			return;
		}
	}
}

/** The turns of this page. */
export const pageTurns = new Turns();
