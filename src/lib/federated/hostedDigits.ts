/** The digits of the clients that a host plays: read when first needed, once, and kept for the run. */
import { IMAGE_SIZE } from '../data/datasetIndex';
import { concatExamples, type Examples } from '../data/examples';
import { createMemory } from '../data/memory';
import type { Partition } from '../data/partition/partition';
import type { DatasetStore } from '../data/store';
import type { Population } from './records';

/** Digits of several members of a population, one member after the other. */
export interface DigitGroup {
	examples: Examples;
	/** Where each member's end. */
	ends: readonly number[];
}

export interface HostedDigits {
	/** What a client trains on. */
	training(clientId: number): Promise<Examples>;
	/** What a client keeps back to measure models. */
	heldOut(clientId: number): Promise<Examples>;
	group(population: Population, ids: readonly number[]): Promise<DigitGroup>;
	/** The training digits of all clients, client by client. */
	pooled(): Promise<Examples>;
}

export function createHostedDigits(store: DatasetStore, { clients }: Partition): HostedDigits {
	const remember = createMemory();

	function readMember(population: Population, id: number): Promise<Examples> {
		if (population === 'unseen') return store.unseenWriter(id);
		if (population === 'students') return store.students(id);
		return store.clientExamples(clients[id].heldOut);
	}

	async function readGroup(population: Population, ids: readonly number[]): Promise<DigitGroup> {
		const parts = await Promise.all(ids.map((id) => readMember(population, id)));
		let end = 0;
		const ends = parts.map((part) => (end += part.labels.length));
		return { examples: concatExamples(parts), ends };
	}

	return {
		training: (clientId) =>
			remember(`trained on/${clientId}`, () => store.clientExamples(clients[clientId].train)),
		heldOut: (clientId) =>
			remember(`held out/${clientId}`, () => store.clientExamples(clients[clientId].heldOut)),
		group: (population, ids) =>
			remember(`measured on/${population}/${ids.join()}`, () => readGroup(population, ids)),
		pooled: () => remember('pooled', () => readAll(store, clients))
	};
}

async function readAll(store: DatasetStore, clients: Partition['clients']): Promise<Examples> {
	const total = clients.reduce((sum, client) => sum + client.train.length, 0);
	const positions = new Uint32Array(total);
	let offset = 0;
	for (const { train } of clients) {
		positions.set(train, offset);
		offset += train.length;
	}
	const pooled = await store.clientExamples(positions);
	if (pooled.images.length !== total * IMAGE_SIZE) {
		throw new Error(`expected ${total} pooled digits, got ${pooled.images.length / IMAGE_SIZE}`);
	}
	return pooled;
}
