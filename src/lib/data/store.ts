/** The data set as its users see it: files are fetched when first needed, once, and kept unpacked. */
import { IMAGE_SIZE, type DatasetIndex, type ExampleFile } from './datasetIndex';
import { parseLabels, type Examples } from './examples';
import { gunzip } from './gunzip';
import { createMemory } from './memory';
import { parseIndex } from './parseIndex';
import { writerAt, writerOffsets } from './positions';

/**
 * Reads a file below the data folder, packed or not; rejects with one sentence for people.
 * `version` changes with the content, so that no cache can serve an older file; the index has none.
 */
export type ReadFile = (path: string, version?: string) => Promise<Uint8Array>;

/** Everything rejects with one sentence that names the file; a failed load is tried anew when asked again. */
export interface DatasetStore {
	index(): Promise<DatasetIndex>;
	/** All digits of a training writer, in writing order. */
	writer(id: number): Promise<Examples>;
	/** All digits of a writer never trained on. */
	unseenWriter(id: number): Promise<Examples>;
	/** One file of the students' digits. */
	students(fileNumber: number): Promise<Examples>;
	/** One file of the public pool. */
	publicPool(fileNumber: number): Promise<Examples>;
	/** One image per training writer, [numWriters, 784]. */
	portraits(): Promise<Uint8Array>;
	/** The training digits at these positions, copied, in that order. */
	clientExamples(positions: Uint32Array): Promise<Examples>;
}

type FileList = 'writers' | 'unseenWriters' | 'students' | 'publicPool';

/** A store over a folder, a host or whatever else `readFile` reads. */
export function createDatasetStore(readFile: ReadFile): DatasetStore {
	const remember = createMemory();

	const index = () => remember('index.json', async () => parseIndex(await readFile('index.json')));

	async function images(file: string, numImages: number, version: string): Promise<Uint8Array> {
		return remember(file, async () => {
			const bytes = await gunzip(await readFile(file, version), file);
			const numExpected = numImages * IMAGE_SIZE;
			if (bytes.length === numExpected) return bytes;
			const expected = `${numExpected} bytes (${numImages} images)`;
			throw new Error(`${file}: expected ${expected}, got ${bytes.length}`);
		});
	}

	async function examples(list: FileList, number: number): Promise<Examples> {
		const { [list]: files, fingerprint } = await index();
		const record: ExampleFile | undefined = files[number];
		if (!record) throw new Error(`${list}: expected a number below ${files.length}, got ${number}`);
		const { file, labels } = record;
		return { images: await images(file, labels.length, fingerprint), labels: parseLabels(labels) };
	}

	return {
		index,
		writer: (id) => examples('writers', id),
		unseenWriter: (id) => examples('unseenWriters', id),
		students: (fileNumber) => examples('students', fileNumber),
		publicPool: (fileNumber) => examples('publicPool', fileNumber),

		async portraits() {
			const { portraits, writers, fingerprint } = await index();
			return images(portraits.file, writers.length, fingerprint);
		},

		async clientExamples(positions) {
			const offsets = writerOffsets(await index());
			const writerIds = Array.from(positions, (position) => writerAt(offsets, position));
			const loading = [...new Set(writerIds)].map(
				async (id) => [id, await examples('writers', id)] as const
			);
			const writers = new Map(await Promise.all(loading));
			const gathered = createExamples(positions.length);
			writerIds.forEach((id, i) => {
				const { images, labels } = writers.get(id)!;
				const digit = positions[i] - offsets[id];
				const start = digit * IMAGE_SIZE;
				gathered.images.set(images.subarray(start, start + IMAGE_SIZE), i * IMAGE_SIZE);
				gathered.labels[i] = labels[digit];
			});
			return gathered;
		}
	};
}

/** Reads over HTTP. The index is always asked for anew, the other files are addressed by their version. */
export function createHttpReader(baseUrl: string, fetchFile: typeof fetch): ReadFile {
	const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`;
	return async (path, version) => {
		const url = version === undefined ? base + path : `${base}${path}?v=${version}`;
		const cache = version === undefined ? 'no-cache' : 'default';
		let response: Response;
		try {
			response = await fetchFile(url, { cache });
		} catch {
			throw new Error(`The file ${path} could not be loaded: no connection.`);
		}
		if (!response.ok) {
			throw new Error(
				`The file ${path} could not be loaded: the host answered ${response.status}.`
			);
		}
		try {
			return new Uint8Array(await response.arrayBuffer());
		} catch {
			throw new Error(`The file ${path} could not be loaded: the connection broke off.`);
		}
	};
}

function createExamples(numExamples: number): Examples {
	return {
		images: new Uint8Array(numExamples * IMAGE_SIZE),
		labels: new Uint8Array(numExamples)
	};
}
