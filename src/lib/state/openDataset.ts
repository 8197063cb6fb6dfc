/** The page's own door to the digits: one store for all figures of a visit, so that no file is fetched twice. */
import { base } from '$app/paths';
import { createDatasetStore, createHttpReader, type DatasetStore } from '../data/store';

let store: DatasetStore | null = null;

/** Nothing is fetched yet; each reading rejects with one sentence, and may be tried again. */
export function openDataset(): DatasetStore {
	store ??= createDatasetStore(
		createHttpReader(`${base}/data/`, (...request) => fetch(...request))
	);
	return store;
}
