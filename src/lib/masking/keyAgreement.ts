/**
 * Key agreement: X25519 (RFC 7748), then HKDF-SHA256 (RFC 5869) with the purpose, the round and the pair in
 * its info, so that no two uses of a secret ever share a key. Bonawitz et al. 2017, section 3.2.
 */
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { publicKeysOf, scalarMultiplyAll } from './x25519';

export const KEY_BYTES = 32;

export interface KeyPair {
	/** 32 bytes; stays with its client. */
	secretKey: Uint8Array;
	/** 32 bytes; everybody may see it. */
	publicKey: Uint8Array;
}

/** The key pair of 32 random bytes. */
export function createKeyPair(secretKey: Uint8Array): KeyPair {
	return createKeyPairs([secretKey])[0];
}

/** Several at once, which takes less time than one after the other. */
export function createKeyPairs(secretKeys: readonly Uint8Array[]): KeyPair[] {
	const publicKeys = publicKeysOf(secretKeys);
	return secretKeys.map((secretKey, i) => ({ secretKey, publicKey: publicKeys[i] }));
}

/**
 * What two parties share, 32 bytes: `agree(a.secretKey, b.publicKey)` equals `agree(b.secretKey, a.publicKey)`.
 * Refuses public keys of small order, with which the secret would be known to everybody.
 */
export function agree(secretKey: Uint8Array, publicKey: Uint8Array): Uint8Array {
	return agreeAll({ secretKey }, [publicKey])[0];
}

/** What the owner of a key pair shares with each of the others, 32 bytes each, in order. */
export type AgreeAll = (own: KeyPair, publicKeys: readonly Uint8Array[]) => Uint8Array[];

/** Agrees with all of them at once; refuses what `agree` refuses. */
export function agreeAll(
	{ secretKey }: Pick<KeyPair, 'secretKey'>,
	publicKeys: readonly Uint8Array[]
): Uint8Array[] {
	const odd = publicKeys.find(({ length }) => length !== KEY_BYTES);
	if (odd) throw new Error(`Expected a public key of ${KEY_BYTES} bytes, got ${odd.length}`);
	const secrets = scalarMultiplyAll(publicKeys.map((point) => ({ scalar: secretKey, point })));
	if (secrets.some((shared) => shared.every((byte) => byte === 0)))
		throw new Error('Expected a public key of large order, got one whose every secret is zero');
	return secrets;
}

/** The seed of a pair's mask stream, the same for both ends; another one in every round. */
export function deriveMaskSeed(
	sharedSecret: Uint8Array,
	roundNum: number,
	oneId: number,
	otherId: number
): Uint8Array {
	const [low, high] = oneId < otherId ? [oneId, otherId] : [otherId, oneId];
	return derive(sharedSecret, `mask/round ${roundNum}/pair ${low},${high}`);
}

/** The key that seals what `senderId` sends to `recipientId` in one round; the way back has another. */
export function deriveChannelKey(
	sharedSecret: Uint8Array,
	roundNum: number,
	senderId: number,
	recipientId: number
): Uint8Array {
	return derive(sharedSecret, `channel/round ${roundNum}/from ${senderId} to ${recipientId}`);
}

/**
 * What HKDF made of each shared secret: its first half and the keys so far. Where one machine plays both ends of a
 * pair, both hold the same secret and need the same keys. A secret never changes; with it they are forgotten.
 */
const derived = new WeakMap<Uint8Array, { halfway: Uint8Array; keys: Map<string, Uint8Array> }>();

function derive(sharedSecret: Uint8Array, info: string): Uint8Array {
	const known = derived.get(sharedSecret) ?? {
		halfway: extract(sha256, sharedSecret),
		keys: new Map<string, Uint8Array>()
	};
	derived.set(sharedSecret, known);
	const key = known.keys.get(info) ?? expandKey(known.halfway, info);
	known.keys.set(info, key);
	return key;
}

function expandKey(halfway: Uint8Array, info: string): Uint8Array {
	const label = utf8ToBytes(`many-hands/secure-aggregation/v1/${info}`);
	return expand(sha256, halfway, label, KEY_BYTES);
}
