/** One knob over its values: a run for each, one after the other, in the background. */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';
import { curveOnly, sweepConfigs } from '../federated/experiments/sweepConfigs';
import type { KnobName } from '../federated/knobs';
import type { BackgroundRuns } from './BackgroundRuns';

export interface SweepRun {
	/** The settings with the swept value, and those that its curve is drawn with. */
	config: RunConfig;
	ran: RunConfig;
	/** Rounds that are over. */
	numRounds: number;
	/** Up to the newest that was measured. */
	metrics: readonly RoundMetrics[];
	isComplete: boolean;
}

export type SweepStatus = 'none' | 'running' | 'done' | 'cancelled' | 'failed';

/** A sweep as it was left. */
export interface FoundSweep {
	name: KnobName;
	entries: readonly SweepRun[];
	status: SweepStatus;
	failure: string | null;
}

export class Sweep {
	readonly #runs: BackgroundRuns;
	#name = $state<KnobName | null>(null);
	#entries = $state.raw<readonly SweepRun[]>([]);
	#status = $state<SweepStatus>('none');
	#failure = $state<string | null>(null);
	/** What the newest sweep has replaced. */
	#earlier = $state.raw<FoundSweep | null>(null);
	/** Counts sweeps: what belongs to an earlier one is dropped. */
	#sweepNum = 0;

	constructor(runs: BackgroundRuns) {
		this.#runs = runs;
	}

	/** The knob that is or was swept; null before the first sweep. */
	get name(): KnobName | null {
		return this.#name;
	}

	/** One entry a value, in their order; the later ones wait with no rounds. */
	get entries(): readonly SweepRun[] {
		return this.#entries;
	}

	get status(): SweepStatus {
		return this.#status;
	}

	/** One sentence, or null while nothing has failed. */
	get failure(): string | null {
		return this.#failure;
	}

	/** Rounds that are over, of all rounds: 0 to 1. */
	get progress(): number {
		const numAll = this.#entries.reduce((sum, { config }) => sum + config.rounds, 0);
		const numDone = this.#entries.reduce((sum, { numRounds }) => sum + numRounds, 0);
		return numAll === 0 ? 0 : numDone / numAll;
	}

	/** The sweep that was replaced, if it had found anything. */
	get earlier(): FoundSweep | null {
		return this.#earlier;
	}

	/** Sweeps a knob of these settings; a sweep under way ends, and what it has found can be brought back. */
	async start(config: RunConfig, name: KnobName): Promise<void> {
		this.cancel();
		this.#earlier = this.#leave() ?? this.#earlier;
		const sweepNum = ++this.#sweepNum;
		this.#name = name;
		this.#failure = null;
		this.#status = 'running';
		this.#entries = sweepConfigs(config, name).map((value) => ({
			config: value,
			ran: curveOnly(value),
			numRounds: 0,
			metrics: [],
			isComplete: false
		}));
		await this.#runAll(sweepNum);
	}

	/** Goes on with what a cancelled or failed sweep has left. */
	async resume(): Promise<void> {
		if (this.#status !== 'cancelled' && this.#status !== 'failed') return;
		this.#failure = null;
		this.#status = 'running';
		await this.#runAll(++this.#sweepNum);
	}

	/** The replaced sweep and this one change places; one under way ends. */
	bringBack(): void {
		const found = this.#earlier;
		if (!found) return;
		this.cancel();
		this.#earlier = this.#leave();
		this.#name = found.name;
		this.#entries = found.entries;
		this.#status = found.status;
		this.#failure = found.failure;
	}

	/** Ends the sweep; what it has found stays, and where that is everything it is done. */
	cancel(): void {
		if (this.#status !== 'running') return;
		this.#sweepNum++;
		this.#runs.cancel();
		this.#status = this.#entries.every(({ isComplete }) => isComplete) ? 'done' : 'cancelled';
	}

	/** Ends the sweep and forgets what it has found. */
	clear(): void {
		this.cancel();
		this.#entries = [];
		this.#earlier = null;
		this.#name = null;
		this.#status = 'none';
	}

	/** Null where not one run was complete. */
	#leave(): FoundSweep | null {
		const name = this.#name;
		const entries = this.#entries;
		if (!name || !entries.some(({ isComplete }) => isComplete)) return null;
		return { name, entries, status: this.#status, failure: this.#failure };
	}

	async #runAll(sweepNum: number): Promise<void> {
		try {
			for (let index = 0; index < this.#entries.length; index++) {
				if (!this.#entries[index].isComplete) await this.#runOne(sweepNum, index);
				if (sweepNum !== this.#sweepNum) return;
			}
			this.#status = 'done';
		} catch (error) {
			if (sweepNum !== this.#sweepNum) return;
			this.#failure = error instanceof Error ? error.message : String(error);
			this.#status = 'failed';
		}
	}

	async #runOne(sweepNum: number, index: number): Promise<void> {
		const { config, ran } = this.#entries[index];
		const metrics: RoundMetrics[] = [];
		await this.#runs.run(ran, (round) => {
			if (sweepNum !== this.#sweepNum) return false;
			metrics.push(round);
			const isComplete = round.round === config.rounds;
			const told = round.evaluation ? [...metrics] : this.#entries[index].metrics;
			const entry = { config, ran, numRounds: round.round, metrics: told, isComplete };
			this.#entries = this.#entries.with(index, entry);
			return !isComplete;
		});
		if (sweepNum === this.#sweepNum && !this.#entries[index].isComplete) this.cancel();
	}
}
