/**
 * What a run looks like at one moment: the fold of its events. Objects are replaced, never changed,
 * so that whoever draws can tell by identity what is new.
 */
import type { RunConfig } from '../federated/config';
import type {
	CentralizedMeasured,
	ClientRetried,
	MeasuringRetried,
	LocalOnlyMeasured,
	RoundMetrics,
	RunEvent
} from '../federated/events';
import type { AggregationStageClosed, MaskingRetried } from '../federated/maskingEvents';
import type { RoundEvaluation } from '../federated/records';

export type ClientPhase = 'idle' | 'chosen' | 'training' | 'trained' | 'dropped';

export interface ClientSnapshot {
	id: number;
	numExamples: number;
	numHeldOut: number;
	/** Training digits of each class. */
	labelCounts: readonly number[];
	/** Its part in the round that is under way or was last. */
	phase: ClientPhase;
	timesChosen: number;
	timesDropped: number;
	/** Mean training loss of the last round it took part in, in nats; null before. */
	lastLoss: number | null;
	/** Of the global model on its held-out digits at the last evaluation; null before or without any. */
	accuracy: number | null;
}

/** What the run is doing; rounds are cut where the reader can see a difference. */
export type RunStage =
	'waiting' | 'training' | 'masking' | 'averaging' | 'measuring' | 'between' | 'complete';

export type Retry = ClientRetried | MaskingRetried | MeasuringRetried;

export interface RunSnapshot {
	/** Null before the run has told what it runs with. */
	config: RunConfig | null;
	numParams: number;
	stage: RunStage;
	/** The round under way, or the last one; 0 before the first. */
	roundNum: number;
	clients: readonly ClientSnapshot[];
	/** Clients chosen in this round, ascending. */
	cohort: readonly number[];
	/** Bytes of the model that each chosen client receives. */
	modelBytes: number;
	/** Of secure aggregation, closed in the round under way or in the last one; none where updates travel in the clear. */
	closedStages: readonly AggregationStageClosed[];
	/** Bytes of keys and shares in completed rounds, both directions: what masks cost beside the updates. */
	maskBytes: number;
	/** One entry a completed round. */
	metrics: readonly RoundMetrics[];
	/** The newest, and the round after which it was made; null and 0 before the first. */
	evaluation: RoundEvaluation | null;
	evaluatedRound: number;
	centralized: readonly CentralizedMeasured[];
	localOnly: readonly LocalOnlyMeasured[];
	notes: readonly string[];
	/** Sentences about what computes the run. */
	machine: readonly string[];
	/** Whenever a worker had died: who or what started again. */
	retries: readonly Retry[];
}

export const emptySnapshot: RunSnapshot = {
	config: null,
	numParams: 0,
	stage: 'waiting',
	roundNum: 0,
	clients: [],
	cohort: [],
	modelBytes: 0,
	closedStages: [],
	maskBytes: 0,
	metrics: [],
	evaluation: null,
	evaluatedRound: 0,
	centralized: [],
	localOnly: [],
	notes: [],
	machine: [],
	retries: []
};

/** The snapshot after these events. Clients are copied once a batch, not once an event; other lists as they grow. */
export function advanceSnapshot(before: RunSnapshot, events: readonly RunEvent[]): RunSnapshot {
	if (events.length === 0) return before;
	const draft = { ...before, clients: [...before.clients] };
	for (const event of events) applyEvent(draft, event);
	return keepUntouched(before, draft);
}

/** Nobody has to look through the clients when nothing has happened to them. */
function keepUntouched(before: RunSnapshot, draft: Draft): RunSnapshot {
	const { length } = draft.clients;
	const isSame =
		before.clients.length === length &&
		draft.clients.every((client, id) => client === before.clients[id]);
	return isSame ? { ...draft, clients: before.clients } : draft;
}

/** A client that no round has touched yet. */
export function createClient(
	id: number,
	holding: Pick<ClientSnapshot, 'numExamples' | 'numHeldOut' | 'labelCounts'>
): ClientSnapshot {
	const { numExamples, numHeldOut, labelCounts } = holding;
	const untouched = { phase: 'idle', timesChosen: 0, timesDropped: 0, lastLoss: null } as const;
	return { id, numExamples, numHeldOut, labelCounts, ...untouched, accuracy: null };
}

type Draft = Omit<RunSnapshot, 'clients'> & { clients: ClientSnapshot[] };

function applyEvent(draft: Draft, event: RunEvent): void {
	switch (event.type) {
		case 'RunStarted':
			draft.config = event.config;
			draft.numParams = event.numParams;
			draft.notes = event.notes;
			draft.machine = event.machine ?? [];
			draft.clients = event.clients.map((holding, id) => createClient(id, holding));
			return;
		case 'RoundStarted':
			if (event.roundNum === draft.roundNum) forgetRound(draft, event.roundNum);
			draft.roundNum = event.roundNum;
			draft.stage = 'training';
			draft.cohort = [];
			draft.closedStages = [];
			for (const client of draft.clients) {
				if (client.phase !== 'idle') updateClient(draft, client.id, { phase: 'idle' });
			}
			return;
		case 'CohortSampled':
			draft.cohort = event.clientIds;
			for (const id of event.clientIds) {
				const timesChosen = draft.clients[id].timesChosen + 1;
				updateClient(draft, id, { phase: 'chosen', timesChosen });
			}
			return;
		case 'ModelBroadcast':
			draft.modelBytes = event.numBytesEach;
			return;
		case 'ClientStarted':
			return updateClient(draft, event.clientId, { phase: 'training' });
		case 'ClientTrained':
			return updateClient(draft, event.clientId, { phase: 'trained', lastLoss: event.loss });
		case 'ClientDropped': {
			const timesDropped = draft.clients[event.clientId].timesDropped + 1;
			return updateClient(draft, event.clientId, { phase: 'dropped', timesDropped });
		}
		case 'ClientRetried':
		case 'MaskingRetried':
		case 'MeasuringRetried':
			draft.retries = [...draft.retries, event];
			return;
		case 'AggregationStageClosed':
			draft.stage = 'masking';
			draft.closedStages = [...draft.closedStages, event];
			for (const id of event.droppedIds) {
				const timesDropped = draft.clients[id].timesDropped + 1;
				updateClient(draft, id, { phase: 'dropped', timesDropped });
			}
			return;
		case 'UpdatesAggregated':
			draft.stage = 'averaging';
			return;
		case 'ModelEvaluated':
			draft.stage = 'measuring';
			draft.evaluation = event.evaluation;
			draft.evaluatedRound = event.roundNum;
			for (const { id, accuracy } of event.evaluation.perClient) {
				if (draft.clients[id].accuracy !== accuracy) updateClient(draft, id, { accuracy });
			}
			return;
		case 'CentralizedMeasured':
			draft.stage = 'measuring';
			draft.centralized = [...draft.centralized, event];
			return;
		case 'LocalOnlyMeasured':
			draft.stage = 'measuring';
			draft.localOnly = [...draft.localOnly, event];
			return;
		case 'RoundCompleted':
			draft.stage = 'between';
			draft.metrics = [...draft.metrics, event.metrics];
			draft.maskBytes += keyAndShareBytes(draft.closedStages);
			return;
		case 'RunCompleted':
			draft.stage = 'complete';
	}
}

/** Bytes of everything that the protocol sent in a round, but for the masked updates themselves. */
export function keyAndShareBytes(stages: readonly AggregationStageClosed[]): number {
	return stages.reduce(
		(sum, { stage, numBytesUp, numBytesDown }) =>
			sum + numBytesDown + (stage === 'maskedInput' ? 0 : numBytesUp),
		0
	);
}

/** A round that failed begins anew: what it had counted so far does not count twice. */
function forgetRound(draft: Draft, roundNum: number): void {
	const isEarlier = (entry: { roundNum: number }) => entry.roundNum < roundNum;
	draft.centralized = draft.centralized.filter(isEarlier);
	draft.localOnly = draft.localOnly.filter(isEarlier);
	for (const id of draft.cohort) {
		const { timesChosen, timesDropped, phase } = draft.clients[id];
		updateClient(draft, id, {
			timesChosen: timesChosen - 1,
			timesDropped: timesDropped - Number(phase === 'dropped')
		});
	}
}

function updateClient(draft: Draft, id: number, change: Partial<ClientSnapshot>): void {
	draft.clients[id] = { ...draft.clients[id], ...change };
}
