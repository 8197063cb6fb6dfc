/**
 * The server's side of secure aggregation in a round (Bonawitz et al. 2017): four stages of requests and answers,
 * each closed with whoever is still there. The server ends up with the sum of the updates and nothing else.
 */
import type { AggregationFailure } from '../masking/failure';
import type { ClientMessage, KeyAdvertisement, MaskedInput, Stage } from '../masking/messages';
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
import type { RunEvent } from './events';
import type { AggregationStageClosed } from './maskingEvents';
import { compareSums, observeMasks, sumInputs } from './observeRound';
import type { SecureRequest } from './secureParticipant';
import {
	askAll,
	describeClosing,
	observeAll,
	silenceByHand,
	type AskedStage,
	type SecureRoundSetup
} from './secureStage';

export interface SecureAggregation {
	/** Null where too few clients were left; the sum stays masked. */
	sum: Uint32Array | null;
	/** Clients whose updates are in the sum, ascending. */
	survivorIds: number[];
	numBytes: number;
}

/** Yields each stage as it closes, and how it ended. */
export async function* aggregateSecurely(
	setup: SecureRoundSetup
): AsyncGenerator<RunEvent, SecureAggregation> {
	const { seed, roundNum, clientIds, vectorLength, lens, federation, interventions } = setup;
	let numBytes = 0;
	/** What the observer knows and the server does not. */
	let plainSum: Uint32Array | null = null;
	const close = function* (event: AggregationStageClosed): Generator<RunEvent, void> {
		numBytes += event.numBytesUp + event.numBytesDown;
		yield event;
	};
	const ask = async function* <Answer extends ClientMessage>(
		stage: Stage,
		requests: readonly SecureRequest[]
	): AsyncGenerator<RunEvent, Answer[]> {
		const asked = await askAll<Answer>(setup, stage, requests);
		yield* asked.retries;
		yield* close(describeClosing(roundNum, asked));
		return asked.answers;
	};
	/** What is masked waits at its clients until the stage closes: up to then the reader may silence some of them. */
	const collectInputs = async function* (
		requests: readonly SecureRequest[],
		keys: readonly KeyAdvertisement[]
	): AsyncGenerator<RunEvent, MaskedInput[]> {
		const asked = await askAll<MaskedInput>(setup, 'maskedInput', requests);
		const views = lens ? await observeAll(setup, asked) : [];
		yield* asked.retries;
		const viewsOf = ({ answers }: AskedStage<MaskedInput>) =>
			views.filter((view) => answers.some(({ clientId }) => clientId === view.clientId));
		const observe = function* (stage: AskedStage<MaskedInput>) {
			const seen = { roundNum, inputs: stage.answers, keys, views: viewsOf(stage) };
			if (lens) yield observeMasks(seen, lens);
		};
		yield* observe(asked);
		yield { type: 'UpdatesMasked', roundNum, expected: describeClosing(roundNum, asked) };
		const sent = silenceByHand(asked, interventions);
		interventions.close();
		federation.receiveInputs(sent.answers);
		if (sent.answers.length < asked.answers.length) yield* observe(sent);
		plainSum = sumInputs(viewsOf(sent));
		yield* close(describeClosing(roundNum, sent));
		return sent.answers;
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

	const masked = yield* collectInputs(shares.messages, advertised);
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
