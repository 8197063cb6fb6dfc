/**
 * A run of a real federation inside a lesson's figure: its settings, how far it is, and its picture.
 * The workers are the page's; whoever runs last has them.
 */
import { defaultConfig, type RunConfig } from '../federated/config';
import type { RunEvent } from '../federated/events';
import type { RunRecords } from '../scene/runRecords';
import type { RunSnapshot } from '../scene/runSnapshot';
import type { RunSession } from '../workers/federationHost';
import type { FrameClock } from './frameBatch';
import type { PageFederation } from './PageFederation';
import { RunPicture } from './RunPicture.svelte';

/** `stopped`: by the reader, or because another figure began to run. */
export type LiveRunStatus = 'ready' | 'loading' | 'running' | 'done' | 'stopped' | 'failed';

export interface LiveRunOptions {
	/** What differs from the default configuration. */
	settings?: Partial<RunConfig>;
	/** Sees each event as it comes, before it is drawn. */
	onevent?: (event: RunEvent) => void;
	/** Keeps what updates look like on their way, in `records`; runs take a little longer. */
	isObserved?: boolean;
	clock?: FrameClock;
}

export class LiveRun {
	readonly #federation: PageFederation;
	readonly #onevent: ((event: RunEvent) => void) | undefined;
	readonly #isObserved: boolean;
	readonly #picture: RunPicture;
	#session: RunSession | null = null;
	/** Counts runs: whatever belongs to an earlier number is dropped. */
	#run = 0;
	#status = $state<LiveRunStatus>('ready');
	#config = $state.raw<RunConfig>(defaultConfig);
	#failure = $state<string | null>(null);

	constructor(federation: PageFederation, options: LiveRunOptions = {}) {
		this.#federation = federation;
		this.#onevent = options.onevent;
		this.#isObserved = options.isObserved ?? false;
		this.#config = { ...defaultConfig, ...options.settings };
		this.#picture = new RunPicture(this.#isObserved, options.clock);
	}

	get status(): LiveRunStatus {
		return this.#status;
	}

	get isBusy(): boolean {
		return this.#status === 'loading' || this.#status === 'running';
	}

	/** The settings of the run on screen, or of the first one. */
	get config(): RunConfig {
		return this.#config;
	}

	get snapshot(): RunSnapshot {
		return this.#picture.snapshot;
	}

	/** Every round in pictures; empty unless the run is observed. */
	get records(): RunRecords {
		return this.#picture.records;
	}

	/** One sentence, or null while nothing has failed. */
	get failure(): string | null {
		return this.#failure;
	}

	/** Rounds completed, as a share of all. */
	get progress(): number {
		return this.snapshot.metrics.length / this.#config.rounds;
	}

	/**
	 * Runs to the end with these changes to the settings. The complete picture, or null when the run was
	 * stopped or has failed.
	 */
	async run(settings: Partial<RunConfig> = {}): Promise<RunSnapshot | null> {
		this.#abandon('ready');
		const run = ++this.#run;
		this.#config = { ...this.#config, ...settings };
		this.#clear();
		this.#status = 'loading';
		try {
			const session = await this.#federation.start(
				this.#config,
				() => this.#dismissed(run),
				this.#isObserved
			);
			if (run !== this.#run || !session) return null;
			this.#session = session;
			this.#status = 'running';
			return (await this.#pull(session, run)) ? this.snapshot : null;
		} catch (error) {
			if (run === this.#run) this.#fail(error);
			return null;
		}
	}

	/** The global model of the last completed round, a copy; null before the first run and after another one's. */
	async params(): Promise<Float32Array | null> {
		return (await this.#session?.params().catch(() => null)) ?? null;
	}

	/** Ends the run; what it has come to stays on screen. */
	stop(): void {
		if (!this.isBusy) return;
		this.#picture.flush();
		this.#abandon('stopped');
	}

	/** Ends the run and clears the picture. */
	reset(): void {
		this.#abandon('ready');
		this.#clear();
	}

	#clear(): void {
		this.#picture.clear();
		this.#failure = null;
	}

	/** True when the run came to its end, false when it was abandoned meanwhile. */
	async #pull(session: RunSession, run: number): Promise<boolean> {
		for (;;) {
			const result = await session.next();
			if (run !== this.#run) return false;
			if (result.done) break;
			this.#onevent?.(result.value);
			this.#picture.add(result.value);
		}
		this.#picture.flush();
		this.#status = 'done';
		return true;
	}

	#abandon(status: LiveRunStatus): void {
		const session = this.#session;
		this.#run++;
		this.#session = null;
		this.#picture.stop();
		this.#status = status;
		if (session) void this.#federation.end(session);
	}

	#dismissed(run: number): void {
		if (run === this.#run) this.stop();
	}

	#fail(error: unknown): void {
		this.#picture.flush();
		this.#abandon('failed');
		this.#failure = error instanceof Error ? error.message : String(error);
	}
}
