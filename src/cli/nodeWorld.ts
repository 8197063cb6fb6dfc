/** The functions of a code cell in the terminal: the same engine, data from a folder. */
import '@tensorflow/tfjs';
import type { World } from '../lib/api/world';
import { createDatasetStore } from '../lib/data/store';
import { startBackend } from '../lib/model/backend';
import { createLearner } from '../lib/model/learner';
import { tensorflow } from '../lib/model/tensorflow';
import { breathe } from '../lib/workers/breathe';
import { createInProcessServer } from '../lib/workers/inProcess';
import { findWasmFiles } from '../lib/workers/nodeHost';
import { createNodeReader } from '../lib/workers/nodeReader';

/** Everything but where outputs go. */
export async function createNodeWorld(dataFolder: string): Promise<Omit<World, 'show'>> {
	const wasmUrls = findWasmFiles();
	await startBackend('wasm', wasmUrls);
	const store = createDatasetStore(createNodeReader(dataFolder));
	return {
		store,
		createLearner: (config) => createLearner(config, wasmUrls),
		createServer: () => createInProcessServer(store, wasmUrls),
		breathe,
		tf: tensorflow
	};
}
