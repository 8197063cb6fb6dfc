/** What is tried beside the run on stage: the live curve, pinned runs, and one sweep at a time. */
import type { KnobName } from '../federated/knobs';
import type { RunConfig } from '../federated/config';
import type { FederationHost } from '../workers/federationHost';
import { BackgroundRuns } from './BackgroundRuns';
import { LiveCurve } from './LiveCurve.svelte';
import { PinnedRuns } from './PinnedRuns.svelte';
import { Sweep } from './Sweep.svelte';

export interface ExperimentsOptions {
	createHost: () => Promise<FederationHost>;
	/** The watched run needs the machine. */
	isHeld: () => boolean;
}

export class Experiments {
	readonly #runs: BackgroundRuns;
	readonly #isHeld: () => boolean;
	readonly live: LiveCurve;
	readonly pins = new PinnedRuns();
	readonly sweep: Sweep;

	constructor({ createHost, isHeld }: ExperimentsOptions) {
		this.#isHeld = isHeld;
		this.#runs = new BackgroundRuns({ createHost, isHeld });
		this.live = new LiveCurve({ runs: this.#runs });
		this.sweep = new Sweep(this.#runs);
	}

	/** Runs in the background wait until the watched run rests. */
	get isHeld(): boolean {
		return this.#isHeld();
	}

	/** Follows the settings of the controls; null where they are refused. A sweep goes first. */
	follow(config: RunConfig | null): void {
		if (this.sweep.status !== 'running') this.live.follow(config);
	}

	switchLive(isOn: boolean): void {
		if (isOn) this.live.switchOn();
		else this.live.switchOff();
		if (!isOn && this.sweep.status !== 'running') this.#runs.dispose();
	}

	async startSweep(config: RunConfig, name: KnobName): Promise<void> {
		this.live.stepAside();
		await this.sweep.start(config, name);
	}

	async resumeSweep(): Promise<void> {
		this.live.stepAside();
		await this.sweep.resume();
	}
}
