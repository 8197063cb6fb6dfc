/** The twin without workers: the same server, pool and client hosts in one thread, for tests and small machines. */
import type { DatasetStore } from '../data/store';
import { createClientHost } from '../federated/clientHost';
import { createLearner } from '../model/learner';
import { tryBackends } from '../model/tryBackends';
import type { WasmUrls } from '../model/backend';
import { breathe } from './breathe';
import { systemBytes } from './systemBytes';
import { createFederationServer, type FederationServer } from './federationServer';

export function createInProcessServer(
	store: DatasetStore,
	wasmUrls: WasmUrls,
	numSlots = 1
): FederationServer {
	return createFederationServer(store, numSlots, async () => ({
		host: createClientHost({
			store,
			createLearner: (config) => createLearner(config, wasmUrls),
			tryBackends: (model) => tryBackends(model, wasmUrls, breathe),
			breathe,
			systemBytes
		}),
		end: () => undefined
	}));
}
