/**
 * Masks that cancel: of each pair the lower id adds the shared stream and the higher subtracts it, so
 * p(i, j) + p(j, i) = 0 modulo 2^32 (Bonawitz et al. 2017, section 4, with the signs the other way round).
 */
import type { SignedStream } from './kernels/maskingKernel';
import { addStreams } from './maskStream';

/** +1 where `ownId` adds the stream it shares with `otherId`, -1 where it subtracts it. */
export function pairSign(ownId: number, otherId: number): 1 | -1 {
	if (ownId === otherId)
		throw new Error(`Expected two different clients, got ${ownId} and ${otherId}`);
	return ownId < otherId ? 1 : -1;
}

/**
 * p(ownId, otherId) as a stream to add. A client masks its input with it. The server, once `ownId` has
 * dropped out, adds the mask that is missing from the sum with the very same stream.
 */
export function pairStream(ownId: number, otherId: number, seed: Uint8Array): SignedStream {
	return { seed, sign: pairSign(ownId, otherId) };
}

/** target += p(ownId, otherId), in place. */
export function addPairMask(
	target: Uint32Array,
	ownId: number,
	otherId: number,
	seed: Uint8Array
): void {
	addStreams(target, [pairStream(ownId, otherId, seed)]);
}

/** The mask p(ownId, otherId) by itself, [length]. */
export function pairMask(
	ownId: number,
	otherId: number,
	seed: Uint8Array,
	length: number
): Uint32Array {
	const mask = new Uint32Array(length);
	addPairMask(mask, ownId, otherId, seed);
	return mask;
}
