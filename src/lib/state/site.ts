/** What every page that trains has at hand: digits over HTTP, workers made when first needed, offline use after them. */
import { createDatasetStore, createHttpReader, type DatasetStore } from '../data/store';
import type { FederationHost } from '../workers/federationHost';
import { Hands } from './Hands.svelte';
import { keepFiles, registerOffline } from './offline';

export interface Site {
	/** Address of the data folder, with a slash at its end. */
	dataUrl: string;
	/** All digits; files are fetched when first asked for, once. */
	store: DatasetStore;
	hands: Hands;
	/** Starts the workers of a federation. */
	createHost(): Promise<FederationHost>;
	/** From now on the site opens without a connection ... */
	registerOffline(): Promise<void>;
	/** ... and, from now on, so do its digits. */
	keepDigits(): Promise<void>;
}

/** `base` is the path of the site, without a slash at its end; nothing is fetched yet. */
export function createSite(base: string): Site {
	const dataUrl = `${base}/data/`;
	const store = createDatasetStore(createHttpReader(dataUrl, (...request) => fetch(...request)));
	const hands = new Hands(store);
	return {
		dataUrl,
		store,
		hands,
		async createHost() {
			const { createBrowserHost } = await import('../workers/browserHost');
			return createBrowserHost({ dataUrl });
		},
		registerOffline: () => registerOffline(`${base}/service-worker.js`),
		async keepDigits() {
			if (hands.filePaths().length === 0) await hands.load();
			await keepFiles(hands.filePaths().map((path) => dataUrl + path));
		}
	};
}
