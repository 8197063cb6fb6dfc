/**
 * The last step of the server (Bonawitz et al. 2017, figure 4, round 4): off come the self masks of the clients in
 * the sum; the pair masks that clients dropped out with are added, so that they cancel those of their neighbors.
 */
import { findShortage, type AggregationFailure } from './failure';
import type { Graph } from './graph';
import { agreeAll, createKeyPair, deriveMaskSeed } from './keyAgreement';
import type { SignedStream } from './kernels/maskingKernel';
import { addStreams } from './maskStream';
import type { OwnedShare, PublicKeys, RevealedShares } from './messages';
import { pairStream } from './pairMask';
import { createRecovery, type SecretShare } from './secretSharing';

export interface UnmaskingTask {
	roundNum: number;
	threshold: number;
	keys: ReadonlyMap<number, PublicKeys>;
	/** Over the clients that shared: those in the sum and those that dropped out after sharing. */
	graph: Graph;
	survivorIds: readonly number[];
	maskedSum: Uint32Array;
	answers: readonly RevealedShares[];
}

export interface UnmaskedSum {
	ok: true;
	/** Sum of the survivors' inputs modulo 2^32, and nothing else. */
	sum: Uint32Array;
	/** Clients in the sum: their self masks were removed. */
	survivorIds: number[];
	/** Clients whose mask keys were recovered, because they dropped out after sharing. */
	recoveredIds: number[];
}

/** The plain sum; or the reason why a secret stays out of reach, and with it the sum. */
export function unmask(task: UnmaskingTask): UnmaskedSum | AggregationFailure {
	const { graph, survivorIds, threshold, answers } = task;
	const isInSum = new Set(survivorIds);
	const recoveredIds = [...graph.keys()].filter(
		(id) => !isInSum.has(id) && graph.get(id)!.some((other) => isInSum.has(other))
	);
	const seedShares = sharesByOwner(answers, ({ selfSeedShares }) => selfSeedShares);
	const keyShares = sharesByOwner(answers, ({ maskKeyShares }) => maskKeyShares);
	const counts = [
		...survivorIds.map((id) => seedShares.get(id)?.length ?? 0),
		...recoveredIds.map((id) => keyShares.get(id)?.length ?? 0)
	];
	const failure = findShortage('unmask', Math.min(...counts), threshold);
	if (failure) return failure;

	const recover = createRecovery(threshold);
	const sum = task.maskedSum.slice();
	addStreams(sum, [
		...survivorIds.map((id): SignedStream => ({ seed: recover(seedShares.get(id)!), sign: -1 })),
		...recoveredIds.flatMap((id) => missingMasks(task, id, recover(keyShares.get(id)!), isInSum))
	]);
	return { ok: true, sum, survivorIds: [...survivorIds], recoveredIds };
}

/** What a dropped client would have added, had it sent its input. */
function missingMasks(
	{ roundNum, keys, graph }: UnmaskingTask,
	droppedId: number,
	maskSecretKey: Uint8Array,
	isInSum: ReadonlySet<number>
): SignedStream[] {
	const recovered = createKeyPair(maskSecretKey);
	if (keys.get(droppedId)!.maskKey.some((byte, index) => byte !== recovered.publicKey[index]))
		throw new Error(`Expected shares of the mask key of client ${droppedId}, got others`);
	const survivorIds = graph.get(droppedId)!.filter((id) => isInSum.has(id));
	const maskKeys = survivorIds.map((id) => keys.get(id)!.maskKey);
	return agreeAll(recovered, maskKeys).map((secret, i) =>
		pairStream(
			droppedId,
			survivorIds[i],
			deriveMaskSeed(secret, roundNum, droppedId, survivorIds[i])
		)
	);
}

function sharesByOwner(
	answers: readonly RevealedShares[],
	sharesIn: (answer: RevealedShares) => OwnedShare[]
): Map<number, SecretShare[]> {
	const byOwner = new Map<number, SecretShare[]>();
	for (const answer of answers)
		for (const { ownerId, share } of sharesIn(answer)) {
			const shares = byOwner.get(ownerId) ?? [];
			byOwner.set(ownerId, [...shares, { holderId: answer.clientId, bytes: share }]);
		}
	return byOwner;
}
