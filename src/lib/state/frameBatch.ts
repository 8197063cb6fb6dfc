/**
 * Gathers items, has them worked in, and lets the outcome be shown at most once an animation frame. A hidden tab gets
 * no frames: there a slow timer has the items worked in, so that nothing piles up, and nothing is shown until it is back.
 */

import { createPatientClock } from './playClock';

/** The two clocks of the page; replaced in tests. */
export interface FrameClock {
	onFrame(run: () => void): () => void;
	onTimer(run: () => void, delayMs: number): () => void;
}

export interface BatchWork<Item> {
	/** Works items in, in their order. Nobody sees it. */
	take(items: Item[]): void;
	/** Shows what all items so far have come to. */
	show(): void;
}

const LONGEST_WAIT_MS = 400;
/** Timers of a tab that has long been hidden come once a minute: so many items do not wait for them. */
const MOST_WAITING = 256;

const pageClock: FrameClock = {
	...createPatientClock(),
	onTimer(run, delayMs) {
		const handle = setTimeout(run, delayMs);
		return () => clearTimeout(handle);
	}
};

export class FrameBatch<Item> {
	#items: Item[] = [];
	#cancelFrame: (() => void) | null = null;
	#cancelTimer: (() => void) | null = null;
	readonly #work: BatchWork<Item>;
	readonly #clock: FrameClock;

	constructor(work: BatchWork<Item>, clock: FrameClock = pageClock) {
		this.#work = work;
		this.#clock = clock;
	}

	push(item: Item): void {
		this.#items.push(item);
		this.#cancelFrame ??= this.#clock.onFrame(() => this.flush());
		this.#cancelTimer ??= this.#clock.onTimer(() => this.#take(), LONGEST_WAIT_MS);
		if (this.#items.length >= MOST_WAITING) this.#take();
	}

	/** Shows everything, now. */
	flush(): void {
		if (!this.#cancelFrame) return;
		this.#take();
		this.#cancelFrame();
		this.#cancelFrame = null;
		this.#work.show();
	}

	/** Forgets what waits, to be worked in or to be shown. */
	clear(): void {
		this.#items = [];
		this.#cancelTimer?.();
		this.#cancelFrame?.();
		this.#cancelTimer = this.#cancelFrame = null;
	}

	#take(): void {
		this.#cancelTimer?.();
		this.#cancelTimer = null;
		const items = this.#items;
		this.#items = [];
		if (items.length > 0) this.#work.take(items);
	}
}
