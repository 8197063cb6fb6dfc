/** Puts a page's federation together: the small one of the home page, and the playground's with all that goes with it. */
import { defaultConfig, type RunConfig } from '../federated/config';
import { Experiments } from './Experiments.svelte';
import type { Hands } from './Hands.svelte';
import { Playback } from './Playback.svelte';
import { Simulation, type SimulationOptions } from './Simulation.svelte';
import { createSite, type Site } from './site';

export interface BrowserFederation {
	simulation: Simulation;
	hands: Hands;
}

export interface PlaygroundFederation extends BrowserFederation {
	/** The playhead over the simulation's records. */
	playback: Playback;
	/** What is tried beside the simulation, on workers of its own. */
	experiments: Experiments;
}

/** Slow enough to be seen. `base` is the path of the site, without a slash at its end; nothing is fetched yet. */
export function createBrowserFederation(base: string, config: RunConfig): BrowserFederation {
	const site = createSite(base);
	return { simulation: createSimulation(site, config, { leastRoundMs: 400 }), hands: site.hands };
}

/** Its runs are observed: they keep what the stage and its inspectors show of updates and masks. */
export function createPlaygroundFederation(base: string): PlaygroundFederation {
	const site = createSite(base);
	const simulation = createSimulation(site, defaultConfig, { isObserved: true });
	const isHeld = () => simulation.status === 'running' || simulation.status === 'loading';
	const experiments = new Experiments({ createHost: site.createHost, isHeld });
	const playback = new Playback(simulation);
	// Slow enough to be watched; training runs ahead unless it is told to wait.
	playback.speed = 1;
	return { simulation, hands: site.hands, playback, experiments };
}

/** The site is fetched anew for use without a connection: not while the first workers start, and the stage with them. */
const OFFLINE_DELAY_MS = 6_000;

function createSimulation(
	site: Site,
	config: RunConfig,
	manner: Pick<SimulationOptions, 'isObserved' | 'leastRoundMs'>
): Simulation {
	return new Simulation({
		config,
		...manner,
		createHost: site.createHost,
		onfirstrun: () => setTimeout(() => void site.registerOffline(), OFFLINE_DELAY_MS),
		onfirstdone: () => void site.registerOffline().then(site.keepDigits)
	});
}
