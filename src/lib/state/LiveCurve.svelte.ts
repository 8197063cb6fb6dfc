/**
 * The learning curve of the settings as they are, drawn anew whenever a knob is let go. A change cancels the
 * curve under way; a run that would take too long is computed on request, and the curve before it stays.
 */
import { sameSettings, type RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';
import { expectedRunMs, scaledRunMs } from '../federated/experiments/expectedTime';
import { curveOnly } from '../federated/experiments/sweepConfigs';
import type { BackgroundRuns } from './BackgroundRuns';

/** Longer than this and a knob no longer feels like a knob. */
export const LIVE_LIMIT_MS = 5000;
/** A machine that was busy for a moment is tried again after so long. */
const TRUST_MS = 15_000;
/** A knob that has not moved for so long has been let go. */
const SETTLE_MS = 120;

export type LiveStatus =
	| { kind: 'off' }
	/** Nothing to draw: the settings are refused, or a sweep has the machine. */
	| { kind: 'idle' }
	| { kind: 'drawing'; numRounds: number }
	| { kind: 'drawn'; ms: number }
	/** The run would take about this long; a curve in sight is that of settings before. */
	| { kind: 'slow'; ms: number }
	| { kind: 'failed'; sentence: string };

export interface LiveCurveOptions {
	runs: BackgroundRuns;
	/** Calls back after a while; returns what prevents it. Replaced in tests. */
	later?: (run: () => void, delayMs: number) => () => void;
	/** Milliseconds; the page's clock by default. */
	nowMs?: () => number;
}

export class LiveCurve {
	readonly #runs: BackgroundRuns;
	readonly #later: NonNullable<LiveCurveOptions['later']>;
	readonly #nowMs: () => number;
	#status = $state.raw<LiveStatus>({ kind: 'off' });
	#config = $state.raw<RunConfig | null>(null);
	#metrics = $state.raw<readonly RoundMetrics[]>([]);
	/** The newest curve that came to its end. */
	#complete: { config: RunConfig; metrics: readonly RoundMetrics[] } | null = null;
	/** What the newest curve is drawn for. */
	#wanted: RunConfig | null = null;
	/** How long a run took, or was about to take, as of then. */
	#known: { ms: number; config: RunConfig; atMs: number } | null = null;
	#cancelTimer: () => void = () => {};

	constructor({ runs, later, nowMs = () => performance.now() }: LiveCurveOptions) {
		this.#runs = runs;
		this.#nowMs = nowMs;
		this.#later =
			later ??
			((run, delayMs) => {
				const handle = setTimeout(run, delayMs);
				return () => clearTimeout(handle);
			});
	}

	get isOn(): boolean {
		return this.#status.kind !== 'off';
	}

	get status(): LiveStatus {
		return this.#status;
	}

	/** The settings behind the curve, or null where there is none. */
	get config(): RunConfig | null {
		return this.#config;
	}

	/** Rounds of the curve, up to the newest that was measured. */
	get metrics(): readonly RoundMetrics[] {
		return this.#metrics;
	}

	/** Switches it on; the settings have to be followed from now on. */
	switchOn(): void {
		if (!this.isOn) this.#status = { kind: 'idle' };
	}

	/** Ends the curve under way and takes it from sight. */
	switchOff(): void {
		this.#stop();
		this.#clear();
		this.#status = { kind: 'off' };
	}

	/** Draws the curve of these settings once they have settled; null where they are refused. */
	follow(config: RunConfig | null): void {
		if (!this.isOn) return;
		if (config && this.#wanted && sameSettings(config, this.#wanted)) return;
		this.#stop();
		this.#wanted = config;
		if (!config) {
			this.#status = { kind: 'idle' };
			return;
		}
		this.#status = { kind: 'drawing', numRounds: 0 };
		this.#cancelTimer = this.#later(() => void this.#draw(config, LIVE_LIMIT_MS), SETTLE_MS);
	}

	/** Draws the curve that was refused as too slow, however long it takes. */
	insist(): void {
		if (this.#status.kind !== 'slow' || !this.#wanted) return;
		this.#status = { kind: 'drawing', numRounds: 0 };
		void this.#draw(this.#wanted, Infinity);
	}

	/** Tries again after a failure. */
	retry(): void {
		const config = this.#wanted;
		this.#wanted = null;
		this.follow(config);
	}

	/** The machine is needed for something else; the next settings are followed again. */
	stepAside(): void {
		if (!this.isOn) return;
		this.#stop();
		this.#status = { kind: 'idle' };
	}

	async #draw(config: RunConfig, limitMs: number): Promise<void> {
		const known = this.#recall(config);
		if (known !== null && known > limitMs) return this.#refuse(known);
		const times: number[] = [];
		const metrics: RoundMetrics[] = [];
		const curve = curveOnly(config);
		const isWanted = () => this.#wanted === config;
		try {
			const outcome = await this.#runs.run(curve, (round, roundMs) => {
				if (!isWanted()) return false;
				times.push(roundMs);
				metrics.push(round);
				const ms = expectedRunMs(times, curve);
				if (ms !== null) this.#known = { ms, config, atMs: this.#nowMs() };
				if (ms !== null && ms > limitMs) {
					this.#refuse(ms);
					return false;
				}
				this.#show(config, metrics);
				return true;
			});
			if (outcome === 'complete' && isWanted()) {
				this.#complete = { config, metrics: this.#metrics };
				this.#status = { kind: 'drawn', ms: times.reduce((sum, ms) => sum + ms, 0) };
			}
		} catch (error) {
			if (!isWanted()) return;
			this.#clear();
			const sentence = error instanceof Error ? error.message : String(error);
			this.#status = { kind: 'failed', sentence };
		}
	}

	/** How long these settings would take, by what a run took a moment ago; null where nothing is known. */
	#recall(config: RunConfig): number | null {
		if (!this.#known || this.#nowMs() - this.#known.atMs > TRUST_MS) return null;
		return scaledRunMs(this.#known.ms, this.#known.config, config);
	}

	#show(config: RunConfig, metrics: readonly RoundMetrics[]): void {
		this.#status = { kind: 'drawing', numRounds: metrics.length };
		if (!metrics.at(-1)?.evaluation) return;
		this.#config = config;
		this.#metrics = [...metrics];
	}

	/** What the refused run has drawn so far gives way to the curve before it. */
	#refuse(ms: number): void {
		this.#config = this.#complete?.config ?? null;
		this.#metrics = this.#complete?.metrics ?? [];
		this.#status = { kind: 'slow', ms };
	}

	#stop(): void {
		this.#cancelTimer();
		if (this.#status.kind === 'drawing') this.#runs.cancel();
		this.#wanted = null;
	}

	#clear(): void {
		this.#complete = null;
		this.#config = null;
		this.#metrics = [];
	}
}
