/**
 * Digits that are measured round after round: their ink is listed once and stays in the arena, so that a measurement
 * neither copies pixels nor searches them. A digit takes some 1.2 KB.
 */
import { IMAGE_SIZE } from '../../data/datasetIndex';
import type { Examples } from '../../data/examples';
import { ADDRESS_BYTES, ENTRY_BYTES, type Arena } from './arena';

/** The kernel of assembly/ink.ts. */
export type KeepLists = (plan: number, list: number, starts: number, numRows: number) => void;

export interface KeptInk {
	/** Where the lists of these examples begin, an address; null where they cannot be kept. */
	startsOf(examples: Examples): number | null;
}

/** `place` puts the pixels of some examples where the kernel looks for them, at most `rowsPerCall` at a time. */
export function createKeptInk(
	arena: Arena,
	keepLists: KeepLists,
	place: (images: Uint8Array) => void,
	rowsPerCall: number
): KeptInk {
	const kept = new Map<Examples, number | null>();

	function keep({ images, labels }: Examples): number {
		const starts = arena.allocate((labels.length + 1) * ADDRESS_BYTES);
		let list = arena.allocate(countInked(images) * ENTRY_BYTES);
		for (let from = 0; from < labels.length; from += rowsPerCall) {
			const numRows = Math.min(rowsPerCall, labels.length - from);
			place(images.subarray(from * IMAGE_SIZE, (from + numRows) * IMAGE_SIZE));
			const at = starts + from * ADDRESS_BYTES;
			keepLists(arena.plan, list, at, numRows);
			list = new DataView(arena.memory.buffer).getUint32(at + numRows * ADDRESS_BYTES, true);
		}
		return starts;
	}

	return {
		startsOf(examples) {
			const known = kept.get(examples);
			if (known !== undefined) return known;
			const starts = orNull(() => keep(examples));
			kept.set(examples, starts);
			return starts;
		}
	};
}

function countInked(images: Uint8Array): number {
	let numInked = 0;
	for (let i = 0; i < images.length; i++) if (images[i] > 0) numInked++;
	return numInked;
}

/** Null where the machine has no memory left. */
function orNull<Value>(make: () => Value): Value | null {
	try {
		return make();
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
