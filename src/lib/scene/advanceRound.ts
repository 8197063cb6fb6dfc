/** One event into the record of its round. */
import type { RunEvent } from '../federated/events';
import { pairsOf } from '../federated/maskColumns';
import type { AggregationStageClosed, MasksObserved } from '../federated/maskingEvents';
import type { ClientRound, NumberPicture, Phase, RoundRecord } from './roundRecord';

/** A round in which nothing has happened yet. */
export function openRound(
	roundNum: number,
	before: readonly NumberPicture[],
	isMasked: boolean
): RoundRecord {
	return {
		roundNum,
		isMasked,
		clients: [],
		reached: [],
		pairs: [],
		masks: null,
		stages: [],
		outcome: null,
		server: {
			before,
			after: null,
			change: null,
			histograms: null,
			runningSums: [],
			plainSums: [],
			arrivedIds: [],
			unmasked: null,
			sum: null,
			noised: null,
			numDiffering: null,
			numCompared: 0,
			numAveraged: null,
			deltaNorm: null
		},
		evaluation: null,
		metrics: null,
		isThinned: false
	};
}

/** The record after the event. `numExamples` is by client id, `inRun` the phases of this run. */
export function advanceRound(
	record: RoundRecord,
	event: RunEvent,
	{ numExamples, inRun }: { numExamples: readonly number[]; inRun: readonly Phase[] }
): RoundRecord {
	switch (event.type) {
		case 'CohortSampled':
			return {
				...record,
				clients: event.clientIds.map((id) => chooseClient(id, numExamples[id]))
			};
		case 'ModelBroadcast':
			return changeEach(record, event.clientIds, () => ({ bytesDown: event.numBytesEach }));
		case 'ClientStarted':
			return changeEach(record, [event.clientId], () => ({ hasStarted: true }));
		case 'ClientObserved': {
			const { stepLosses, trained, clipped, noised, heldOut } = event.view;
			const views = { stepLosses, trained, clipped, noised, heldOut };
			return changeEach(record, [event.clientId], () => views);
		}
		case 'ClientTrained': {
			const { loss, deltaNorm, numBytes } = event;
			return changeEach(record, [event.clientId], ({ bytesUp }) => ({
				isTrained: true,
				loss,
				deltaNorm,
				bytesUp: bytesUp + numBytes
			}));
		}
		case 'ClientDropped':
			return changeEach(record, [event.clientId], () => ({
				droppedIn: 'broadcast',
				isByHand: event.isByHand
			}));
		case 'MasksObserved':
			return observeMasks(record, event);
		case 'UpdatesMasked':
			return closeStage(record, event.expected, inRun);
		case 'AggregationStageClosed':
			return countTraffic(closeStage(record, event, inRun), event);
		case 'SumObserved': {
			const { numCompared, numDiffering, unmasked } = event;
			return { ...record, server: { ...record.server, numCompared, numDiffering, unmasked } };
		}
		case 'SumUnmasked':
		case 'AggregationFailed':
			return { ...record, outcome: event };
		case 'ModelObserved': {
			const { mean, noised, pictures, change, histograms } = event;
			const model = { after: pictures, change, histograms };
			const server = { ...record.server, sum: mean, noised, ...model };
			return { ...record, server };
		}
		case 'UpdatesAggregated': {
			const { deltaNorm, numClients } = event;
			return { ...record, server: { ...record.server, deltaNorm, numAveraged: numClients } };
		}
		case 'ModelEvaluated':
			return { ...record, evaluation: event.evaluation };
		case 'RoundCompleted':
			return { ...record, metrics: event.metrics };
		default:
			return record;
	}
}

/** Keys and shares prepare the masks; whoever sends no masked input is missing at the upload. */
const missedPhase = {
	advertiseKeys: 'mask',
	shareKeys: 'mask',
	maskedInput: 'upload',
	unmask: 'unmask'
} as const satisfies Record<string, Phase>;

/** Takes the place of what was expected of the same stage. */
function closeStage(
	record: RoundRecord,
	closed: AggregationStageClosed,
	inRun: readonly Phase[]
): RoundRecord {
	const others = record.stages.filter(({ stage }) => stage !== closed.stage);
	return changeEach({ ...record, stages: [...others, closed] }, closed.droppedIds, ({ id }) => ({
		droppedIn: phaseBefore(missedPhase[closed.stage], inRun),
		isByHand: closed.byHandIds.includes(id)
	}));
}

function countTraffic(record: RoundRecord, { traffic }: AggregationStageClosed): RoundRecord {
	const traffics = new Map(traffic.map((bytes) => [bytes.clientId, bytes]));
	return changeEach(record, [...traffics.keys()], ({ id, bytesUp, bytesDown }) => ({
		bytesUp: bytesUp + traffics.get(id)!.numBytesUp,
		bytesDown: bytesDown + traffics.get(id)!.numBytesDown
	}));
}

function phaseBefore(phase: Phase, inRun: readonly Phase[]): Phase {
	return inRun[inRun.indexOf(phase) - 1];
}

function chooseClient(id: number, numExamples: number): ClientRound {
	return {
		id,
		numExamples,
		droppedIn: null,
		isByHand: false,
		hasStarted: false,
		isTrained: false,
		stepLosses: [],
		loss: null,
		deltaNorm: null,
		bytesDown: 0,
		bytesUp: 0,
		trained: null,
		clipped: null,
		noised: null,
		masked: null,
		coded: null,
		publicKey: null,
		heldOut: null
	};
}

function changeEach(
	record: RoundRecord,
	ids: readonly number[],
	change: (client: ClientRound) => Partial<ClientRound>
): RoundRecord {
	if (ids.length === 1) {
		const at = record.clients.findIndex(({ id }) => id === ids[0]);
		if (at < 0) return record;
		const client = record.clients[at];
		return { ...record, clients: record.clients.with(at, { ...client, ...change(client) }) };
	}
	const isMeant = new Set(ids);
	const clients = record.clients.map((client) =>
		isMeant.has(client.id) ? { ...client, ...change(client) } : client
	);
	return { ...record, clients };
}

function observeMasks(record: RoundRecord, event: MasksObserved): RoundRecord {
	const seen = new Map(event.clients.map((client) => [client.clientId, client]));
	const { runningSums, plainSums, masks } = event;
	const arrivedIds = event.clients.map(({ clientId }) => clientId);
	const clients = record.clients.map((client) => {
		const { masked = null, coded = null, publicKey = null } = seen.get(client.id) ?? {};
		return { ...client, masked, coded, publicKey };
	});
	return {
		...record,
		clients,
		pairs: pairsOf(masks),
		masks,
		server: { ...record.server, runningSums, plainSums, arrivedIds }
	};
}
