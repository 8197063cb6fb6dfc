/**
 * Registers the service worker when a first run is well under way, so that a first visit pays nothing for it,
 * and later hands it the addresses worth keeping. Does nothing where the browser has no service workers
 * (plain http on a local network) or refuses them: the site then needs its connection, as before.
 */

import { dev } from '$app/environment';

/** What the page tells the service worker. */
export interface KeepMessage {
	type: 'keep';
	urls: string[];
}

export async function registerOffline(scriptUrl: string): Promise<void> {
	if (dev || !('serviceWorker' in navigator)) return;
	await navigator.serviceWorker.register(scriptUrl).catch(() => {});
}

/** Asks the registered worker to keep these files; they are already here, so it costs little. */
export async function keepFiles(urls: readonly string[]): Promise<void> {
	if (!('serviceWorker' in navigator)) return;
	if (!(await navigator.serviceWorker.getRegistration().catch(() => undefined))) return;
	const { active } = await navigator.serviceWorker.ready;
	const message: KeepMessage = { type: 'keep', urls: [...urls] };
	active?.postMessage(message);
}
