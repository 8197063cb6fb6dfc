/** A federation in browser workers: the page starts them, connects them, and pulls the run's events. */
import * as Comlink from 'comlink';
import type { RunEvent } from '../federated/events';
import { findWorkerAssets } from './browserAssets';
import type { ClientWorker } from './client.worker';
import type { FederationWorker, WorkerKeeper } from './federation.worker';
import type { FederationHost } from './federationHost';
import { createLifeline } from './lifeline';
import { onWorkerFailure, startedInTime } from './workerFailure';

const MAX_WORKERS = 8;

export interface BrowserHostOptions {
	/** Address of the data folder, ending in a slash, relative to the page or absolute. */
	dataUrl: string;
	/** Client workers; by default one core is left to the page. */
	numWorkers?: number;
}

export function createBrowserHost({ dataUrl, numWorkers }: BrowserHostOptions): FederationHost {
	const numSlots = numWorkers ?? defaultNumWorkers();
	const assets = findWorkerAssets(dataUrl);
	const clientWorkers: (Worker | null)[] = new Array(numSlots).fill(null);
	const federation = new Worker(new URL('./federation.worker.ts', import.meta.url), {
		type: 'module',
		name: 'federation'
	});
	const lifeline = createLifeline();
	onWorkerFailure(federation, 'The federation', (error) => lifeline.cut(error));
	const keeper: WorkerKeeper = {
		async spawn(slot) {
			clientWorkers[slot]?.terminate();
			const worker = new Worker(new URL('./client.worker.ts', import.meta.url), {
				type: 'module',
				name: `clients-${slot}`
			});
			clientWorkers[slot] = worker;
			const { port1, port2 } = new MessageChannel();
			const connected = Comlink.wrap<ClientWorker>(worker).connect(
				Comlink.transfer(port1, [port1]),
				assets
			);
			await startedInTime(worker, `Worker ${slot + 1}`, connected);
			onWorkerFailure(worker, `Worker ${slot + 1}`, (error) => {
				void server.then((running) => running.reportDead(slot, error.message));
			});
			return Comlink.transfer(port2, [port2]);
		},
		end(slot) {
			clientWorkers[slot]?.terminate();
			clientWorkers[slot] = null;
		}
	};
	const server = Comlink.wrap<FederationWorker>(federation).open(
		assets.dataUrl,
		numSlots,
		Comlink.proxy(keeper)
	);
	const ask = <Answer>(question: () => Promise<Answer>) => lifeline.race(question());

	return {
		numWorkers: numSlots,
		isAlive: () => lifeline.isWhole(),

		async startRun(config, isObserved = false) {
			const running = await ask(() => Promise.resolve(server));
			await ask(() => running.startRun(config, isObserved));
			/** Came along with the last one, and are not asked for yet. */
			let waiting: RunEvent[] = [];
			return {
				async next() {
					if (waiting.length === 0) waiting = await ask(() => running.nextEvents());
					const value = waiting.shift();
					return value ? { done: false, value } : { done: true, value: undefined };
				},
				dropClient: (clientId) => ask(() => running.dropClient(clientId)),
				muteClient: (clientId, isMuted) => ask(() => running.muteClient(clientId, isMuted)),
				finishRound() {
					waiting = [];
					return ask(() => running.finishRound());
				},
				params: () => ask(() => running.params()),
				readHeldOut: (clientId) => ask(() => running.readHeldOut(clientId)),
				wireLog: () => ask(() => running.wireLog()),
				numTensors: () => ask(() => running.numTensors()),
				end: () => ask(() => running.end())
			};
		},

		killWorker(slot) {
			clientWorkers[slot]?.terminate();
		},

		dispose() {
			federation.terminate();
			for (const worker of clientWorkers) worker?.terminate();
		}
	};
}

function defaultNumWorkers(): number {
	return Math.max(1, Math.min((navigator.hardwareConcurrency ?? 2) - 1, MAX_WORKERS));
}
