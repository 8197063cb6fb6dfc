/** The data set on the page: who could take part, with portraits, before anything is trained. */
import type { RunConfig } from '../federated/config';
import { countLabels, parseLabels } from '../data/examples';
import { NUM_CLASSES, type DatasetIndex } from '../data/datasetIndex';
import { createPartition, type Partition } from '../data/partition/partition';
import type { DatasetStore } from '../data/store';
import { createClient, type ClientSnapshot } from '../scene/runSnapshot';
import { createPortraitPicture, type PortraitPicture } from './portraitPicture';

/** The clients that a configuration would have, all at rest. */
export interface Roster {
	clients: readonly ClientSnapshot[];
	/** Place of each client's portrait on the sheet. */
	portraits: readonly number[];
	/** Sentences worth showing. */
	notes: readonly string[];
	/** Why there can be no such federation, or null. */
	problem: string | null;
}

const emptyRoster: Roster = { clients: [], portraits: [], notes: [], problem: null };

export class Hands {
	readonly #store: DatasetStore;
	#index = $state.raw<DatasetIndex | null>(null);
	#labels: Uint8Array = new Uint8Array();
	#picture = $state.raw<PortraitPicture | null>(null);
	#failure = $state<string | null>(null);
	#dealt: { key: string; partition: Partition | null; roster: Roster } | null = null;

	constructor(store: DatasetStore) {
		this.#store = store;
	}

	get picture(): PortraitPicture | null {
		return this.#picture;
	}

	/** One sentence, or null while nothing has failed. */
	get failure(): string | null {
		return this.#failure;
	}

	/** Fetches the index and the portraits; may be called again after a failure. */
	async load(): Promise<void> {
		this.#failure = null;
		try {
			const index = await this.#store.index();
			this.#labels = parseLabels(index.writers.map((writer) => writer.labels).join(''));
			this.#index = index;
			this.#picture = await createPortraitPicture(await this.#store.portraits());
		} catch (error) {
			this.#failure = error instanceof Error ? error.message : String(error);
		}
	}

	/** Who would take part with these settings. Dealt anew only when a setting of the deal changes. */
	roster(config: RunConfig): Roster {
		if (!this.#index) return emptyRoster;
		const { seed, partition, numClients, alpha, shardsPerClient, quantitySkew } = config;
		const options = { seed, partition, numClients, alpha, shardsPerClient, quantitySkew };
		const key = Object.values(options).join('/');
		if (this.#dealt?.key !== key) {
			this.#dealt = { key, ...this.#deal(() => createPartition(this.#index!, options)) };
		}
		return this.#dealt.roster;
	}

	/**
	 * Training digits of a client from a place on, at most `count`, [numDigits, 784], fetched now. A real writer's
	 * cost one file, those of a mixed client many. Rejects with one sentence.
	 */
	async digits(config: RunConfig, id: number, from: number, count: number): Promise<Uint8Array> {
		this.roster(config);
		const share = this.#dealt?.partition?.clients[id];
		if (!share) return new Uint8Array();
		const examples = await this.#store.clientExamples(share.train.subarray(from, from + count));
		return examples.images;
	}

	/** The digits that a client keeps back to try models on, [numHeldOut, 784], fetched now as `digits` is. */
	async heldOut(config: RunConfig, id: number): Promise<Uint8Array> {
		this.roster(config);
		const share = this.#dealt?.partition?.clients[id];
		return share ? (await this.#store.clientExamples(share.heldOut)).images : new Uint8Array();
	}

	/** Addresses of all files, below the data folder, that a visit without a connection needs. */
	filePaths(): string[] {
		if (!this.#index) return [];
		const { writers, unseenWriters, students, portraits, fingerprint } = this.#index;
		const files = [portraits, ...writers, ...unseenWriters, ...students];
		return ['index.json', ...files.map(({ file }) => `${file}?v=${fingerprint}`)];
	}

	#deal(create: () => Partition): { partition: Partition | null; roster: Roster } {
		try {
			const partition = create();
			const clients = partition.clients.map(({ train, heldOut }, id) => {
				const labels = Uint8Array.from(train, (position) => this.#labels[position]);
				const labelCounts = countLabels(labels, NUM_CLASSES);
				const [numExamples, numHeldOut] = [train.length, heldOut.length];
				return createClient(id, { numExamples, numHeldOut, labelCounts });
			});
			const portraits = partition.clients.map(({ portrait }) => portrait);
			return { partition, roster: { clients, portraits, notes: partition.notes, problem: null } };
		} catch (error) {
			const problem = error instanceof Error ? error.message : String(error);
			return { partition: null, roster: { ...emptyRoster, problem } };
		}
	}
}
