/** What is tried beside the run on stage: the live curve, pinned runs, and one sweep at a time. */
import type { KnobName } from '../federated/knobs';
import type { RunConfig } from '../federated/config';
import type { FederationHost } from '../workers/federationHost';
import { BackgroundRuns } from './BackgroundRuns';
import { LiveCurve } from './LiveCurve.svelte';
import { PinnedRuns } from './PinnedRuns.svelte';
import type { RunBeside } from './RunBeside.svelte';
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
	#beside = $state.raw<RunBeside | null>(null);

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

	/** What runs to be compared with the run on stage; null before the first. */
	get beside(): RunBeside | null {
		return this.#beside;
	}

	/** Follows the settings of the controls; null where they are refused. What was asked for goes first. */
	follow(config: RunConfig | null): void {
		if (!this.#isBusy) this.live.follow(config);
	}

	switchLive(isOn: boolean): void {
		if (isOn) this.live.switchOn();
		else this.live.switchOff();
		if (!isOn && !this.#isBusy) this.#runs.dispose();
	}

	async startSweep(config: RunConfig, name: KnobName): Promise<void> {
		this.live.stepAside();
		await this.sweep.start(config, name);
	}

	/** Runs these settings in the background, pinned from the first round on. */
	async runBeside(config: RunConfig): Promise<void> {
		const { RunBeside } = await import('./RunBeside.svelte');
		this.#beside ??= new RunBeside(this.#runs, this.pins);
		if (this.sweep.status === 'running') this.sweep.cancel();
		this.live.stepAside();
		await this.#beside.start(config);
	}

	get #isBusy(): boolean {
		return this.sweep.status === 'running' || this.#beside?.status.kind === 'running';
	}

	async resumeSweep(): Promise<void> {
		this.live.stepAside();
		await this.sweep.resume();
	}
}
