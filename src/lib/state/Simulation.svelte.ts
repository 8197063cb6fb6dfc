/**
 * A federation as the page holds it: the settings, the run on screen, and the picture of that run.
 * Play, pause and step are only how the stream of events is pulled.
 */
import { defaultConfig, sameSettings, type RunConfig } from '../federated/config';
import type { RunEvent } from '../federated/events';
import type { DigitReading } from '../federated/observation';
import type { WireLog } from '../federated/wireLog';
import type { RunRecords } from '../scene/runRecords';
import type { RunSnapshot } from '../scene/runSnapshot';
import type { FederationHost } from '../workers/federationHost';
import type { FrameClock } from './frameBatch';
import { RunDriver, type Goal } from './RunDriver';
import { RunPicture } from './RunPicture.svelte';

export type SimulationStatus = 'ready' | 'loading' | 'running' | 'paused' | 'done' | 'failed';

export interface SimulationOptions {
	/** Makes the workers; called at the first start, and again after a failure. */
	createHost: () => Promise<FederationHost>;
	config?: RunConfig;
	clock?: FrameClock;
	/** Keeps what the stage shows of updates and masks: `records` is then complete. Runs take a little longer. */
	isObserved?: boolean;
	/** Least time of a round in milliseconds. */
	leastRoundMs?: number;
	/** Called once, when the first run has delivered its first event. */
	onfirstrun?: () => void;
	/** Called once, when the first run is complete. */
	onfirstdone?: () => void;
}

export class Simulation {
	readonly #driver: RunDriver;
	readonly #picture: RunPicture;
	/** Told once each, then forgotten. */
	#onfirstrun: (() => void) | undefined;
	#onfirstdone: (() => void) | undefined;

	#status = $state<SimulationStatus>('ready');
	#config = $state.raw<RunConfig>(defaultConfig);
	#runningConfig = $state.raw<RunConfig | null>(null);
	#runNum = $state(0);
	#failure = $state<string | null>(null);
	#wireLog = $state.raw<WireLog | null>(null);
	#unplugged = $state.raw<readonly number[]>([]);
	/** The worker unplugged last, with how far the run had come by then. */
	#silence = $state.raw<{ slot: number; numRetries: number; numRounds: number } | null>(null);
	#muted = $state.raw<readonly number[]>([]);
	#drops = $state.raw<readonly { clientId: number; roundNum: number }[]>([]);
	#canResume = $state(false);

	constructor(options: SimulationOptions) {
		const { createHost, config, clock, isObserved = false, leastRoundMs = 0 } = options;
		this.#config = config ?? defaultConfig;
		this.#onfirstrun = options.onfirstrun;
		this.#onfirstdone = options.onfirstdone;
		const onevent = (event: RunEvent) => this.#take(event);
		this.#driver = new RunDriver({ createHost, onevent, isObserved, leastRoundMs });
		this.#picture = new RunPicture(true, clock);
	}

	get status(): SimulationStatus {
		return this.#status;
	}

	/** The settings of the controls: those of the next run. */
	get config(): RunConfig {
		return this.#config;
	}

	set config(config: RunConfig) {
		this.#config = config;
	}

	/** The settings of the run on screen, or of the next one where there is none. */
	get shownConfig(): RunConfig {
		return this.#runningConfig ?? this.#config;
	}

	/** The settings differ from those of the run on screen. */
	get hasPendingChanges(): boolean {
		const running = this.#runningConfig;
		return running !== null && !sameSettings(running, this.#config);
	}

	get snapshot(): RunSnapshot {
		return this.#picture.snapshot;
	}

	/** Every round so far as the stage plays it. */
	get records(): RunRecords {
		return this.#picture.records;
	}

	/** Counts runs: another number, another run. */
	get runNum(): number {
		return this.#runNum;
	}

	/** One sentence, or null while nothing has failed. */
	get failure(): string | null {
		return this.#failure;
	}

	/** The round from which a failed run goes on when it is started again. */
	get resumeRound(): number {
		return this.#canResume ? this.snapshot.metrics.length + 1 : 1;
	}

	/** Nothing can go on: to train, a run has to begin, with the settings of the controls. */
	get isBlank(): boolean {
		return this.#status === 'ready' || (this.#status === 'failed' && !this.#canResume);
	}

	/** What crossed between clients and server, as of the last `refreshWireLog`. */
	get wireLog(): WireLog | null {
		return this.#wireLog;
	}

	/** One entry a client worker: how often it was unplugged. Empty before the first start. */
	get unplugged(): readonly number[] {
		return this.#unplugged;
	}

	/**
	 * The worker that was unplugged and is not missed yet: since then there was no retry, and the end of no round but one
	 * that was on its way to the page already.
	 */
	get silentSlot(): number | null {
		if (!this.#silence || this.#status !== 'running') return null;
		const { slot, numRetries, numRounds } = this.#silence;
		const { retries, metrics } = this.snapshot;
		return retries.length === numRetries && metrics.length <= numRounds + 1 ? slot : null;
	}

	/**
	 * Starts a run, or goes on with the paused one. A finished run starts over; a failed one goes on from the
	 * last completed round, unless the federation itself is gone.
	 */
	start(): Promise<void> {
		return this.#pullTo('end');
	}

	/** Runs to the end of the current round, or through the next one. */
	step(): Promise<void> {
		return this.#pullTo('round');
	}

	/** Runs to the end of the phase that comes next. */
	stepPhase(): Promise<void> {
		return this.#pullTo('phase');
	}

	/** Rests after the event that is on its way. Clients already at work finish their piece. */
	pause(): void {
		if (this.#status !== 'running') return;
		this.#driver.rest();
		this.#status = 'paused';
	}

	/** Ends the run and clears the picture; the settings stay. */
	reset(): void {
		if (this.#status === 'failed') this.#driver.disposeHost();
		else this.#driver.abandon();
		this.#picture.clear();
		this.#runNum++;
		this.#muted = [];
		this.#drops = [];
		this.#runningConfig = null;
		this.#wireLog = null;
		this.#silence = null;
		this.#failure = null;
		this.#status = 'ready';
	}

	/** Resets and starts: how changed settings take effect. */
	restart(): Promise<void> {
		this.reset();
		return this.start();
	}

	/** Kills a worker as a crash would. The pool has to notice by itself. */
	unplug(slot: number): void {
		this.#driver.host?.killWorker(slot);
		const { retries, metrics } = this.snapshot;
		this.#silence = { slot, numRetries: retries.length, numRounds: metrics.length };
		this.#unplugged = this.#unplugged.map((count, index) => count + Number(index === slot));
	}

	/** Clients that never answer, by the reader's own hand: for the run on screen, or the next one before it. */
	get muted(): readonly number[] {
		return this.#muted;
	}

	/** Mutes a client, or lets it answer again. An intervention outside of the seed. */
	mute(clientId: number, isMuted: boolean): void {
		const others = this.#muted.filter((id) => id !== clientId);
		this.#muted = isMuted ? [...others, clientId] : others;
		void this.#driver.session?.muteClient(clientId, isMuted).catch(() => {});
	}

	/** The client falls silent in the round under way or in the next, also outside of the seed. Gives it; null without a run. */
	async dropClient(clientId: number): Promise<number | null> {
		const runNum = this.#runNum;
		const roundNum = (await this.#driver.session?.dropClient(clientId).catch(() => null)) ?? null;
		const isKnown = roundNum !== null && runNum === this.#runNum;
		if (isKnown) this.#drops = [...this.#drops, { clientId, roundNum }];
		return roundNum;
	}

	/** The round of this run out of which the reader has dropped a client last; null for none. */
	dropRoundOf(clientId: number): number | null {
		return this.#drops.findLast((drop) => drop.clientId === clientId)?.roundNum ?? null;
	}

	/** Fetches the record of what crossed between clients and server. */
	async refreshWireLog(): Promise<void> {
		const session = this.#driver.session;
		const log = await session?.wireLog().catch(() => null);
		if (log && session === this.#driver.session) this.#wireLog = log;
	}

	/** What the newest shared model takes the held-out digits of a client for; null where there is no run. */
	async readHeldOut(clientId: number): Promise<DigitReading | null> {
		return (await this.#driver.session?.readHeldOut(clientId)) ?? null;
	}

	/** Ends everything; the page is leaving. */
	dispose(): void {
		this.#picture.stop();
		this.#driver.disposeHost();
	}

	async #pullTo(goal: Goal): Promise<void> {
		if (this.#status === 'loading') return;
		if (this.#status === 'done' || (this.#status === 'failed' && !this.#canResume)) this.reset();
		this.#failure = null;
		try {
			if (this.#runningConfig === null && !(await this.#open())) return;
			this.#status = 'running';
			const hasRested = await this.#driver.pullTo(goal);
			if (!hasRested || this.#status !== 'running') return;
			// Whoever waits for a phase wants to see it before it asks for the next one.
			if (goal === 'phase') this.#picture.flush();
			this.#status = 'paused';
		} catch (error) {
			this.#fail(error);
		}
	}

	/** False when the run was reset before it began. */
	async #open(): Promise<boolean> {
		this.#status = 'loading';
		this.#runningConfig = this.#config;
		if (!(await this.#driver.open(this.#config))) return false;
		const { session } = this.#driver;
		await Promise.all(this.#muted.map((clientId) => session?.muteClient(clientId, true)));
		const numWorkers = this.#driver.host?.numWorkers ?? 0;
		if (this.#unplugged.length !== numWorkers) {
			this.#unplugged = new Array<number>(numWorkers).fill(0);
		}
		return true;
	}

	#take(event: RunEvent): void {
		this.#picture.add(event);
		if (event.type === 'RunCompleted') {
			this.#picture.flush();
			this.#status = 'done';
			this.#onfirstdone?.();
			this.#onfirstdone = undefined;
		}
		this.#onfirstrun?.();
		this.#onfirstrun = undefined;
	}

	#fail(error: unknown): void {
		this.#picture.flush();
		this.#failure = error instanceof Error ? error.message : String(error);
		this.#canResume = this.#driver.canResume;
		this.#status = 'failed';
	}
}
