/**
 * Who is played where. It changes no result, only how long a round takes: what is measured every round, and the cohort
 * of each round, are dealt evenly by digits.
 */
import { groupOf } from '../federated/evaluation';
import type { Population } from '../federated/records';

/** Numbers of digits, by id. */
export interface FederationSizes {
	/** What each client trains on. */
	training: readonly number[];
	/** What each member of a population measures models with. */
	measured: Readonly<Record<Population, readonly number[]>>;
}

/** The slot of each group that is measured in one pass, by population and group. */
export type Homes = Readonly<Record<Population, readonly number[]>>;

/** Group after group to the slot with the fewest digits so far. */
export function dealGroups(measured: FederationSizes['measured'], numSlots: number): Homes {
	const loads = new Array<number>(numSlots).fill(0);
	const deal = (population: Population) => {
		const groups: number[] = [];
		measured[population].forEach((numDigits, id) => {
			const group = groupOf(population, id);
			const slot = (groups[group] ??= loads.indexOf(Math.min(...loads)));
			loads[slot] += numDigits;
		});
		return groups;
	};
	return { training: deal('training'), unseen: deal('unseen'), students: deal('students') };
}

/**
 * The clients of each slot, ascending: at home, but for some that move from the busiest slot to the idlest, where that
 * narrows the gap between them by more than what is moved. (A client that moves reads its digits anew.)
 */
export function dealCohort(
	clientIds: readonly number[],
	sizes: FederationSizes['training'],
	homeOf: (clientId: number) => number,
	numSlots: number
): number[][] {
	const shares: number[][] = Array.from({ length: numSlots }, () => []);
	for (const clientId of clientIds) shares[homeOf(clientId)].push(clientId);
	const loads = shares.map((share) => share.reduce((sum, id) => sum + sizes[id], 0));
	for (;;) {
		const busiest = loads.indexOf(Math.max(...loads));
		const idlest = loads.indexOf(Math.min(...loads));
		const gap = loads[busiest] - loads[idlest];
		const gapWithout = (clientId: number) => Math.abs(gap - 2 * sizes[clientId]);
		const [best] = [...shares[busiest]].sort((a, b) => gapWithout(a) - gapWithout(b));
		if (best === undefined || gapWithout(best) >= gap - sizes[best]) break;
		shares[busiest] = shares[busiest].filter((clientId) => clientId !== best);
		shares[idlest].push(best);
		loads[busiest] -= sizes[best];
		loads[idlest] += sizes[best];
	}
	return shares.map((share) => share.sort((a, b) => a - b));
}
