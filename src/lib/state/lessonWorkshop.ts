/** What the figures of one lesson page share: the workers, and the hands with their portraits. */
import { createDatasetStore, createHttpReader, type DatasetStore } from '../data/store';
import { Hands } from './Hands.svelte';
import { keepFiles, registerOffline } from './offline';
import { PageFederation } from './PageFederation';

export interface LessonWorkshop {
	federation: PageFederation;
	hands: Hands;
	/** All digits; files are fetched when first asked for, once. */
	store: DatasetStore;
	/** Address of the data folder, with a slash at its end. */
	dataUrl: string;
}

/** `base` is the path of the site, without a slash at its end; nothing is fetched yet. */
export function createLessonWorkshop(base: string): LessonWorkshop {
	const dataUrl = `${base}/data/`;
	const store = createDatasetStore(createHttpReader(dataUrl, (...request) => fetch(...request)));
	const hands = new Hands(store);
	const federation = new PageFederation(async () => {
		const { createBrowserHost } = await import('../workers/browserHost');
		void keepForOffline(base, dataUrl, hands);
		return createBrowserHost({ dataUrl });
	});
	return { federation, hands, store, dataUrl };
}

/** Whoever has run a figure once can run it again without a connection. */
async function keepForOffline(base: string, dataUrl: string, hands: Hands): Promise<void> {
	await registerOffline(`${base}/service-worker.js`);
	if (hands.filePaths().length === 0) await hands.load();
	await keepFiles(hands.filePaths().map((path) => dataUrl + path));
}
