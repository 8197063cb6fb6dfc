/** A Node thread that plays some of the clients, for the command line. */
import { workerData } from 'node:worker_threads';
import { createDatasetStore } from '../data/store';
import { createClientHost } from '../federated/clientHost';
import type { WasmUrls } from '../model/backend';
import { createLearner } from '../model/learner';
import { tryBackends } from '../model/tryBackends';
import { breathe } from './breathe';
import { systemBytes } from './systemBytes';
import { exposeHost } from './comlinkHost';
import { createNodeReader } from './nodeReader';

export interface ThreadData {
	port: MessagePort;
	dataFolder: string;
	wasmUrls: WasmUrls;
}

const { port, dataFolder, wasmUrls } = workerData as ThreadData;
const host = createClientHost({
	store: createDatasetStore(createNodeReader(dataFolder)),
	createLearner: (config) => createLearner(config, wasmUrls),
	tryBackends: (model) => tryBackends(model, wasmUrls, breathe),
	breathe,
	systemBytes
});
exposeHost(host, port);
