/** Runs put aside for comparison: their settings and their figures, at most as many as can be told apart. */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';

export interface PinnedRun {
	/** The letter at its curve. */
	letter: string;
	config: RunConfig;
	metrics: readonly RoundMetrics[];
}

/** A run as far as it has come. */
type RunSoFar = Pick<PinnedRun, 'config' | 'metrics'>;

/** Whether both are one run, at the same round: the settings alone may have been run twice, and meddled with. */
export function isSameRun(one: RunSoFar, other: RunSoFar): boolean {
	return (
		one.config === other.config &&
		one.metrics.length === other.metrics.length &&
		one.metrics.at(-1) === other.metrics.at(-1)
	);
}

const letters = ['A', 'B', 'C', 'D'] as const;
export const MOST_PINS = letters.length;

export class PinnedRuns {
	#runs = $state.raw<readonly PinnedRun[]>([]);
	/** Letters of those that nobody asked to pin, the oldest first. */
	#kept: readonly string[] = [];

	get runs(): readonly PinnedRun[] {
		return this.#runs;
	}

	/** Readers have pinned as many as there may be; others make room. */
	get isFull(): boolean {
		return this.#runs.length === MOST_PINS && this.#kept.length === 0;
	}

	/**
	 * Pins a run as it is now, under the first free letter, or that of the oldest which nobody asked to pin; null and
	 * without effect when readers have pinned as many as there may be.
	 */
	pin(config: RunConfig, metrics: readonly RoundMetrics[]): string | null {
		if (this.#runs.length === MOST_PINS && this.#kept.length > 0) this.unpin(this.#kept[0]);
		const letter = letters.find((free) => this.#runs.every((run) => run.letter !== free));
		if (!letter) return null;
		const runs = [...this.#runs, { letter, config, metrics: [...metrics] }];
		this.#runs = runs.sort((one, other) => one.letter.localeCompare(other.letter));
		return letter;
	}

	/** Keeps a run that leaves the stage, as `pin` does, until there is need of its place. */
	keep(config: RunConfig, metrics: readonly RoundMetrics[]): string | null {
		const pinned = this.#runs.find((run) => isSameRun(run, { config, metrics }));
		if (pinned) return pinned.letter;
		const letter = this.pin(config, metrics);
		if (letter) this.#kept = [...this.#kept, letter];
		return letter;
	}

	has(letter: string): boolean {
		return this.#runs.some((run) => run.letter === letter);
	}

	/** A pinned run has come further; false when it is pinned no more. */
	grow(letter: string, metrics: readonly RoundMetrics[]): boolean {
		const at = this.#runs.findIndex((run) => run.letter === letter);
		if (at < 0) return false;
		this.#runs = this.#runs.with(at, { ...this.#runs[at], metrics: [...metrics] });
		return true;
	}

	unpin(letter: string): void {
		this.#runs = this.#runs.filter((run) => run.letter !== letter);
		this.#kept = this.#kept.filter((kept) => kept !== letter);
	}

	clear(): void {
		this.#runs = [];
		this.#kept = [];
	}
}
