/**
 * Runs that nobody watches, one at a time, on workers of their own: only the figures of their rounds are kept.
 * They step aside while the watched run goes, so that both never fight for the cores.
 */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';
import type { FederationHost, RunSession } from '../workers/federationHost';

export interface BackgroundRunsOptions {
	/** Makes the workers; called at the first run, and again after `dispose` or a failure. */
	createHost: () => Promise<FederationHost>;
	/** The watched run needs the machine. */
	isHeld: () => boolean;
	/** Milliseconds, for measuring rounds; the page's clock by default. */
	nowMs?: () => number;
	/** Passes some time; replaced in tests. */
	wait?: (delayMs: number) => Promise<void>;
}

/** What comes of a run: all of its rounds, or fewer because it was cancelled. */
export type BackgroundOutcome = 'complete' | 'cancelled';

/** Told after each round; true goes on, false ends the run. */
export type OnRound = (metrics: RoundMetrics, roundMs: number) => boolean;

/** How often it is asked whether the watched run still goes. */
const HOLD_POLL_MS = 100;

export class BackgroundRuns {
	readonly #options: Required<BackgroundRunsOptions>;
	#host: FederationHost | null = null;
	#session: RunSession | null = null;
	/** Counts runs: one that is no longer the newest ends. */
	#run = 0;
	/** What an earlier run still has to finish before the next one may start. */
	#farewell: Promise<unknown> = Promise.resolve();

	constructor(options: BackgroundRunsOptions) {
		this.#options = {
			nowMs: () => performance.now(),
			wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
			...options
		};
	}

	/** Runs to the end. A run that is still under way is cancelled. Rejects with the run's own sentence. */
	async run(config: RunConfig, onround: OnRound): Promise<BackgroundOutcome> {
		this.cancel();
		const run = ++this.#run;
		const ended = this.#farewell.then(() => this.#pull(run, config, onround));
		this.#farewell = ended.catch(() => undefined);
		return ended;
	}

	/** Ends the run under way, if any. */
	cancel(): void {
		this.#run++;
		void this.#session?.end().catch(() => undefined);
		this.#session = null;
	}

	/** Ends the run and all workers. The next run makes new ones. */
	dispose(): void {
		this.cancel();
		this.#host?.dispose();
		this.#host = null;
		this.#farewell = Promise.resolve();
	}

	async #pull(run: number, config: RunConfig, onround: OnRound): Promise<BackgroundOutcome> {
		if (!(await this.#mayGoOn(run))) return 'cancelled';
		const host = await this.#wakeHost(run);
		if (!host || run !== this.#run) return 'cancelled';
		const session = await host.startRun(config);
		if (run === this.#run) this.#session = session;
		try {
			while (await this.#mayGoOn(run)) {
				const startMs = this.#options.nowMs();
				const metrics = await session.finishRound();
				if (run !== this.#run) return 'cancelled';
				if (!metrics) return 'complete';
				if (!onround(metrics, this.#options.nowMs() - startMs)) return 'cancelled';
			}
			return 'cancelled';
		} catch (error) {
			if (run !== this.#run) return 'cancelled';
			throw error;
		} finally {
			if (this.#session === session) this.#session = null;
			await session.end().catch(() => undefined);
		}
	}

	/** Waits while the watched run goes; false once the run is no longer wanted. */
	async #mayGoOn(run: number): Promise<boolean> {
		while (run === this.#run && this.#options.isHeld()) await this.#options.wait(HOLD_POLL_MS);
		return run === this.#run;
	}

	async #wakeHost(run: number): Promise<FederationHost | null> {
		if (this.#host?.isAlive()) return this.#host;
		this.#host?.dispose();
		this.#host = null;
		const host = await this.#options.createHost();
		if (run !== this.#run) {
			host.dispose();
			return null;
		}
		this.#host = host;
		return host;
	}
}
