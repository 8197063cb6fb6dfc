/** One more run in the background, pinned from its first round on: its curve grows beside the run on stage. */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics } from '../federated/events';
import type { BackgroundRuns } from './BackgroundRuns';
import { MOST_PINS, type PinnedRuns } from './PinnedRuns.svelte';

export type BesideStatus =
	| { kind: 'none' }
	/** How far it is, the pinned run tells. */
	| { kind: 'running'; letter: string; config: RunConfig }
	| { kind: 'failed'; sentence: string };

export class RunBeside {
	readonly #runs: BackgroundRuns;
	readonly #pins: PinnedRuns;
	#status = $state.raw<BesideStatus>({ kind: 'none' });

	constructor(runs: BackgroundRuns, pins: PinnedRuns) {
		this.#runs = runs;
		this.#pins = pins;
	}

	get status(): BesideStatus {
		return this.#status;
	}

	/**
	 * Runs to the end without baselines, measured after the same rounds as the settings say, and grows with each of those;
	 * one that is unpinned or overtaken by another run in the background ends, and goes.
	 */
	async start(wished: RunConfig): Promise<void> {
		const config = { ...wished, baselines: false };
		const letter = this.#pins.pin(config, []);
		if (!letter) {
			const sentence = `${MOST_PINS} runs are pinned, as many as can be told apart: unpin one first.`;
			this.#status = { kind: 'failed', sentence };
			return;
		}
		const metrics: RoundMetrics[] = [];
		this.#status = { kind: 'running', letter, config };
		try {
			const outcome = await this.#runs.run(config, (round) => {
				metrics.push(round);
				return round.evaluation ? this.#pins.grow(letter, metrics) : this.#pins.has(letter);
			});
			if (outcome === 'cancelled') this.#pins.unpin(letter);
			this.#leave(letter, { kind: 'none' });
		} catch (error) {
			this.#pins.unpin(letter);
			const sentence = error instanceof Error ? error.message : String(error);
			this.#leave(letter, { kind: 'failed', sentence });
		}
	}

	/** Another run may have begun meanwhile: then the status is its own. */
	#leave(letter: string, status: BesideStatus): void {
		if (this.#status.kind === 'running' && this.#status.letter === letter) this.#status = status;
	}
}
