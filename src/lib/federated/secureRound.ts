/**
 * The server's side of secure aggregation in a round (Bonawitz et al. 2017): four stages of requests and answers,
 * each closed with whoever is still there. The server ends up with the sum of the updates and nothing else.
 */
import type { AggregationFailure } from '../masking/failure';
import {
	messageBytes,
	type ClientMessage,
	type MaskedInput,
	type ServerMessage,
	type Stage
} from '../masking/messages';
import { defaultAssumptions, planAggregation } from '../masking/plan';
import { randomSourceOf, seededBytes } from '../masking/randomBytes';
import {
	closeAnswers,
	closeInputs,
	closeKeys,
	closeShares,
	openServer,
	receiveAnswer,
	receiveInput,
	receiveKeys,
	receiveShares
} from '../masking/secureServer';
import type { AggregationStageClosed, MaskingRetried, RunEvent } from './events';
import type { ModelLens } from './observation';
import { compareSums, observeMasks, sumInputs } from './observeRound';
import type { Federation, OnMaskingRetried } from './federation';
import type { SecureRequest } from './secureParticipant';

export interface SecureAggregation {
	/** Null where too few clients were left; the sum stays masked. */
	sum: Uint32Array | null;
	/** Clients whose updates are in the sum, ascending. */
	survivorIds: number[];
	numBytes: number;
}

export interface SecureRoundSetup {
	seed: number;
	roundNum: number;
	/** Clients that hold an encoded update, ascending. */
	clientIds: readonly number[];
	/** Length of an encoded update. */
	vectorLength: number;
	/** The share of clients expected to fall silent; large sparse cohorts plan for it. */
	dropoutRate: number;
	/** Clients without whom the sum would carry too little noise; 0 where noise does not depend on them. */
	minClients: number;
	/** The stage in which a client falls silent. */
	dropouts: ReadonlyMap<number, Stage>;
	/** Whether the reader has silenced a client by this stage. */
	isSilencedByHand: (clientId: number, stage: Stage) => boolean;
	/** Clients draw the same keys again when they have to. */
	canRepeatKeys: boolean;
	/** Through which the run is observed; null where nobody looks. */
	lens: ModelLens | null;
	federation: Federation;
}

/** Yields each stage as it closes, and how it ended. */
export async function* aggregateSecurely(
	setup: SecureRoundSetup
): AsyncGenerator<RunEvent, SecureAggregation> {
	const { seed, roundNum, clientIds, vectorLength, lens, federation } = setup;
	let numBytes = 0;
	/** What the observer knows and the server does not. */
	let plainSum: Uint32Array | null = null;
	/** Not told yet. */
	const retries: MaskingRetried[] = [];
	const ask = async function* <Answer extends ClientMessage>(
		stage: Stage,
		requests: readonly SecureRequest[],
		observe?: (answers: readonly Answer[]) => Promise<RunEvent | null>
	): AsyncGenerator<RunEvent, Answer[]> {
		const { answers, event } = await askAll<Answer>(setup, stage, requests, (...died) =>
			retries.push(describeRetry(setup, stage, ...died))
		);
		const observed = await observe?.(answers);
		yield* retries.splice(0);
		if (observed) yield observed;
		numBytes += event.numBytesUp + event.numBytesDown;
		yield event;
		return answers;
	};
	const giveUp = function* (failure: AggregationFailure): Generator<RunEvent, SecureAggregation> {
		const { stage, reason } = failure;
		yield { type: 'AggregationFailed', roundNum, stage, reason };
		return { sum: null, survivorIds: [], numBytes };
	};

	if (clientIds.length < 2) {
		const reason = `${clientIds.length} of the 2 clients needed trained: the sum stays masked and the model as it was`;
		return yield* giveUp({
			ok: false,
			stage: 'advertiseKeys',
			numNeeded: 2,
			numPresent: clientIds.length,
			reason
		});
	}
	const dropoutRate = Math.max(defaultAssumptions.dropoutRate, setup.dropoutRate);
	const assumed = planAggregation(clientIds.length, { ...defaultAssumptions, dropoutRate });
	const plan = { ...assumed, minClients: Math.max(assumed.minClients, setup.minClients) };
	const opened = openServer({ roundNum, cohort: clientIds, plan, vectorLength });
	const invitations = clientIds.map(
		(clientId) => ({ kind: 'invitation', roundNum, clientId }) as const
	);

	const advertised = yield* ask<Parameters<typeof receiveKeys>[1]>('advertiseKeys', invitations);
	const graphRandom = randomSourceOf(seededBytes(seed, roundNum, 0, 'graph'));
	const keys = closeKeys(advertised.reduce(receiveKeys, opened), graphRandom);
	if (!keys.ok) return yield* giveUp(keys);

	const shared = yield* ask<Parameters<typeof receiveShares>[1]>('shareKeys', keys.messages);
	const shares = closeShares(shared.reduce(receiveShares, keys.state));
	if (!shares.ok) return yield* giveUp(shares);

	const masked = yield* ask<MaskedInput>('maskedInput', shares.messages, async (inputs) => {
		if (!lens) return null;
		const views = await federation.observeMasking(
			inputs.map(({ clientId }) => clientId),
			(...died) => retries.push(describeRetry(setup, 'maskedInput', ...died))
		);
		plainSum = sumInputs(views);
		return observeMasks({ roundNum, inputs, keys: advertised, views }, lens);
	});
	const summed = closeInputs(masked.reduce(receiveInput, shares.state));
	if (!summed.ok) return yield* giveUp(summed);

	const revealed = yield* ask<Parameters<typeof receiveAnswer>[1]>('unmask', summed.messages);
	const result = closeAnswers(revealed.reduce(receiveAnswer, summed.state));
	if (!result.ok) return yield* giveUp(result);
	const { sum, survivorIds, recoveredIds } = result;
	if (plainSum && lens) yield compareSums(roundNum, sum, plainSum, lens);
	yield { type: 'SumUnmasked', roundNum, survivorIds, recoveredIds };
	return { sum, survivorIds, numBytes };
}

/** Sends the requests and waits for whoever answers. */
async function askAll<Answer extends ClientMessage>(
	{ federation, dropouts, isSilencedByHand, roundNum }: SecureRoundSetup,
	stage: Stage,
	requests: readonly SecureRequest[],
	onRetried: OnMaskingRetried
): Promise<{ answers: Answer[]; event: AggregationStageClosed }> {
	const byHandIds: number[] = [];
	const asked = requests.filter(({ clientId }) => {
		if (dropouts.get(clientId) === stage) return false;
		if (!isSilencedByHand(clientId, stage)) return true;
		byHandIds.push(clientId);
		return false;
	});
	const replies = await federation.answerSecurely(asked, onRetried);
	const answers = replies.filter((reply) => reply !== null) as Answer[];
	const answerOf = new Map(answers.map((answer) => [answer.clientId, answer]));
	const idsOf = (wanted: boolean) =>
		requests.map(({ clientId }) => clientId).filter((id) => answerOf.has(id) === wanted);
	const traffic = requests.map((request) => {
		const { clientId } = request;
		const answer = answerOf.get(clientId);
		return {
			clientId,
			numBytesUp: answer ? messageBytes(answer) : 0,
			numBytesDown: requestBytes(request)
		};
	});
	return {
		answers,
		event: {
			type: 'AggregationStageClosed',
			roundNum,
			stage,
			presentIds: idsOf(true),
			droppedIds: idsOf(false),
			byHandIds,
			numBytesUp: traffic.reduce((sum, { numBytesUp }) => sum + numBytesUp, 0),
			numBytesDown: traffic.reduce((sum, { numBytesDown }) => sum + numBytesDown, 0),
			traffic
		}
	};
}

/** Before any key is known, new ones are as good as those that were lost. */
function describeRetry(
	{ roundNum, canRepeatKeys }: SecureRoundSetup,
	stage: Stage,
	clientIds: readonly number[],
	reason: string
): MaskingRetried {
	const areLost = !canRepeatKeys && stage !== 'advertiseKeys';
	return { type: 'MaskingRetried', roundNum, clientIds: [...clientIds], areLost, reason };
}

/** An invitation rides on the model's message and costs nothing more. */
export function requestBytes(request: SecureRequest): number {
	return request.kind === 'invitation' ? 0 : messageBytes(request as ServerMessage);
}
