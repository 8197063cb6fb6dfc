/** A count of everything that crosses between clients and server, and the latest messages themselves. */

/**
 * What a message is: 'model' and 'update' belong to training; under secure aggregation there is no 'update'
 * but a 'maskedUpdate', 'keysAndShares' around it, and a 'report' of figures for the page's pictures;
 * 'evaluationModel' and 'evaluationResult' belong to evaluation.
 */
export const messageKinds = [
	'model',
	'update',
	'report',
	'keysAndShares',
	'maskedUpdate',
	'evaluationModel',
	'evaluationResult'
] as const;
export type MessageKind = (typeof messageKinds)[number];

/** Who the far end is: a training client, or one of the writers that only test the model. */
export type MessageParty = 'client' | 'unseenWriter';

export interface WireMessage {
	roundNum: number;
	party: MessageParty;
	/** Client id, or number of the unseen writer. */
	id: number;
	/** 'down' is server to client, 'up' is client to server. */
	direction: 'down' | 'up';
	kind: MessageKind;
	numBytes: number;
}

export interface WireTotals {
	numMessages: number;
	numBytes: number;
}

/** A bounded record: exact totals by kind, and the newest messages. */
export interface WireLog {
	totals: Record<MessageKind, WireTotals>;
	/** Oldest first; at most the log's capacity. */
	messages: WireMessage[];
	/** Older messages that are only in the totals. */
	numForgotten: number;
}

export interface WireRecorder {
	record(message: WireMessage): void;
	/** One message like this with each of these parties. */
	recordAll(message: Omit<WireMessage, 'id'>, ids: readonly number[]): void;
	/** A copy of the log as it stands. */
	read(): WireLog;
}

/** Keeps the newest `capacity` messages, those that are alike together, and totals of all. */
export function createWireRecorder(capacity = 5000): WireRecorder {
	const entries: { message: Omit<WireMessage, 'id'>; ids: readonly number[] }[] = [];
	const totals = Object.fromEntries(
		messageKinds.map((kind) => [kind, { numMessages: 0, numBytes: 0 }])
	) as WireLog['totals'];
	let numRecorded = 0;
	let numKept = 0;

	function recordAll(message: Omit<WireMessage, 'id'>, ids: readonly number[]) {
		if (ids.length === 0) return;
		entries.push({ message, ids });
		numRecorded += ids.length;
		numKept += ids.length;
		while (numKept - entries[0].ids.length >= capacity) numKept -= entries.shift()!.ids.length;
		const total = totals[message.kind];
		total.numMessages += ids.length;
		total.numBytes += ids.length * message.numBytes;
	}

	return {
		record: ({ id, ...message }) => recordAll(message, [id]),
		recordAll,
		read() {
			const kept = entries.flatMap(({ message, ids }) => ids.map((id) => ({ ...message, id })));
			const messages = kept.slice(-capacity);
			return {
				totals: structuredClone(totals),
				messages,
				numForgotten: numRecorded - messages.length
			};
		}
	};
}
