/**
 * The figures of an old round in columns of numbers: a long run of hundreds of clients would else hold a million small
 * objects. Whoever looks at the round gets objects again, the same as before.
 */
import type { RoundEvaluation } from '../federated/records';
import { phases, type ClientRound, type RoundRecord } from './roundRecord';

type PerClient = RoundEvaluation['perClient'];

export interface PackedClients {
	/** Rows of `INTEGERS` and `REALS`. */
	integers: Uint32Array;
	reals: Float64Array;
	/** Last phase of those that fell silent, else `STAYED`. */
	droppedIn: Uint8Array;
	/** Sums of `FLAGS`. */
	flags: Uint8Array;
	publicKeys: readonly (string | null)[] | null;
}

const INTEGERS = 7;
const REALS = 2;
const STAYED = 255;
const FLAGS = {
	isByHand: 1,
	hasStarted: 2,
	isTrained: 4,
	hasLoss: 8,
	hasNorm: 16,
	hasHeldOut: 32
} as const;

/** Clients without their pictures and step losses. Accuracies are shares of digits: those are counted instead. */
export function packClients(clients: readonly ClientRound[]): PackedClients {
	const packed: PackedClients = {
		integers: new Uint32Array(INTEGERS * clients.length),
		reals: new Float64Array(REALS * clients.length),
		droppedIn: new Uint8Array(clients.length),
		flags: new Uint8Array(clients.length),
		publicKeys: clients.some(({ publicKey }) => publicKey !== null)
			? clients.map(({ publicKey }) => publicKey)
			: null
	};
	clients.forEach((client, i) => {
		const { id, numExamples, bytesDown, bytesUp, heldOut, loss, deltaNorm, droppedIn } = client;
		const { numExamples: numHeldOut = 0, received = 0, trained = 0 } = heldOut ?? {};
		const counts = [received, trained].map((share) => Math.round(share * numHeldOut));
		const integers = [id, numExamples, bytesDown, bytesUp, numHeldOut, ...counts];
		packed.integers.set(integers, INTEGERS * i);
		packed.reals.set([loss ?? 0, deltaNorm ?? 0], REALS * i);
		packed.droppedIn[i] = droppedIn === null ? STAYED : phases.indexOf(droppedIn);
		packed.flags[i] =
			FLAGS.isByHand * Number(client.isByHand) +
			FLAGS.hasStarted * Number(client.hasStarted) +
			FLAGS.isTrained * Number(client.isTrained) +
			FLAGS.hasLoss * Number(loss !== null) +
			FLAGS.hasNorm * Number(deltaNorm !== null) +
			FLAGS.hasHeldOut * Number(heldOut !== null);
	});
	return packed;
}

/** What was packed. */
export function unpackClients(packed: PackedClients): ClientRound[] {
	return Array.from(packed.flags, (_, i) => unpackClient(packed, i));
}

/** One client of those that were packed; null where it is none of them. */
export function findPacked(packed: PackedClients, clientId: number): ClientRound | null {
	const i = packed.flags.findIndex((_, at) => packed.integers[INTEGERS * at] === clientId);
	return i < 0 ? null : unpackClient(packed, i);
}

function unpackClient(packed: PackedClients, i: number): ClientRound {
	const flags = packed.flags[i];
	const has = (name: keyof typeof FLAGS) => (flags & FLAGS[name]) !== 0;
	const integers = packed.integers.subarray(INTEGERS * i, INTEGERS * (i + 1));
	const [id, numExamples, bytesDown, bytesUp, numHeldOut, numReceived, numTrained] = integers;
	const droppedIn = packed.droppedIn[i];
	return {
		id,
		numExamples,
		droppedIn: droppedIn === STAYED ? null : phases[droppedIn],
		isByHand: has('isByHand'),
		hasStarted: has('hasStarted'),
		isTrained: has('isTrained'),
		stepLosses: [],
		loss: has('hasLoss') ? packed.reals[REALS * i] : null,
		deltaNorm: has('hasNorm') ? packed.reals[REALS * i + 1] : null,
		bytesDown,
		bytesUp,
		trained: null,
		clipped: null,
		noised: null,
		masked: null,
		coded: null,
		publicKey: packed.publicKeys?.[i] ?? null,
		heldOut: has('hasHeldOut')
			? {
					numExamples: numHeldOut,
					received: numReceived / numHeldOut,
					trained: numTrained / numHeldOut
				}
			: null
	};
}

/** Rows of id, digits, and those of them that were read. */
export function packAccuracies(perClient: PerClient): Uint32Array {
	const rows = perClient.map(({ id, numExamples, accuracy }) => [
		id,
		numExamples,
		Math.round(accuracy * numExamples)
	]);
	return Uint32Array.from(rows.flat());
}

/** What was packed. */
export function unpackAccuracies(packed: Uint32Array): PerClient {
	return Array.from({ length: packed.length / 3 }, (_, i) => {
		const [id, numExamples, numCorrect] = packed.subarray(3 * i, 3 * i + 3);
		return { id, accuracy: numCorrect / numExamples, numExamples };
	});
}

export function packPairs(pairs: RoundRecord['pairs']): Uint32Array {
	return Uint32Array.from(pairs.flat());
}

/** What was packed. */
export function unpackPairs(packed: Uint32Array): RoundRecord['pairs'] {
	return Array.from({ length: packed.length / 2 }, (_, i) => [packed[2 * i], packed[2 * i + 1]]);
}
