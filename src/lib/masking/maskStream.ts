/**
 * The mask generator: a 32-byte seed expanded to integers modulo 2^32 by ChaCha20 (RFC 8439), PRG in
 * Bonawitz et al. 2017, section 3.4. The nonce is constant because every seed is used for one stream only:
 * it is fresh for each pair and each round.
 */
import { chacha20 } from '@noble/ciphers/chacha.js';
import { maskingKernel, type SignedStream } from './kernels/maskingKernel';
import { addInto, subtractFrom } from './ring';

const NONCE = new Uint8Array(12);
const WORDS_PER_BLOCK = 16;
/** Words made at a time: small enough for the cache, a whole number of ChaCha20 blocks. */
const CHUNK_WORDS = 4096;
const ZEROS = new Uint8Array(4 * CHUNK_WORDS);

/** The first `length` integers of a seed's stream, each uniform in [0, 2^32). */
export function maskStream(seed: Uint8Array, length: number): Uint32Array {
	const stream = new Uint32Array(length);
	addStream(stream, seed);
	return stream;
}

/** target += PRG(seed) modulo 2^32, in place. */
export function addStream(target: Uint32Array, seed: Uint8Array): void {
	addStreams(target, [{ seed, sign: 1 }]);
}

/** target -= PRG(seed) modulo 2^32, in place. */
export function subtractStream(target: Uint32Array, seed: Uint8Array): void {
	addStreams(target, [{ seed, sign: -1 }]);
}

/** target += the sum of sign times PRG(seed) modulo 2^32, in place, by the compiled kernel where there is one. */
export function addStreams(
	target: Uint32Array,
	streams: readonly SignedStream[],
	kernel = maskingKernel()
): void {
	if (kernel) kernel.addStreams(target, streams);
	else
		for (const { seed, sign } of streams)
			combine(target, seed, sign === 1 ? addInto : subtractFrom);
}

function combine(
	target: Uint32Array,
	seed: Uint8Array,
	apply: (target: Uint32Array, words: Uint32Array) => void
): void {
	const chunk = new Uint32Array(Math.min(CHUNK_WORDS, target.length));
	const bytes = new Uint8Array(chunk.buffer);
	for (let start = 0; start < target.length; start += CHUNK_WORDS) {
		const size = Math.min(CHUNK_WORDS, target.length - start);
		const keystream = bytes.subarray(0, 4 * size);
		chacha20(seed, NONCE, ZEROS.subarray(0, 4 * size), keystream, start / WORDS_PER_BLOCK);
		apply(target.subarray(start, start + size), chunk.subarray(0, size));
	}
}
