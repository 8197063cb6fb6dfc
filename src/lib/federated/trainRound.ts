/** The training half of a round: choose, broadcast, train, collect, average, apply. */
import { createGrowingSum } from '../aggregation/mean';
import { norm } from '../math/vector';
import { chooseCohort, dropoutStage } from './cohort';
import { combineUpdates, type TrainedCohort } from './combineUpdates';
import type {
	ClientDropped,
	ClientObserved,
	ClientRetried,
	ClientStarted,
	ClientTrained,
	RunEvent
} from './events';
import { roundLoss } from './evaluation';
import type { CohortMessage, CohortObserver } from './federation';
import { messageBytes } from './messageBytes';
import { observeModel } from './observeRound';
import type { ClientOutput, ServerState } from './records';
import type { RunSetup } from './runState';
import { noiseMean, serverUpdate, updateClip } from './serverUpdate';
import { streamEvents } from './streamEvents';

export interface TrainedRound {
	server: ServerState;
	numChosen: number;
	/** Clients behind the mean, ascending. */
	answeredIds: readonly number[];
	/** Training examples behind the mean. */
	numExamples: number;
	trainLoss: number | null;
	/** Sent in this round, both directions. */
	numBytes: number;
}

type ClientEvent = ClientStarted | ClientTrained | ClientDropped | ClientRetried | ClientObserved;

/** Yields what happens; returns the server's next state. The state given is left as it is. */
export async function* trainRound(
	setup: RunSetup,
	server: ServerState
): AsyncGenerator<RunEvent, TrainedRound> {
	const { config, federation } = setup;
	const roundNum = server.roundNum + 1;
	const clientIds = chooseCohort(config, setup.eligibleIds, roundNum);
	yield { type: 'CohortSampled', roundNum, clientIds };

	const broadcast = {
		roundNum,
		cohortSize: clientIds.length,
		clip: server.clip,
		params: server.params
	};
	const numBytesEach = messageBytes({ ...broadcast, clientId: 0 });
	yield { type: 'ModelBroadcast', roundNum, clientIds, numBytesEach };

	const trained = yield* streamEvents<ClientEvent, TrainedCohort>((emit) =>
		trainCohort(setup, { ...broadcast, clientIds }, emit)
	);
	const { outputs } = trained;
	yield {
		type: 'TrainingClosed',
		roundNum,
		trainedIds: outputs.map((output) => output.clientId),
		isMasked: config.secureAggregation
	};

	const combined = yield* combineUpdates(setup, server, clientIds.length, trained);
	setup.interventions.close();
	const delta = combined.delta && noiseMean(combined.delta, config, server);
	const next = delta && setup.modelRoom.take(delta.length);
	const params = next ? serverUpdate(server.params, delta, config.serverLr, next) : server.params;
	if (setup.lens) {
		const noised = config.dp === 'central' ? delta : null;
		const change = { before: server.params, after: params, mean: combined.delta, noised };
		yield observeModel({ roundNum, ...change }, setup.lens);
	}
	const { answeredIds } = combined;
	const numExamples = outputs.reduce(
		(sum, output) => sum + (answeredIds.includes(output.clientId) ? output.numExamples : 0),
		0
	);
	const deltaNorm = delta ? norm(delta) : 0;
	yield {
		type: 'UpdatesAggregated',
		roundNum,
		numClients: answeredIds.length,
		numExamples,
		deltaNorm
	};

	const numBytes = numBytesEach * clientIds.length + combined.numBytes;
	federation.reuse(outputs);
	if (trained.sum) setup.sumRoom.giveBack(trained.sum);
	return {
		server: {
			roundNum,
			clip: updateClip(server, config, outputs),
			params
		},
		numChosen: clientIds.length,
		answeredIds,
		numExamples,
		trainLoss: meanLoss(outputs),
		numBytes
	};
}

async function trainCohort(
	{ config, federation, interventions, sumRoom }: RunSetup,
	message: CohortMessage,
	emit: (event: ClientEvent) => void
): Promise<TrainedCohort> {
	const { roundNum } = message;
	const answers = new Map<number, ClientOutput>();
	const sum = config.secureAggregation
		? null
		: createGrowingSum(message.clientIds, sumRoom.take(message.params.length));
	const drop = (clientId: number, isByHand: boolean) => {
		sum?.offer(clientId, null);
		emit({ type: 'ClientDropped', roundNum, clientId, isByHand });
	};
	const clientIds = message.clientIds.filter((clientId) => {
		const falls = dropoutStage(config, roundNum, clientId) === 'train';
		if (!falls && !interventions.silences(clientId, 'train')) return true;
		drop(clientId, !falls);
		return false;
	});
	const observer: CohortObserver = {
		onStarted: (clientId) => emit({ type: 'ClientStarted', roundNum, clientId }),
		onRetried: (clientId, reason) => emit({ type: 'ClientRetried', roundNum, clientId, reason }),
		onTrained({ output, view }) {
			const { clientId } = output;
			if (interventions.silences(clientId, 'train')) return drop(clientId, true);
			if (!config.secureAggregation) interventions.close(clientId);
			if (view) emit({ type: 'ClientObserved', roundNum, clientId, view });
			answers.set(clientId, output);
			sum?.offer(clientId, output);
			emit(describeTraining(roundNum, output));
		},
		isLost: (clientId) => interventions.isSilent(clientId, 'train')
	};
	await federation.train({ ...message, clientIds }, observer);
	return {
		outputs: clientIds.flatMap((clientId) => answers.get(clientId) ?? []),
		sum: sum && sum.total()
	};
}

function describeTraining(roundNum: number, output: ClientOutput): ClientTrained {
	const { clientId, numExamples, numSteps, deltaNorm } = output;
	return {
		type: 'ClientTrained',
		roundNum,
		clientId,
		numExamples,
		numSteps,
		loss: roundLoss(output.loss),
		deltaNorm,
		numBytes: messageBytes(output)
	};
}

/** Weighted by examples, over everybody who trained; null without any. */
function meanLoss(outputs: readonly ClientOutput[]): number | null {
	const numExamples = outputs.reduce((sum, output) => sum + output.numExamples, 0);
	if (numExamples === 0) return null;
	const sum = outputs.reduce((total, output) => total + output.loss * output.numExamples, 0);
	return roundLoss(sum / numExamples);
}
