/**
 * A client in a secure aggregation: pure steps `(state, message) -> [state, message]` for an honest-but-curious
 * server (Bonawitz et al. 2017, figure 4, without the consistency check of the active model). All its keys are
 * made for one round and forgotten with it, so a key that a recovery reveals opens nothing else.
 */
import {
	checkKeyList,
	checkRequest,
	expectDistinct,
	expectEnough,
	expectTurn
} from './clientChecks';
import {
	agreeAll,
	createKeyPairs,
	deriveChannelKey,
	deriveMaskSeed,
	KEY_BYTES,
	type AgreeAll,
	type KeyPair
} from './keyAgreement';
import type { SignedStream } from './kernels/maskingKernel';
import { addStreams } from './maskStream';
import type {
	Envelope,
	KeyAdvertisement,
	KeyList,
	MaskedInput,
	OwnedShare,
	PublicKeys,
	RevealedShares,
	SealedShares,
	ShareInbox,
	UnmaskingRequest
} from './messages';
import { pairStream } from './pairMask';
import type { RandomBytes } from './randomBytes';
import { shareSecret } from './secretSharing';
import { openBundle, sealBundle, type ShareBundle } from './shareEncryption';

interface ClientIdentity {
	roundNum: number;
	clientId: number;
}

/** Has advertised its keys. */
export interface AdvertisedClient extends ClientIdentity {
	stage: 'advertiseKeys';
	channelPair: KeyPair;
	maskPair: KeyPair;
}

/** Has sealed its shares. */
export interface SharedClient extends ClientIdentity {
	stage: 'shareKeys';
	threshold: number;
	maskPair: KeyPair;
	selfSeed: Uint8Array;
	/** Its own share of its self seed. */
	ownSeedShare: Uint8Array;
	neighbors: { keys: PublicKeys; channelSecret: Uint8Array }[];
}

/** Has sent its masked input; what hid it is gone from here, only shares are left. */
export interface MaskedClient extends ClientIdentity {
	stage: 'maskedInput';
	threshold: number;
	ownSeedShare: Uint8Array;
	/** Shares it keeps for the neighbors that shared. */
	bundles: ShareBundle[];
}

/** Has revealed the shares it was asked for; it reveals nothing more. */
export interface FinishedClient extends ClientIdentity {
	stage: 'unmask';
}

export type ClientState = AdvertisedClient | SharedClient | MaskedClient | FinishedClient;

/** Makes both key pairs of this round. */
export function advertiseKeys(
	identity: ClientIdentity,
	randomBytes: RandomBytes
): [AdvertisedClient, KeyAdvertisement] {
	const { roundNum, clientId } = identity;
	const secretKeys = [randomBytes(KEY_BYTES), randomBytes(KEY_BYTES)];
	const [channelPair, maskPair] = createKeyPairs(secretKeys);
	return [
		{ stage: 'advertiseKeys', roundNum, clientId, channelPair, maskPair },
		{
			kind: 'keyAdvertisement',
			roundNum,
			clientId,
			channelKey: channelPair.publicKey,
			maskKey: maskPair.publicKey
		}
	];
}

/** Draws the self seed and deals shares of it and of the mask key to itself and its neighbors. */
export function shareKeys(
	state: AdvertisedClient,
	keyList: KeyList,
	randomBytes: RandomBytes,
	agreeWithAll: AgreeAll = agreeAll
): [SharedClient, SealedShares] {
	expectTurn(state, 'advertiseKeys', keyList);
	const { roundNum, clientId, channelPair, maskPair } = state;
	checkKeyList({ clientId, publicKeys: [channelPair.publicKey, maskPair.publicKey] }, keyList);
	const { threshold } = keyList;
	const holderIds = [clientId, ...keyList.neighbors.map((keys) => keys.clientId)];
	const selfSeed = randomBytes(KEY_BYTES);
	const maskKeyShares = shareSecret(maskPair.secretKey, threshold, holderIds, randomBytes);
	const selfSeedShares = shareSecret(selfSeed, threshold, holderIds, randomBytes);
	const channelSecrets = agreeWithAll(
		channelPair,
		keyList.neighbors.map(({ channelKey }) => channelKey)
	);
	const neighbors = keyList.neighbors.map((keys, index) => ({
		keys,
		channelSecret: channelSecrets[index]
	}));
	const envelopes = neighbors.map(({ keys, channelSecret }, index): Envelope => {
		const bundle = {
			ownerId: clientId,
			holderId: keys.clientId,
			maskKeyShare: maskKeyShares[index + 1].bytes,
			selfSeedShare: selfSeedShares[index + 1].bytes
		};
		const key = deriveChannelKey(channelSecret, roundNum, clientId, keys.clientId);
		return { peerId: keys.clientId, sealed: sealBundle(bundle, key) };
	});
	const next: SharedClient = {
		stage: 'shareKeys',
		roundNum,
		clientId,
		threshold,
		maskPair,
		selfSeed,
		ownSeedShare: selfSeedShares[0].bytes,
		neighbors
	};
	return [next, { kind: 'sealedShares', roundNum, clientId, envelopes }];
}

/**
 * Opens the neighbors' shares and masks the input: y = x + PRG(b) + the pair masks with every neighbor that
 * shared. `input` holds integers modulo 2^32 and is left as it is; `onMask` hears each secret that a mask grew from.
 */
export function maskInput(
	state: SharedClient,
	inbox: ShareInbox,
	input: Uint32Array,
	agreeWithAll: AgreeAll = agreeAll,
	onMask?: (peerId: number, maskSecret: Uint8Array) => void
): [MaskedClient, MaskedInput] {
	expectTurn(state, 'shareKeys', inbox);
	const { roundNum, clientId, threshold } = state;
	expectEnough(1 + inbox.envelopes.length, threshold, 'clients that shared');
	expectDistinct(inbox.envelopes.map(({ peerId }) => peerId));
	const senders = inbox.envelopes.map(({ peerId, sealed }) => {
		const neighbor = state.neighbors.find(({ keys }) => keys.clientId === peerId);
		if (!neighbor)
			throw new Error(`Expected shares of neighbors only, got some of client ${peerId}`);
		return { ...neighbor, peerId, sealed };
	});
	const bundles = senders.map(({ peerId, sealed, channelSecret }) => {
		const channelKey = deriveChannelKey(channelSecret, roundNum, peerId, clientId);
		return openBundle(sealed, channelKey, peerId, clientId);
	});
	const maskSecrets = agreeWithAll(
		state.maskPair,
		senders.map(({ keys }) => keys.maskKey)
	);
	const pairStreams = senders.map(({ peerId }, index) => {
		onMask?.(peerId, maskSecrets[index]);
		const seed = deriveMaskSeed(maskSecrets[index], roundNum, clientId, peerId);
		return pairStream(clientId, peerId, seed);
	});
	const selfStream: SignedStream = { seed: state.selfSeed, sign: 1 };
	const vector = input.slice();
	addStreams(vector, [selfStream, ...pairStreams]);
	const { ownSeedShare } = state;
	return [
		{ stage: 'maskedInput', roundNum, clientId, threshold, ownSeedShare, bundles },
		{ kind: 'maskedInput', roundNum, clientId, vector }
	];
}

/** Reveals, for each neighbor, the share of its self seed if it is in the sum, else of its mask key. */
export function revealShares(
	state: MaskedClient,
	request: UnmaskingRequest
): [FinishedClient, RevealedShares] {
	expectTurn(state, 'maskedInput', request);
	const { roundNum, clientId, threshold, ownSeedShare } = state;
	const bundleOf = new Map(state.bundles.map((bundle) => [bundle.ownerId, bundle]));
	checkRequest({ clientId, threshold, ownerIds: [...bundleOf.keys()] }, request);
	const seedShare = (ownerId: number): OwnedShare => ({
		ownerId,
		share: ownerId === clientId ? ownSeedShare : bundleOf.get(ownerId)!.selfSeedShare
	});
	const keyShare = (ownerId: number): OwnedShare => ({
		ownerId,
		share: bundleOf.get(ownerId)!.maskKeyShare
	});
	return [
		{ stage: 'unmask', roundNum, clientId },
		{
			kind: 'revealedShares',
			roundNum,
			clientId,
			selfSeedShares: request.survivorIds.map(seedShare),
			maskKeyShares: request.droppedIds.map(keyShare)
		}
	];
}
