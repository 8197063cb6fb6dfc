/**
 * What a round's record weighs, and its thin form: older rounds keep who took part, losses, norms, bytes, metrics and
 * the model's pictures, packed. A whole round of 30 clients under masks weighs about 330 kB, one of all 289 in the clear
 * 430 kB and thin 40 kB. All rounds together have one budget, so that a long run stands still in memory: the more old
 * rounds there are, the fewer young ones have their pictures. The oldest of very many lose those of the model, too.
 */
import { maskBytes } from '../federated/maskColumns';
import {
	findPacked,
	packAccuracies,
	packClients,
	packPairs,
	unpackAccuracies,
	unpackClients,
	unpackPairs,
	type PackedClients
} from './packedRound';
import type { ClientRound, NumberPicture, RoundRecord, UpdateView } from './roundRecord';

export const RECORD_BUDGET_BYTES = 16e6;

/** An object with its few numbers and references, roughly. */
const OBJECT_BYTES = 200;
/** A picture apart from its pixels, and the few numbers beside it. */
const VIEW_BYTES = 2 * OBJECT_BYTES;
/** Small ones: a pair, or an accuracy. */
const PAIR_BYTES = 40;

interface PackedRound {
	clients: PackedClients;
	pairs: Uint32Array;
	/** Null where the round was not measured. */
	accuracies: Uint32Array | null;
}

type Unpacked = Pick<RoundRecord, 'clients' | 'pairs' | 'evaluation'>;

const packedRounds = new WeakMap<RoundRecord, PackedRound>();

/** What the record holds, in bytes, roughly. */
export function recordBytes(record: RoundRecord): number {
	const packed = packedRounds.get(record);
	const { server } = record;
	const model = [...(server.after ?? []), ...(server.change ?? [])];
	const modelBytes = sum(model, pictureBytes);
	if (packed) return modelBytes + OBJECT_BYTES + packedBytes(packed);
	const { clients, pairs, masks, evaluation } = record;
	const views = [...clients.flatMap(viewsOf), ...server.runningSums, ...server.plainSums];
	if (server.unmasked) views.push(server.unmasked);
	return (
		modelBytes +
		sum(views, ({ picture }) => pictureBytes(picture)) +
		sum(clients, ({ stepLosses }) => OBJECT_BYTES + 4 * stepLosses.length) +
		PAIR_BYTES * (pairs.length + (evaluation?.perClient.length ?? 0)) +
		(masks ? maskBytes(masks) : 0)
	);
}

/** The record without the pictures of its updates. Its figures are packed until they are looked at. */
export function thinRecord(record: RoundRecord): RoundRecord {
	const { clients, pairs, evaluation } = record;
	return packRecord(
		{
			...record,
			masks: null,
			server: { ...record.server, runningSums: [], plainSums: [], unmasked: null },
			isThinned: true
		},
		{
			clients: packClients(clients),
			pairs: packPairs(pairs),
			accuracies: evaluation && packAccuracies(evaluation.perClient)
		}
	);
}

/** The record with what is packed of it instead of its own. */
function packRecord({ evaluation, ...record }: RoundRecord, packed: PackedRound): RoundRecord {
	const measured = evaluation && { ...evaluation, perClient: [] };
	const thin: RoundRecord = {
		...record,
		get clients() {
			return unpack(packed, measured).clients;
		},
		get pairs() {
			return unpack(packed, measured).pairs;
		},
		get evaluation() {
			return measured && unpack(packed, measured).evaluation;
		}
	};
	packedRounds.set(thin, packed);
	return thin;
}

/** A thin record without the pictures of the model, too. */
export function bareRecord(thin: RoundRecord): RoundRecord {
	const packed = packedRounds.get(thin);
	if (!packed) return thin;
	const noModel = { before: [], after: null, change: null, histograms: null };
	return packRecord({ ...thin, server: { ...thin.server, ...noModel } }, packed);
}

/** A client in a round; null where that did not choose it. */
export function clientIn(record: RoundRecord, clientId: number): ClientRound | null {
	const packed = packedRounds.get(record);
	if (packed) return findPacked(packed.clients, clientId);
	return record.clients.find(({ id }) => id === clientId) ?? null;
}

/** The round that was looked at last: while it is on stage, it is read many times a frame. */
let latest: { packed: PackedRound; unpacked: Unpacked } | null = null;

function unpack(packed: PackedRound, measured: RoundRecord['evaluation']): Unpacked {
	if (latest?.packed === packed) return latest.unpacked;
	const { clients, pairs, accuracies } = packed;
	const unpacked = {
		clients: unpackClients(clients),
		pairs: unpackPairs(pairs),
		evaluation:
			measured && accuracies ? { ...measured, perClient: unpackAccuracies(accuracies) } : null
	};
	latest = { packed, unpacked };
	return unpacked;
}

function packedBytes({ clients, pairs, accuracies }: PackedRound): number {
	const { integers, reals, droppedIn, flags, publicKeys } = clients;
	const columns = [integers, reals, droppedIn, flags, pairs, ...(accuracies ? [accuracies] : [])];
	return sum(columns, ({ byteLength }) => byteLength) + PAIR_BYTES * (publicKeys?.length ?? 0);
}

function pictureBytes({ pixels }: NumberPicture): number {
	return pixels.byteLength + VIEW_BYTES;
}

function viewsOf({ trained, clipped, noised, masked }: ClientRound): UpdateView[] {
	return [trained, clipped, noised, masked].filter((view) => view !== null);
}

function sum<Item>(items: readonly Item[], bytesOf: (item: Item) => number): number {
	return items.reduce((total, item) => total + bytesOf(item), 0);
}
