/**
 * Clients that any of several hosts may train: each host takes its own from the front and then, when these are gone,
 * those of others. Memory that all of them share tells who has been taken, so that a host that is done early goes on
 * without a question to anybody.
 */

export interface Claims {
	/** Clients of other hosts, in the order in which this one takes them on. */
	otherIds: readonly number[];
	/** By client id: the host that took it, 0 for nobody yet. Shared memory. */
	takers: Int32Array;
	/** Stands for this host in `takers`; above 0. */
	taker: number;
}

/** The clients that a host trains, each taken when it is asked for; without claims, all its own. */
export function* takeClients(clientIds: readonly number[], claims?: Claims): Generator<number> {
	if (!claims) return yield* clientIds;
	const { otherIds, takers, taker } = claims;
	for (const clientId of [...clientIds, ...otherIds]) {
		if (Atomics.compareExchange(takers, clientId, 0, taker) === 0) yield clientId;
	}
}
