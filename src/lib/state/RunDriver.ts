/**
 * Owns the workers and the run in progress, and pulls its events: to the end, to the end of a round,
 * or until told to rest. One loop pulls at a time; an abandoned run delivers nothing more.
 */
import type { RunConfig } from '../federated/config';
import type { RunEvent } from '../federated/events';
import { phasesEndedBy } from '../scene/phases';
import type { FederationHost, RunSession } from '../workers/federationHost';

export interface RunDriverOptions {
	/** Makes the workers; called at the first run, and again after `disposeHost`. */
	createHost: () => Promise<FederationHost>;
	/** Takes each event, in order. */
	onevent: (event: RunEvent) => void;
	/** Runs tell the stage how updates look on their way. */
	isObserved?: boolean;
	/** Least time of a round in milliseconds, for eyes that want to follow; 0 unless told. */
	leastRoundMs?: number;
}

/** How far the stream is pulled before it rests. */
export type Goal = 'phase' | 'round' | 'end';

export class RunDriver {
	readonly #options: RunDriverOptions;
	#host: FederationHost | null = null;
	#session: RunSession | null = null;
	/** Counts runs: whatever belongs to an earlier number is dropped. */
	#run = 0;
	#goal: Goal | 'rest' = 'rest';
	/** Of the goal 'round': how many are still asked for. */
	#roundsAsked = 0;
	/** The loop that pulls now, and the run it belongs to. */
	#loop: { run: number; hasRested: Promise<boolean> } | null = null;
	#numRounds = 0;
	#roundEndMs = 0;
	/** What an abandoned run still has to finish before the next one may start. */
	#farewell: Promise<unknown> = Promise.resolve();

	constructor(options: RunDriverOptions) {
		this.#options = options;
	}

	get host(): FederationHost | null {
		return this.#host;
	}

	get session(): RunSession | null {
		return this.#session;
	}

	/** A run that has failed can go on from its last completed round. */
	get canResume(): boolean {
		return this.#session !== null && this.#host !== null && this.#host.isAlive();
	}

	/** Starts a run; false when it was abandoned meanwhile. */
	async open(config: RunConfig): Promise<boolean> {
		const run = ++this.#run;
		this.#numRounds = config.rounds;
		const opening = this.#open(run, config, this.#farewell);
		this.#farewell = Promise.allSettled([this.#farewell, opening]);
		try {
			return await opening;
		} catch (error) {
			if (run === this.#run) throw error;
			return false;
		}
	}

	/**
	 * Pulls until the goal is reached or `rest` is called; false when the run was abandoned meanwhile. A round that is
	 * asked for while another one is on its way comes after it.
	 * Rejects with the run's own sentence.
	 */
	pullTo(goal: Goal): Promise<boolean> {
		this.#roundsAsked = goal === 'round' && this.#goal === 'round' ? this.#roundsAsked + 1 : 1;
		this.#goal = goal;
		if (this.#loop?.run !== this.#run) {
			this.#loop = { run: this.#run, hasRested: this.#pull(this.#run) };
		}
		return this.#loop.hasRested;
	}

	/** Stops pulling after the event that is on its way. */
	rest(): void {
		this.#goal = 'rest';
	}

	/** Ends the run and drops what it still delivers. */
	abandon(): void {
		const session = this.#session;
		this.#run++;
		this.#goal = 'rest';
		this.#session = null;
		this.#farewell = Promise.allSettled([this.#farewell, session?.end()]);
	}

	/** Ends all workers. */
	disposeHost(): void {
		this.abandon();
		this.#host?.dispose();
		this.#host = null;
		this.#farewell = Promise.resolve();
	}

	async #open(run: number, config: RunConfig, farewell: Promise<unknown>): Promise<boolean> {
		await farewell;
		if (run !== this.#run) return false;
		const host = this.#host ?? (await this.#options.createHost());
		if (run !== this.#run) {
			if (host !== this.#host) host.dispose();
			return false;
		}
		this.#host = host;
		const session = await host.startRun(config, this.#options.isObserved);
		if (run === this.#run) {
			this.#session = session;
			return true;
		}
		await session.end();
		return false;
	}

	async #pull(run: number): Promise<boolean> {
		try {
			while (run === this.#run && this.#goal !== 'rest') await this.#pullOne(run);
		} catch (error) {
			if (run === this.#run) throw error;
		} finally {
			if (this.#loop?.run === run) this.#loop = null;
		}
		return run === this.#run;
	}

	async #pullOne(run: number): Promise<void> {
		const result = await this.#session?.next();
		if (run !== this.#run) return;
		if (!result || result.done) {
			this.#goal = 'rest';
			return;
		}
		const event = result.value;
		this.#options.onevent(event);
		const hasMoreRounds = event.type === 'RoundCompleted' && event.roundNum < this.#numRounds;
		if (hasMoreRounds && this.#goal === 'round' && --this.#roundsAsked === 0) this.#goal = 'rest';
		const isMoreToCome = event.type !== 'RoundCompleted' || hasMoreRounds;
		const isPhaseOver = phasesEndedBy(event).length > 0;
		if (isMoreToCome && isPhaseOver && this.#goal === 'phase') this.#goal = 'rest';
		if (event.type === 'RoundCompleted') await this.#fillTime();
	}

	async #fillTime(): Promise<void> {
		const endMs = this.#roundEndMs + (this.#options.leastRoundMs ?? 0);
		const waitMs = endMs - performance.now();
		if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
		this.#roundEndMs = performance.now();
	}
}
