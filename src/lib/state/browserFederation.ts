/** Puts a page's simulation together: data over HTTP, workers made at the first start, offline use after it. */
import type { RunConfig } from '../federated/config';
import { createDatasetStore, createHttpReader } from '../data/store';
import { Experiments } from './Experiments.svelte';
import { Hands } from './Hands.svelte';
import { keepFiles, registerOffline } from './offline';
import { Playback } from './Playback.svelte';
import { Simulation } from './Simulation.svelte';

export interface BrowserFederation {
	simulation: Simulation;
	hands: Hands;
	/** The playhead over the simulation's records. */
	playback: Playback;
	/** What is tried beside the simulation, on workers of its own. */
	experiments: Experiments;
}

/**
 * `base` is the path of the site, without a slash at its end; nothing is fetched yet. Observed runs keep what the
 * stage and its inspectors show of updates and masks.
 */
export function createBrowserFederation(
	base: string,
	config: RunConfig,
	isObserved = false
): BrowserFederation {
	const dataUrl = `${base}/data/`;
	const hands = new Hands(
		createDatasetStore(createHttpReader(dataUrl, (...request) => fetch(...request)))
	);
	const createHost = async () => {
		const { createBrowserHost } = await import('../workers/browserHost');
		return createBrowserHost({ dataUrl });
	};
	const simulation = new Simulation({
		config,
		isObserved,
		createHost,
		onfirstrun: () => void registerOffline(`${base}/service-worker.js`),
		onfirstdone: () => void keepFiles(hands.filePaths().map((path) => dataUrl + path))
	});
	const isHeld = () => simulation.status === 'running' || simulation.status === 'loading';
	const experiments = new Experiments({ createHost, isHeld });
	const playback = new Playback(simulation);
	// Slow enough to be watched; training runs ahead unless it is told to wait.
	playback.speed = 1;
	return { simulation, hands, playback, experiments };
}
