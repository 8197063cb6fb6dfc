/**
 * All masks of a round in columns of integers. Fifty clients make over a thousand pairs: as objects they would hold up
 * the page when they arrive there.
 */
import type { MaskEnd } from './observation';

export interface MaskColumns {
	/** Two ids a pair, the lower one first. */
	ids: Uint32Array;
	/** Short hash of each pair's secret, as one integer. */
	fingerprints: Uint32Array;
	/** The first integers of the mask as the lower end adds it, then those of the higher end; zeros where it is silent. */
	first: Uint32Array;
	/** Which ends told of the pair: 1 the lower one, 2 the higher one, 3 both. */
	ends: Uint8Array;
}

/** The agreement of one pair, as far as anybody but the two may see it. */
export interface PairDetails {
	low: number;
	high: number;
	/** Short hash of the secret in hex: the same at both ends. */
	fingerprint: string;
	/** The first integers of the mask as each end adds it, modulo 2^32; empty for an end that fell silent. */
	lowFirst: readonly number[];
	highFirst: readonly number[];
}

/** Integers of each mask that are shown, at either end. */
export const NUM_FIRST = 4;

const LOW = 1;
const HIGH = 2;

/** Both ends of each pair, as both ends report it. A pair whose other end fell silent has one end only. */
export function joinEnds(
	clients: readonly { clientId: number; ends: readonly MaskEnd[] }[]
): MaskColumns {
	const indexOf = new Map<string, number>();
	const pairs = clients.flatMap(({ clientId, ends }) =>
		ends.map((end) => {
			const isLow = clientId < end.peerId;
			const [low, high] = isLow ? [clientId, end.peerId] : [end.peerId, clientId];
			const key = `${low}/${high}`;
			const index = indexOf.get(key) ?? indexOf.size;
			indexOf.set(key, index);
			return { ...end, low, high, index, isLow };
		})
	);
	const numPairs = indexOf.size;
	const columns: MaskColumns = {
		ids: new Uint32Array(2 * numPairs),
		fingerprints: new Uint32Array(numPairs),
		first: new Uint32Array(2 * NUM_FIRST * numPairs),
		ends: new Uint8Array(numPairs)
	};
	for (const { low, high, index, isLow, fingerprint, first } of pairs) {
		columns.ids.set([low, high], 2 * index);
		columns.fingerprints[index] = Number.parseInt(fingerprint, 16);
		columns.first.set(first, (2 * index + Number(!isLow)) * NUM_FIRST);
		columns.ends[index] |= isLow ? LOW : HIGH;
	}
	return columns;
}

/** Null where the two share no mask. */
export function findPair(
	{ ids, fingerprints, first, ends }: MaskColumns,
	low: number,
	high: number
): PairDetails | null {
	const index = ends.findIndex((_, i) => ids[2 * i] === low && ids[2 * i + 1] === high);
	if (index < 0) return null;
	const firstOf = (end: typeof LOW | typeof HIGH): readonly number[] => {
		const from = (2 * index + end - LOW) * NUM_FIRST;
		return ends[index] & end ? [...first.subarray(from, from + NUM_FIRST)] : [];
	};
	const fingerprint = fingerprints[index].toString(16).padStart(8, '0');
	return { low, high, fingerprint, lowFirst: firstOf(LOW), highFirst: firstOf(HIGH) };
}

/** The pairs, in their order. */
export function pairsOf({ ids, ends }: MaskColumns): [low: number, high: number][] {
	return Array.from(ends, (_, i) => [ids[2 * i], ids[2 * i + 1]]);
}

/** Bytes of all columns. */
export function maskBytes({ ids, fingerprints, first, ends }: MaskColumns): number {
	return ids.byteLength + fingerprints.byteLength + first.byteLength + ends.byteLength;
}
