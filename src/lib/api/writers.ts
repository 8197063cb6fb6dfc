/** Clients of a federation: real writers, chosen and prepared. */
import { holdOut } from '../data/partition/holdOut';
import { selectExamples, type Examples } from '../data/examples';
import { sampleCohort } from '../federated/cohort';
import { Digits, type DigitShape } from './digits';
import { expectNumber, type World } from './world';

/** One client: a person who filled in a form, with all digits of that hand. */
export interface Writer {
	/** Position among the writers of the data set. */
	id: number;
	/** For people, e.g. "Writer 17". */
	name: string;
	/** The digits it trains on. */
	train: Digits;
	/** Its last 15 %, never trained on: federated evaluation asks here. */
	test: Digits;
}

/** What `preprocess` does; whatever is left out is as in the hands-on of TensorFlow Federated. */
export interface PreprocessOptions {
	/** Times a client goes through its digits in a round; 5. */
	epochs?: number;
	/** Whether each epoch comes in a new order; true. */
	shuffle?: boolean;
	/** Digits in one gradient step; 20. 0 takes all at once. */
	batchSize?: number;
	/** What a model sees of a digit; [784]. */
	reshape?: DigitShape;
}

export interface DataApi {
	/**
	 * Loads writers of the federation, one file each: `numClients` of them, beginning with number `from` (0). A writer
	 * is one client.
	 * @throws one sentence where there are not so many, or where a file cannot be fetched.
	 * @example
	 * const writers = await loadWriters({ numClients: 10 });
	 */
	loadWriters(options?: { numClients?: number; from?: number }): Promise<Writer[]>;
	/**
	 * Loads writers that no federation here trains on: 48 hands to test a model with. All their digits are in `test`.
	 * @example
	 * const strangers = await loadUnseenWriters({ numClients: 20 });
	 */
	loadUnseenWriters(options?: { numClients?: number; from?: number }): Promise<Writer[]>;
	/**
	 * Chooses `count` of the clients at random, in their order; the same seed and round choose the same ones. The engine
	 * chooses its cohorts so.
	 * @example
	 * const cohort = sampleClients(writers, 5, { roundNum: 3 });
	 */
	sampleClients<Client>(
		clients: readonly Client[],
		count: number,
		options?: { seed?: number; roundNum?: number }
	): Client[];
	/**
	 * Makes a client's digits ready for training: repeat, shuffle, batch, reshape. Takes a writer (its training digits) or
	 * digits; a second argument that is no object is left alone, so it can be handed to `map` as it is.
	 * @example
	 * const clients = writers.map(preprocess);
	 * const patient = writers.map((writer) => preprocess(writer, { epochs: 1, batchSize: 10 }));
	 */
	preprocess(client: Writer | Digits, options?: PreprocessOptions | number): Digits;
}

const WRITERS_AT_ONCE = 10;

export function createDataApi({ store, breathe }: World): DataApi {
	/** A few at a time, so that a stop is heard in between. */
	async function load<Item>(
		count: number,
		from: number,
		available: number,
		read: (id: number) => Promise<Item>
	): Promise<Item[]> {
		expectNumber('from', from, { min: 0, max: available - 1, isWhole: true });
		expectNumber('numClients', count, { min: 1, max: available - from, isWhole: true });
		const items: Item[] = [];
		while (items.length < count) {
			await breathe();
			const size = Math.min(WRITERS_AT_ONCE, count - items.length);
			const ids = Array.from({ length: size }, (_, i) => from + items.length + i);
			items.push(...(await Promise.all(ids.map(read))));
		}
		return items;
	}

	return {
		async loadWriters({ numClients = 10, from = 0 } = {}) {
			const { writers } = await store.index();
			return load(numClients, from, writers.length, async (id) =>
				createWriter(id, `Writer ${id}`, await store.writer(id))
			);
		},

		async loadUnseenWriters({ numClients, from = 0 } = {}) {
			const { unseenWriters } = await store.index();
			const count = numClients ?? unseenWriters.length - from;
			return load(count, from, unseenWriters.length, async (id) => {
				const examples = await store.unseenWriter(id);
				const train = new Digits(id, selectExamples(examples, []));
				return { id, name: `Unseen writer ${id}`, train, test: new Digits(id, examples) };
			});
		},

		sampleClients(clients, count, { seed = 7, roundNum = 1 } = {}) {
			expectNumber('count', count, { min: 1, max: clients.length, isWhole: true });
			const positions = clients.map((_, position) => position);
			return sampleCohort(seed, roundNum, positions, count).map((position) => clients[position]);
		},

		preprocess(client, options) {
			const given = typeof options === 'object' ? options : {};
			const { epochs = 5, shuffle = true, batchSize = 20, reshape = [784] as const } = given;
			const digits = client instanceof Digits ? client : client.train;
			const plan = digits.repeat(epochs).batch(batchSize).reshape(reshape);
			return shuffle ? plan.shuffle() : plan;
		}
	};
}

/** The last digits are held out, as in every run of the engine. */
function createWriter(id: number, name: string, examples: Examples): Writer {
	const all = Uint32Array.from(examples.labels, (_, position) => position);
	const { train, heldOut } = holdOut(all);
	const part = (positions: Uint32Array) => new Digits(id, selectExamples(examples, positions));
	return { id, name, train: part(train), test: part(heldOut) };
}
