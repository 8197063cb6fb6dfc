/** One stage of secure aggregation as the server goes through it: whom it asks, who answers, and what that came to. */
import {
	messageBytes,
	type ClientMessage,
	type MaskedInput,
	type ServerMessage,
	type Stage
} from '../masking/messages';
import type { AggregationStageClosed, MaskingRetried } from './maskingEvents';
import type { Federation } from './federation';
import type { Interventions } from './interventions';
import type { MaskingView, ModelLens } from './observation';
import type { SecureRequest } from './secureParticipant';

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
	/** The reader's hand; whom it silences once masked updates are in belongs to the next round. */
	interventions: Pick<Interventions, 'silences' | 'close'>;
	/** Clients draw the same keys again when they have to. */
	canRepeatKeys: boolean;
	/** Through which the run is observed; null where nobody looks. */
	lens: ModelLens | null;
	federation: Federation;
}

/** A stage in which everybody who still can has answered. */
export interface AskedStage<Answer extends ClientMessage> {
	stage: Stage;
	requests: readonly SecureRequest[];
	answers: Answer[];
	/** Clients that the reader has silenced. */
	byHandIds: readonly number[];
	/** Hosts that died meanwhile, not told yet. */
	retries: MaskingRetried[];
}

/** Sends the requests and waits for whoever answers. */
export async function askAll<Answer extends ClientMessage>(
	setup: SecureRoundSetup,
	stage: Stage,
	requests: readonly SecureRequest[]
): Promise<AskedStage<Answer>> {
	const { federation, dropouts, interventions } = setup;
	const byHandIds: number[] = [];
	const retries: MaskingRetried[] = [];
	const asked = requests.filter(({ clientId }) => {
		if (dropouts.get(clientId) === stage) return false;
		if (!interventions.silences(clientId, stage)) return true;
		byHandIds.push(clientId);
		return false;
	});
	const replies = await federation.answerSecurely(asked, (...died) =>
		retries.push(describeRetry(setup, stage, ...died))
	);
	const answers = replies.filter((reply) => reply !== null) as Answer[];
	return { stage, requests, answers, byHandIds, retries };
}

/** What the observer sees of the clients that masked their updates. */
export function observeAll(
	setup: SecureRoundSetup,
	{ stage, answers, retries }: AskedStage<MaskedInput>
): Promise<MaskingView[]> {
	const ids = answers.map(({ clientId }) => clientId);
	return setup.federation.observeMasking(ids, (...died) =>
		retries.push(describeRetry(setup, stage, ...died))
	);
}

/** The same stage without those whom the reader has silenced since they were asked. */
export function silenceByHand<Answer extends ClientMessage>(
	asked: AskedStage<Answer>,
	{ silences }: SecureRoundSetup['interventions']
): AskedStage<Answer> {
	const silent = asked.answers.filter(({ clientId }) => silences(clientId, asked.stage));
	return {
		...asked,
		answers: asked.answers.filter((answer) => !silent.includes(answer)),
		byHandIds: [...asked.byHandIds, ...silent.map(({ clientId }) => clientId)].sort((a, b) => a - b)
	};
}

export function describeClosing(
	roundNum: number,
	{ stage, requests, answers, byHandIds }: AskedStage<ClientMessage>
): AggregationStageClosed {
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
		type: 'AggregationStageClosed',
		roundNum,
		stage,
		presentIds: idsOf(true),
		droppedIds: idsOf(false),
		byHandIds: [...byHandIds],
		numBytesUp: traffic.reduce((sum, { numBytesUp }) => sum + numBytesUp, 0),
		numBytesDown: traffic.reduce((sum, { numBytesDown }) => sum + numBytesDown, 0),
		traffic
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
