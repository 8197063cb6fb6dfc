/**
 * Who plays whom in a round: as it was dealt and, where hosts share memory, as it turns out, because a host that is
 * done takes on clients of others that nobody has begun. It changes no result, only how long a round takes.
 */
import type { CohortMessage } from '../federated/federation';

export interface CohortDeal {
	/** What the host of a slot is to train now; what a host before it had begun, and never answered, is among it. */
	begin(slot: number): Pick<CohortMessage, 'clientIds' | 'claims'>;
	/** The client that the slot works on, as far as is known and unless it was named before. */
	nextBegun(slot: number): number | undefined;
	/** A client has answered. Returns whether it had been named. */
	settle(clientId: number): boolean;
	/** Whom the slot has begun, or is about to, and owes an answer of; undefined if there is nobody. */
	owed(slot: number): number | undefined;
	/** Those that have not answered. */
	unsettled(): number[];
}

/** Memory for a number of each client that hosts share; null where the page may not share any. */
export function createSharedTakers(numClients: number): Int32Array | null {
	if (typeof SharedArrayBuffer === 'undefined') return null;
	return new Int32Array(new SharedArrayBuffer(numClients * Int32Array.BYTES_PER_ELEMENT));
}

/** @param shares the clients of each slot. @param takers zeros, by client id; null lets everybody keep to its share. */
export function createCohortDeal(
	shares: readonly (readonly number[])[],
	takers: Int32Array | null
): CohortDeal {
	const settled = new Set<number>();
	const named = new Set<number>();
	const own = shares.map((share) => new Set(share));
	/** Those of each slot, then those of others from their backs; and how far all have been named, or taken by others. */
	const orders = shares.map((share, slot) => [
		...share,
		...takeTurns(shares.filter((_, i) => i !== slot).map((others) => [...others].reverse()))
	]);
	const numPassed = shares.map(() => 0);

	const takerOf = (clientId: number) => (takers ? Atomics.load(takers, clientId) : 0);
	const isFor = (slot: number, clientId: number) => {
		const taker = takerOf(clientId);
		return taker === 0 ? own[slot].has(clientId) : taker === slot + 1;
	};

	return {
		begin(slot) {
			const left = orders[slot].filter((clientId) => !settled.has(clientId));
			const clientIds = left.filter((clientId) => isFor(slot, clientId));
			numPassed[slot] = 0;
			if (!takers) return { clientIds };
			const otherIds = left.filter((clientId) => !clientIds.includes(clientId));
			for (const id of clientIds) Atomics.compareExchange(takers, id, slot + 1, 0);
			return { clientIds, claims: { otherIds, takers, taker: slot + 1 } };
		},

		nextBegun(slot) {
			const order = orders[slot];
			for (; numPassed[slot] < order.length; numPassed[slot]++) {
				const clientId = order[numPassed[slot]];
				if (named.has(clientId) || settled.has(clientId)) continue;
				if (isFor(slot, clientId)) {
					named.add(clientId);
					return clientId;
				}
				// Nobody has begun it, this slot no more than others.
				if (takerOf(clientId) === 0) return undefined;
			}
			return undefined;
		},

		settle(clientId) {
			settled.add(clientId);
			return named.has(clientId);
		},

		owed: (slot) =>
			orders[slot].find((clientId) => !settled.has(clientId) && isFor(slot, clientId)),

		unsettled: () => shares.flat().filter((clientId) => !settled.has(clientId))
	};
}

/** The first of each list, then the second of each, and so on. */
function takeTurns(lists: readonly (readonly number[])[]): number[] {
	const length = Math.max(0, ...lists.map((list) => list.length));
	return Array.from({ length }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat();
}
