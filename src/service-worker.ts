/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
/**
 * Keeps the site usable offline: the app as a whole at install, data files as they are fetched.
 * Data files are told apart by the fingerprint of the index that names them.
 */
import { base, build, files, prerendered, version } from '$service-worker';
import type { KeepMessage } from './lib/state/offline';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const APP_CACHE = `app-${version}`;
const DATA_CACHE = 'data';
/** Between two files that are put aside. */
const PAUSE_MS = 30;
const DATA_PATH = `${base}/data/`;
const INDEX_PATH = `${base}/data/index.json`;
const app = [...build, ...prerendered, ...files.filter((path) => !path.startsWith(DATA_PATH))];
const isOfApp = new Set(app);

worker.addEventListener('install', (event) => {
	event.waitUntil(caches.open(APP_CACHE).then((cache) => oneByOne(app, (path) => cache.add(path))));
	worker.skipWaiting();
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(deleteOldCaches().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
	const message = event.data as KeepMessage;
	if (message.type === 'keep') event.waitUntil(keep(message.urls));
});

worker.addEventListener('fetch', (event) => {
	const url = new URL(event.request.url);
	if (event.request.method !== 'GET' || url.origin !== location.origin) return;
	if (url.pathname === INDEX_PATH) event.respondWith(fetchIndex(event.request));
	else if (url.pathname.startsWith(DATA_PATH)) event.respondWith(cacheFirst(event.request));
	else if (isOfApp.has(url.pathname)) event.respondWith(fromApp(event.request, url.pathname));
	else if (event.request.mode === 'navigate') event.respondWith(navigate(event.request));
});

async function deleteOldCaches(): Promise<void> {
	const names = await caches.keys();
	const old = names.filter((name) => name !== APP_CACHE && name !== DATA_CACHE);
	await Promise.all(old.map((name) => caches.delete(name)));
}

/** The app's files never change under one version. */
async function fromApp(request: Request, path: string): Promise<Response> {
	const cache = await caches.open(APP_CACHE);
	return (await cache.match(path)) ?? fetch(request);
}

/** A page that was not built in advance: the network's answer, or the kind page for lost readers. */
async function navigate(request: Request): Promise<Response> {
	try {
		return await fetch(request);
	} catch {
		return (await caches.match(`${base}/`)) ?? Response.error();
	}
}

/** The index comes from the network when there is one; a new fingerprint empties the store of data. */
async function fetchIndex(request: Request): Promise<Response> {
	const cache = await caches.open(DATA_CACHE);
	const kept = await cache.match(INDEX_PATH);
	try {
		const response = await fetch(request);
		if (!response.ok) return response;
		const fresh = await response.clone().text();
		if (kept && (await kept.text()) !== fresh) {
			for (const key of await cache.keys()) await cache.delete(key);
		}
		await store(cache, INDEX_PATH, new Response(fresh, { headers: response.headers }));
		return response;
	} catch (error) {
		if (kept) return (await cache.match(INDEX_PATH)) ?? Promise.reject(error);
		throw error;
	}
}

async function cacheFirst(request: Request): Promise<Response> {
	const cache = await caches.open(DATA_CACHE);
	const kept = await cache.match(request.url);
	if (kept) return kept;
	const response = await fetch(request);
	if (response.ok) await store(cache, request.url, response.clone());
	return response;
}

/** A full disk costs offline use, never the answer that has already come. */
async function store(cache: Cache, key: string, response: Response): Promise<void> {
	await cache.put(key, response).catch(() => {});
}

/** Keeps files that were fetched before this worker was there; most come from the browser's own cache. */
async function keep(urls: readonly string[]): Promise<void> {
	await oneByOne(urls, async (url) => {
		const request = new Request(url);
		const isIndex = new URL(request.url).pathname === INDEX_PATH;
		await (isIndex ? fetchIndex(request) : cacheFirst(request)).catch(() => {});
	});
}

/** With a pause after each: hundreds of files at once would take a core from the run that is on stage meanwhile. */
async function oneByOne(
	urls: readonly string[],
	keepOne: (url: string) => Promise<unknown>
): Promise<void> {
	for (const url of urls) {
		await keepOne(url);
		await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
	}
}
