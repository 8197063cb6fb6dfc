import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/lib/federated/events';
import { phasesOf } from '../../src/lib/scene/phases';
import { recordBytes } from '../../src/lib/scene/recordMemory';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const config = { ...tinyConfig, dropout: 0.3 };
const { events, metrics } = await finishRun(createTinyServer(), config);
const whole = advanceRecords(noRecords, events);

function eventsOf<Type extends RunEvent['type']>(roundNum: number, type: Type) {
	return events.filter(
		(event): event is Extract<RunEvent, { type: Type }> =>
			event.type === type && 'roundNum' in event && event.roundNum === roundNum
	);
}

describe('advanceRecords', () => {
	it('is a fold: however the events are cut into batches, the records are the same', () => {
		for (const size of [1, 3, 10]) {
			let records = noRecords;
			for (let i = 0; i < events.length; i += size) {
				records = advanceRecords(records, events.slice(i, i + size));
			}
			expect(records).toEqual(whole);
		}
	});

	it('never changes what it was given, so stepping back shows what was shown before', () => {
		let records = noRecords;
		const shown = events.map((event) => {
			records = advanceRecords(records, [event]);
			return { records, copy: structuredClone(records) };
		});
		for (const { records: kept, copy } of shown) expect(kept).toEqual(copy);
	});

	it('tells of each client what the engine told', () => {
		expect(whole.rounds.map(({ metrics: kept }) => kept)).toEqual(metrics);
		for (const { roundNum, clients, evaluation } of whole.rounds) {
			const [{ clientIds, numBytesEach }] = eventsOf(roundNum, 'ModelBroadcast');
			expect(clients.map(({ id }) => id)).toEqual(clientIds);
			for (const trained of eventsOf(roundNum, 'ClientTrained')) {
				expect(clients.find(({ id }) => id === trained.clientId)).toMatchObject({
					isTrained: true,
					droppedIn: null,
					loss: trained.loss,
					deltaNorm: trained.deltaNorm,
					numExamples: trained.numExamples,
					bytesUp: trained.numBytes,
					bytesDown: numBytesEach
				});
			}
			for (const { clientId } of eventsOf(roundNum, 'ClientDropped')) {
				const silent = clients.find(({ id }) => id === clientId);
				expect(silent).toMatchObject({ isTrained: false, droppedIn: 'broadcast', bytesUp: 0 });
			}
			expect(evaluation).toEqual(eventsOf(roundNum, 'ModelEvaluated')[0].evaluation);
		}
		expect(whole.rounds.some(({ clients }) => clients.some((client) => client.droppedIn))).toBe(
			true
		);
	});

	it.each([
		{},
		{ secureAggregation: true },
		{ dp: 'central' as const },
		{ dp: 'distributed' as const, secureAggregation: true }
	])('reaches every phase of the run in order, one round after the other (%o)', async (knobs) => {
		const run = await finishRun(createTinyServer(), { ...tinyConfig, rounds: 1, ...knobs });
		const expected = phasesOf({ ...tinyConfig, ...knobs });
		let records = noRecords;
		let numReached = 0;
		for (const event of run.events) {
			records = advanceRecords(records, [event]);
			const reached = records.rounds[0]?.reached ?? [];
			expect(reached).toEqual(expected.slice(0, reached.length));
			expect(reached.length).toBeGreaterThanOrEqual(numReached);
			numReached = reached.length;
		}
		expect(numReached).toBe(expected.length);
	});

	it('counts under masks the bytes of each client that the stages count together', async () => {
		const masked = { ...config, secureAggregation: true, rounds: 2 };
		const run = await finishRun(createTinyServer(), masked);
		const { rounds } = advanceRecords(noRecords, run.events);
		let sentSoFar = 0;
		for (const { clients, metrics: figures } of rounds) {
			for (const { bytesUp, bytesDown } of clients) sentSoFar += bytesUp + bytesDown;
			expect(figures?.trainingBytes).toBe(sentSoFar);
		}
	});

	it('begins a round anew that failed', () => {
		const second = events.findIndex(
			(event) => event.type === 'RoundStarted' && event.roundNum === 2
		);
		const failure = events.findIndex(
			(event, index) => index > second && event.type === 'UpdatesAggregated'
		);
		const disturbed = [...events.slice(0, failure), ...events.slice(second)];
		expect(advanceRecords(noRecords, disturbed)).toEqual(whole);
	});
});

describe('recordBytes', () => {
	it('is little where nothing was observed', () => {
		for (const record of whole.rounds) expect(recordBytes(record)).toBeLessThan(4000);
	});
});
