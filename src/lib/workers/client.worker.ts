/** A browser worker that plays some of the clients. The page connects it to the federation worker. */
import * as Comlink from 'comlink';
import { createDatasetStore, createHttpReader } from '../data/store';
import { createClientHost } from '../federated/clientHost';
import { createLearner } from '../model/learner';
import { tryBackends } from '../model/tryBackends';
import { breathe } from './breathe';
import { systemBytes } from './systemBytes';
import { exposeHost } from './comlinkHost';
import type { WorkerAssets } from './workerAssets';

const clientWorker = {
	/** Serves the clients' side of the federation on the port. */
	connect(port: MessagePort, { dataUrl, wasmUrls }: WorkerAssets): void {
		const host = createClientHost({
			store: createDatasetStore(createHttpReader(dataUrl, fetch)),
			createLearner: (config) => createLearner(config, wasmUrls),
			tryBackends: (model) => tryBackends(model, wasmUrls, breathe),
			breathe,
			systemBytes
		});
		exposeHost(host, port);
	}
};

export type ClientWorker = typeof clientWorker;
Comlink.expose(clientWorker);
