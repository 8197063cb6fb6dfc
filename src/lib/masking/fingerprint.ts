/** Secrets and keys as people may see them: short, in hex, and never the secret itself. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { deriveMaskSeed } from './keyAgreement';
import { pairMask } from './pairMask';

const SHOWN_BYTES = 4;

/** The first four bytes of a secret's SHA-256: two ends that agree show the same, and nobody learns the secret. */
export function fingerprint(secret: Uint8Array): string {
	return bytesToHex(sha256(secret).subarray(0, SHOWN_BYTES));
}

/** The first bytes of a public key. */
export function shortKey(publicKey: Uint8Array): string {
	return bytesToHex(publicKey.subarray(0, 2 * SHOWN_BYTES));
}

/** The first integers of the mask that `ownId` adds for its pair with `peerId`, modulo 2^32. */
export function firstOfMask(
	maskSecret: Uint8Array,
	roundNum: number,
	ownId: number,
	peerId: number,
	length: number
): number[] {
	const seed = deriveMaskSeed(maskSecret, roundNum, ownId, peerId);
	return [...pairMask(ownId, peerId, seed, length)];
}
