/**
 * One session of cells as the page sees it: started when a cell runs, stopped kindly where the cell listens and by
 * force where it does not, and never waited for in vain.
 */
import type { Output } from '../api/output';
import type { CellFailure } from './cellFailure';
import type { KernelPort, SpawnKernel } from './kernelHost';
import type { FromKernel } from './messages';

/** How a run ended. `lost`: the session is gone with everything cells have declared. */
export type RunEnd =
	{ kind: 'done' } | { kind: 'failed'; failure: CellFailure } | { kind: 'lost'; sentence: string };

export interface RunListener {
	onoutput: (output: Output) => void;
	/** An error that nobody caught, during the run or after it. */
	onstray: (failure: CellFailure) => void;
	/** Whether the worker has been silent for a while; false when it is back. */
	onsilence: (isSilent: boolean) => void;
}

export interface CellKernelOptions {
	/** Loads what starts workers; called when the first cell runs. */
	loadSpawner: () => Promise<SpawnKernel>;
	/** Time that a stopped cell has to end by itself. */
	graceMs?: number;
	/** How often a busy worker is asked for a sign of life. */
	pingMs?: number;
}

interface ActiveRun {
	runId: number;
	listener: RunListener;
	end: (end: RunEnd) => void;
}

const STOPPED =
	'The cell did not listen, so its session was ended: what the cells before it had made is gone. Their code is untouched; run them again.';
const DIED =
	'The worker of the cells has ended, most likely for want of memory: what the cells had made is gone. Their code is untouched; run them again.';
const RESTARTED = 'The session begins anew.';

export class CellKernel {
	readonly #options: Required<CellKernelOptions>;
	#port: KernelPort | null = null;
	/** Resolves when the worker takes cells; rejects with one sentence. */
	#ready: Promise<void> | null = null;
	#settleReady: { resolve: () => void; reject: (error: Error) => void } | null = null;
	#active: ActiveRun | null = null;
	#last: ActiveRun | null = null;
	#numRuns = 0;
	#pings: ReturnType<typeof setInterval> | null = null;
	#isAnswered = true;

	constructor(options: CellKernelOptions) {
		this.#options = { graceMs: 1000, pingMs: 3000, ...options };
	}

	/** Runs a cell; one at a time. Rejects with one sentence where the worker cannot start. */
	async run(cell: string, source: string, listener: RunListener): Promise<RunEnd> {
		if (this.#active) throw new Error('expected one cell at a time');
		return new Promise((resolve, reject) => {
			const runId = ++this.#numRuns;
			const end = (end: RunEnd) => {
				this.#active = null;
				this.#watch(false);
				listener.onsilence(false);
				resolve(end);
			};
			const active = (this.#active = { runId, listener, end });
			this.#start().then(
				() => {
					if (this.#active !== active) return;
					this.#last = active;
					this.#watch(true);
					this.#port?.post({ type: 'run', runId, cell, source });
				},
				(error: Error) => {
					if (this.#active === active) this.#active = null;
					this.#drop();
					reject(error);
				}
			);
		});
	}

	/** Ends the cell that runs: at its next breath, or with the whole session where it takes none. */
	stop(): void {
		const active = this.#active;
		if (!active) return;
		this.#port?.post({ type: 'stop' });
		setTimeout(() => {
			if (this.#active === active) this.#lose(STOPPED);
		}, this.#options.graceMs);
	}

	/** Ends the session; the next cell begins a new one. */
	restart(): void {
		this.#lose(RESTARTED);
	}

	async #start(): Promise<void> {
		this.#ready ??= this.#spawn();
		return this.#ready;
	}

	async #spawn(): Promise<void> {
		const spawn = await this.#options.loadSpawner();
		await new Promise<void>((resolve, reject) => {
			this.#settleReady = { resolve, reject };
			const port: KernelPort = spawn({
				onmessage: (message) => {
					if (this.#port === port || this.#port === null) this.#receive(message);
				},
				ondeath: (reason) => {
					if (this.#port !== port) return;
					reject(new Error(`The cells could not start: ${reason ?? 'their program is missing'}.`));
					this.#lose(DIED);
				}
			});
			this.#port = port;
		});
	}

	#receive(message: FromKernel): void {
		this.#isAnswered = true;
		this.#active?.listener.onsilence(false);
		switch (message.type) {
			case 'ready':
				this.#settleReady?.resolve();
				break;
			case 'refused':
				this.#settleReady?.reject(new Error(`The cells could not start: ${message.sentence}`));
				break;
			case 'output':
				this.#runOf(message.runId)?.listener.onoutput(message.output);
				break;
			case 'stray':
				this.#runOf(message.runId)?.listener.onstray(message.failure);
				break;
			case 'ended':
				if (this.#active?.runId === message.runId)
					this.#active.end(
						message.failure ? { kind: 'failed', failure: message.failure } : { kind: 'done' }
					);
		}
	}

	/** Outputs may follow after a cell is done, from timers and promises that it left behind. */
	#runOf(runId: number): ActiveRun | null {
		return this.#last?.runId === runId ? this.#last : null;
	}

	/** Asks for signs of life while a cell runs. */
	#watch(isOn: boolean): void {
		if (this.#pings !== null) clearInterval(this.#pings);
		this.#pings = null;
		this.#isAnswered = true;
		if (!isOn) return;
		this.#pings = setInterval(() => {
			if (!this.#isAnswered) this.#active?.listener.onsilence(true);
			this.#isAnswered = false;
			this.#port?.post({ type: 'ping' });
		}, this.#options.pingMs);
	}

	#lose(sentence: string): void {
		const active = this.#active;
		this.#drop();
		active?.end({ kind: 'lost', sentence });
	}

	#drop(): void {
		this.#watch(false);
		this.#port?.terminate();
		this.#port = null;
		this.#ready = null;
		this.#settleReady = null;
		this.#last = null;
	}
}
