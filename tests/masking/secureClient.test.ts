import { beforeEach, describe, expect, it } from 'vitest';
import type {
	KeyAdvertisement,
	KeyList,
	ShareInbox,
	UnmaskingRequest
} from '../../src/lib/masking/messages';
import { seededBytes } from '../../src/lib/masking/randomBytes';
import {
	advertiseKeys,
	maskInput,
	revealShares,
	shareKeys,
	type AdvertisedClient,
	type SharedClient
} from '../../src/lib/masking/secureClient';

const roundNum = 4;
const bytesFor = (clientId: number, purpose: 'keys' | 'shares') =>
	seededBytes(9, roundNum, clientId, purpose);
const input = Uint32Array.of(1, 2, 3);

/** Clients 1, 2 and 3 up to their shares; the tests play the server. */
let clients: AdvertisedClient[];
let keys: KeyAdvertisement[];

beforeEach(() => {
	const started = [1, 2, 3].map((clientId) =>
		advertiseKeys({ roundNum, clientId }, bytesFor(clientId, 'keys'))
	);
	clients = started.map(([state]) => state);
	keys = started.map(([, message]) => message);
});

function keyListFor(clientId: number, change: Partial<KeyList> = {}): KeyList {
	const neighbors = keys.filter((key) => key.clientId !== clientId);
	return { kind: 'keyList', roundNum, clientId, threshold: 2, neighbors, ...change };
}

function shareAll(): { shared: SharedClient[]; inboxes: ShareInbox[] } {
	const all = clients.map((state) =>
		shareKeys(state, keyListFor(state.clientId), bytesFor(state.clientId, 'shares'))
	);
	const inboxes = clients.map(({ clientId }): ShareInbox => ({
		kind: 'shareInbox',
		roundNum,
		clientId,
		envelopes: all.flatMap(([, { clientId: peerId, envelopes }]) =>
			envelopes
				.filter((envelope) => envelope.peerId === clientId)
				.map(({ sealed }) => ({ peerId, sealed }))
		)
	}));
	return { shared: all.map(([state]) => state), inboxes };
}

const share = (list: KeyList) => () => shareKeys(clients[0], list, bytesFor(1, 'shares'));

describe('a client shares its keys', () => {
	it('only with enough others', () => {
		const few = keyListFor(1, { threshold: 4 });
		expect(share(few)).toThrow('Expected at least 4 clients with keys, got 3');
		expect(share(keyListFor(1, { threshold: 3 }))).not.toThrow();
		expect(share(keyListFor(1, { threshold: 0 }))).toThrow(
			'Expected a threshold of at least 1, got 0'
		);
	});

	it('only when all keys differ, its own included', () => {
		const copied = [keys[1], { ...keys[2], maskKey: keys[1].channelKey }];
		expect(share(keyListFor(1, { neighbors: copied }))).toThrow(
			'Expected 6 different public keys, got one key twice'
		);
		const mirrored = [keys[1], { ...keys[2], maskKey: keys[0].maskKey }];
		expect(share(keyListFor(1, { neighbors: mirrored }))).toThrow('got one key twice');
	});

	it('only with different clients, and not with itself', () => {
		expect(share(keyListFor(1, { neighbors: [keys[1], keys[1]] }))).toThrow(
			'Expected every client once, got client 2 twice'
		);
		expect(share(keyListFor(1, { neighbors: keys }))).toThrow('got client 1 twice');
	});

	it('only in its own round, for itself, and once', () => {
		expect(share(keyListFor(1, { roundNum: 5 }))).toThrow(
			'Expected a message of round 4, got one of round 5'
		);
		expect(share(keyListFor(2))).toThrow('Expected a message for client 1, got one for client 2');
		const { shared } = shareAll();
		const again = shared[0] as unknown as AdvertisedClient;
		expect(() => shareKeys(again, keyListFor(1), bytesFor(1, 'shares'))).toThrow(
			'Expected client 1 to stand at advertiseKeys, got one that is at shareKeys'
		);
	});
});

describe('a client masks its input', () => {
	it('and leaves the input as it was', () => {
		const { shared, inboxes } = shareAll();
		const [, { vector }] = maskInput(shared[0], inboxes[0], input);
		expect(input).toEqual(Uint32Array.of(1, 2, 3));
		expect(vector).not.toEqual(input);
	});

	it('only with enough others that shared', () => {
		const { shared, inboxes } = shareAll();
		const mask = (envelopes: ShareInbox['envelopes']) => () =>
			maskInput(shared[0], { ...inboxes[0], envelopes }, input);
		expect(mask([])).toThrow('Expected at least 2 clients that shared, got 1');
		expect(mask([inboxes[0].envelopes[0]])).not.toThrow();
		expect(mask([inboxes[0].envelopes[0], inboxes[0].envelopes[0]])).toThrow('got client 2 twice');
	});

	it('only with shares that nobody touched', () => {
		const { shared, inboxes } = shareAll();
		const envelopes = structuredClone(inboxes[0].envelopes);
		envelopes[1].sealed[40] ^= 1;
		expect(() => maskInput(shared[0], { ...inboxes[0], envelopes }, input)).toThrow(
			'Expected the shares that client 3 sealed for client 1, got an envelope that was changed on the way'
		);
	});

	it('only with shares under the name of their sender', () => {
		const { shared, inboxes } = shareAll();
		const [second, third] = inboxes[0].envelopes;
		const swapped = [
			{ ...second, peerId: 3 },
			{ ...third, peerId: 2 }
		];
		expect(() => maskInput(shared[0], { ...inboxes[0], envelopes: swapped }, input)).toThrow(
			'got an envelope that was changed'
		);
		const stranger = [{ ...second, peerId: 7 }];
		expect(() => maskInput(shared[0], { ...inboxes[0], envelopes: stranger }, input)).toThrow(
			'Expected shares of neighbors only, got some of client 7'
		);
	});

	it('cannot be tricked with an envelope of its own sent back', () => {
		const [state, { envelopes: sent }] = shareKeys(
			clients[0],
			keyListFor(1),
			bytesFor(1, 'shares')
		);
		const { inboxes } = shareAll();
		const reflected = [{ peerId: 2, sealed: sent[0].sealed }];
		expect(() => maskInput(state, { ...inboxes[0], envelopes: reflected }, input)).toThrow(
			'got an envelope that was changed'
		);
	});
});

describe('a client reveals shares', () => {
	const request = (change: Partial<UnmaskingRequest>): UnmaskingRequest => ({
		kind: 'unmaskingRequest',
		roundNum,
		clientId: 1,
		survivorIds: [1, 2],
		droppedIds: [3],
		...change
	});
	const reveal = (change: Partial<UnmaskingRequest>) => () => {
		const { shared, inboxes } = shareAll();
		return revealShares(maskInput(shared[0], inboxes[0], input)[0], request(change));
	};

	it('of the self seeds of those in the sum and of the mask keys of the others', () => {
		const [, { selfSeedShares, maskKeyShares }] = reveal({})();
		expect(selfSeedShares.map(({ ownerId }) => ownerId)).toEqual([1, 2]);
		expect(maskKeyShares.map(({ ownerId }) => ownerId)).toEqual([3]);
	});

	it('never of both kinds for one client', () => {
		expect(reveal({ survivorIds: [1, 2, 3] })).toThrow(
			'Expected every client once, got client 3 twice'
		);
	});

	it('never of its own mask key', () => {
		expect(reveal({ survivorIds: [2, 3], droppedIds: [1] })).toThrow(
			'Expected client 1 among those in the sum, got a list without it'
		);
	});

	it('never when the sum is over too few', () => {
		expect(reveal({ survivorIds: [1], droppedIds: [2, 3] })).toThrow(
			'Expected at least 2 clients in the sum, got 1'
		);
	});

	it('never of a stranger', () => {
		expect(reveal({ survivorIds: [1, 2, 8] })).toThrow(
			'Expected clients that shared with 1, got client 8'
		);
	});

	it('once: what has answered cannot be asked with other lists', () => {
		const [finished] = reveal({})();
		const asMasked = finished as unknown as Parameters<typeof revealShares>[0];
		expect(() => revealShares(asMasked, request({ survivorIds: [1, 3], droppedIds: [2] }))).toThrow(
			'Expected client 1 to stand at maskedInput, got one that is at unmask'
		);
	});

	it('and keeps nothing of its own secrets once the masked input is out', () => {
		const { shared, inboxes } = shareAll();
		const [state] = maskInput(shared[0], inboxes[0], input);
		const text = JSON.stringify(state);
		for (const secret of [shared[0].selfSeed, shared[0].maskPair.secretKey])
			expect(text).not.toContain(JSON.stringify(secret));
		expect(JSON.stringify(shared[0])).toContain(JSON.stringify(shared[0].selfSeed));
	});
});
