/**
 * The playhead over the records of a run: play, pause, step, scrub, speed. It never holds the engine back unless
 * `isFollowed` asks for it: then the next phase is trained only when the last one has been shown.
 *
 * For a transport: `head` and `record` are what to draw; `isPlaying` is what the play button shows (the status of
 * the simulation flickers between running and paused while it is followed); every method is safe at any time.
 */
import {
	clampPlayhead,
	firstPlayhead,
	isNewest,
	isOvertaken,
	knownRoundAt,
	movePlayhead,
	newestPlayhead,
	nextPhase,
	previousPhase,
	recordAt,
	sameMomentIn
} from '../scene/playhead';
import type { RunRecords } from '../scene/runRecords';
import type { Phase, Playhead, RoundRecord } from '../scene/roundRecord';
import { pagePlayClock, type PlayClock } from './playClock';
import type { SimulationStatus } from './Simulation.svelte';

/** What a playback needs of a simulation. */
export interface PlaybackEngine {
	readonly records: RunRecords;
	readonly status: SimulationStatus;
	/** Counts runs, so that a playhead of an earlier one is forgotten. */
	readonly runNum: number;
	start(): Promise<void>;
	step(): Promise<void>;
	stepPhase(): Promise<void>;
	pause(): void;
}

/** Speeds for a slider; the last one keeps up with the engine, however fast it trains. */
export const playbackSpeeds: readonly number[] = [0.25, 0.5, 1, 2, 4, 8, Infinity];

/** A frame that comes later than this after the last one moves the playhead no further, in milliseconds. */
const LONGEST_FRAME_MS = 100;

export class Playback {
	readonly #engine: PlaybackEngine;
	readonly #clock: PlayClock;
	/** The reader's own place; null is the beginning. */
	#place = $state.raw<Playhead | null>(null);
	#isAttached = $state(true);
	/** The run that both belong to: in another one they mean nothing. */
	#runNum = $state(0);
	#isPlaying = $state(false);
	#isFollowed = $state(false);
	#speed = $state(Infinity);
	/** Playing ends with the phase under way. */
	#isStepping = false;
	/** Steps that were asked for while the engine was at work on one. */
	#numOwed = 0;
	#cancelFrame: (() => void) | null = null;
	#lastMs: number | null = null;

	constructor(engine: PlaybackEngine, clock: PlayClock = pagePlayClock) {
		this.#engine = engine;
		this.#clock = clock;
	}

	/** Where the reader looks; null before there is anything to see. */
	readonly head: Playhead | null = $derived.by(() => this.#find());

	get records(): RunRecords {
		return this.#engine.records;
	}

	/** The round under the playhead. */
	get record(): RoundRecord | null {
		return recordAt(this.records, this.head);
	}

	/** Figures beside the stage know no more than it has shown: the results up to this round; null for the newest. */
	get knownRound(): number | null {
		return this.isAttached || !this.head ? null : knownRoundAt(this.head);
	}

	/** The reader looks at a round after which another one has begun. */
	get isOvertaken(): boolean {
		return !this.isAttached && this.head !== null && isOvertaken(this.records, this.head);
	}

	get isPlaying(): boolean {
		return this.#isPlaying;
	}

	/** It shows the newest there is and moves on with it. */
	get isAttached(): boolean {
		return this.#isAttached || this.#runNum !== this.#engine.runNum;
	}

	/** Times the usual pace; Infinity keeps up with the engine. */
	get speed(): number {
		return this.#speed;
	}

	set speed(speed: number) {
		this.#speed = speed;
		if (!this.#isPlaying) return;
		if (speed === Infinity) this.#attach();
		else this.#moveTo(this.head);
	}

	/** The engine waits for the animation. */
	get isFollowed(): boolean {
		return this.#isFollowed;
	}

	set isFollowed(isFollowed: boolean) {
		this.#isFollowed = isFollowed;
		if (!this.#isPlaying) return;
		if (isFollowed) this.#engine.pause();
		else void this.#engine.start();
	}

	/** Plays on; from the end of a finished run, from its beginning. The engine trains as far as it is let. */
	play(): void {
		const { head, records } = this;
		const isOver = this.#engine.status === 'done' && head !== null && isNewest(records, head);
		if (isOver) this.seek(firstPlayhead(records)!);
		else if (this.#speed === Infinity) this.#attach();
		else this.#moveTo(this.head);
		this.#isStepping = false;
		this.#isPlaying = true;
		if (!this.#isFollowed && this.#engine.status !== 'done') void this.#engine.start();
		if (this.#isFollowed && this.#engine.status !== 'done') void this.#engine.stepPhase();
		this.#run();
	}

	/** The playhead stands, and the engine after the event that is on its way. */
	pause(): void {
		this.#stop();
		this.#engine.pause();
	}

	toggle(): void {
		if (this.#isPlaying) this.pause();
		else this.play();
	}

	/**
	 * Shows the next phase from beginning to end; asks the engine for it where it is not there yet. Each call is one phase
	 * more: what is under way ends at once, and what the engine is at work on is followed by the next.
	 */
	nextPhase(): void {
		const { head, records } = this;
		const next = head ? nextPhase(records, head) : firstPlayhead(records);
		if (!next && this.#engine.status === 'done') return;
		if (!next && this.#isStepping && this.#isEngineBusy) {
			this.#numOwed++;
			return;
		}
		this.#moveTo(next ?? (head && { ...head, progress: 1 }));
		if (!next) void this.#engine.stepPhase();
		this.#isStepping = true;
		this.#isPlaying = true;
		this.#run();
	}

	/** To the settled end of the phase before, to look at it: playing ends, the engine trains on. */
	previousPhase(): void {
		const before = this.head && previousPhase(this.records, this.head);
		if (before) this.#lookAt(before);
	}

	/** The same phase a round later; past the last one, the engine trains one more. */
	nextRound(): void {
		const { head } = this;
		const next = head && sameMomentIn(this.records, head, head.roundNum + 1);
		if (next) return this.seek(next);
		this.toNewest();
		if (this.#engine.status !== 'done') void this.#engine.step();
	}

	previousRound(): void {
		const { head } = this;
		const before = head && sameMomentIn(this.records, head, head.roundNum - 1);
		if (before) this.#lookAt(before);
	}

	/** To the first phase of the run, and to the newest. */
	toFirst(): void {
		const first = firstPlayhead(this.records);
		if (first) this.seek(first);
	}

	toNewest(): void {
		this.#attach();
	}

	/** Scrubs: looks where the reader says, or as near as the run has come. Playing goes on from there. */
	seek(head: Playhead): void {
		this.#moveTo(clampPlayhead(this.records, head));
		if (this.#isPlaying && this.#speed === Infinity) this.#stop();
	}

	/** Shows a phase: finished, to look at it, or from its beginning while it plays. */
	showPhase(roundNum: number, phase: Phase): void {
		const goesOn = this.#isPlaying && this.#speed !== Infinity;
		this.seek({ roundNum, phase, progress: goesOn ? 0 : 1 });
	}

	/** Ends the animation; the page is leaving. */
	dispose(): void {
		this.#stop();
	}

	#find(): Playhead | null {
		const { records } = this;
		if (this.isAttached) return newestPlayhead(records);
		return this.#place ? clampPlayhead(records, this.#place) : firstPlayhead(records);
	}

	#lookAt(head: Playhead): void {
		this.seek(head);
		this.#stop();
	}

	#attach(): void {
		this.#isAttached = true;
		this.#runNum = this.#engine.runNum;
	}

	#moveTo(place: Playhead | null): void {
		this.#place = place;
		this.#isAttached = false;
		this.#runNum = this.#engine.runNum;
	}

	#run(): void {
		if (this.#cancelFrame) return;
		this.#cancelFrame = this.#clock.onFrame((nowMs) => {
			this.#cancelFrame = null;
			const elapsedMs = Math.min(LONGEST_FRAME_MS, nowMs - (this.#lastMs ?? nowMs));
			this.#lastMs = nowMs;
			this.#advance(elapsedMs);
			if (this.#isPlaying) this.#run();
			else this.#lastMs = null;
		});
	}

	#advance(elapsedMs: number): void {
		const { head, records } = this;
		if (head && !this.isAttached) {
			const speed = this.#speed === Infinity ? 1 : this.#speed;
			const moved = movePlayhead(records, head, elapsedMs, speed);
			const isEnding = moved.phase !== head.phase || moved.progress >= 1;
			if (this.#isStepping && isEnding) return this.#endStep(head);
			this.#moveTo(moved);
			if (!isNewest(records, moved)) return;
		}
		this.#awaitEngine();
	}

	/** The phase that was stepped to is over; a step that waits for the engine goes on with what it brings. */
	#endStep(head: Playhead): void {
		const next = head.progress >= 1 ? nextPhase(this.records, head) : null;
		if (next) this.#moveTo(next);
		else if (head.progress < 1 || !this.#isEngineBusy) {
			this.#moveTo({ ...head, progress: 1 });
			if (this.#numOwed === 0) return this.#stop();
			this.#numOwed--;
			this.nextPhase();
		}
	}

	/** Everything there is has been shown. */
	#awaitEngine(): void {
		const { status } = this.#engine;
		if (this.#isEngineBusy) return;
		const isWaitingForUs = this.#isFollowed && status === 'paused';
		if (isWaitingForUs && !this.#isStepping) void this.#engine.stepPhase();
		else this.#stop();
	}

	get #isEngineBusy(): boolean {
		return this.#engine.status === 'running' || this.#engine.status === 'loading';
	}

	#stop(): void {
		this.#isPlaying = false;
		this.#isStepping = false;
		this.#numOwed = 0;
		this.#cancelFrame?.();
		this.#cancelFrame = null;
		this.#lastMs = null;
	}
}
