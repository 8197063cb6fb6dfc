import { expect, it } from 'vitest';
import { messageBytes } from '../../src/lib/federated/messageBytes';
import { createWireRecorder, type WireMessage } from '../../src/lib/federated/wireLog';

const message = (id: number): WireMessage => ({
	roundNum: 1,
	party: 'client',
	id,
	direction: 'up',
	kind: 'update',
	numBytes: 100 + id
});

it('keeps the newest messages in order and the totals of all', () => {
	const recorder = createWireRecorder(3);
	for (let id = 0; id < 5; id++) recorder.record(message(id));
	const log = recorder.read();
	expect(log.messages.map(({ id }) => id)).toEqual([2, 3, 4]);
	expect(log.numForgotten).toBe(2);
	expect(log.totals.update).toEqual({ numMessages: 5, numBytes: 510 });
	expect(log.totals.model).toEqual({ numMessages: 0, numBytes: 0 });
});

it('keeps the newest of messages that are alike, too', () => {
	const recorder = createWireRecorder(3);
	recorder.record(message(9));
	recorder.recordAll(message(0), [5, 6]);
	recorder.recordAll(message(0), []);
	recorder.recordAll(message(1), [7, 8]);
	const log = recorder.read();
	expect(log.messages).toEqual([
		{ ...message(0), id: 6 },
		{ ...message(1), id: 7 },
		{ ...message(1), id: 8 }
	]);
	expect(log.numForgotten).toBe(2);
	expect(log.totals.update).toEqual({ numMessages: 5, numBytes: 109 + 2 * 100 + 2 * 101 });
});

it('gives a copy: later messages do not change it', () => {
	const recorder = createWireRecorder(3);
	recorder.record(message(0));
	const log = recorder.read();
	recorder.record(message(1));
	expect(log.messages.length).toBe(1);
	expect(log.totals.update.numMessages).toBe(1);
});

it('counts typed arrays by their bytes and numbers as doubles', () => {
	const params = new Float32Array(10);
	expect(messageBytes({ roundNum: 1, clientId: 2, params, kind: 'model' })).toBe(56);
});
