import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/lib/federated/events';
import { advanceSnapshot, emptySnapshot } from '../../src/lib/scene/runSnapshot';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const config = { ...tinyConfig, dropout: 0.3 };
const { events, metrics } = await finishRun(createTinyServer(), config);
const whole = advanceSnapshot(emptySnapshot, events);

function eventsOf<Type extends RunEvent['type']>(type: Type) {
	return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

describe('advanceSnapshot', () => {
	it('is a fold: however the events are cut into batches, the picture is the same', () => {
		for (const size of [1, 2, 7, 50]) {
			let snapshot = emptySnapshot;
			for (let i = 0; i < events.length; i += size) {
				snapshot = advanceSnapshot(snapshot, events.slice(i, i + size));
			}
			expect(snapshot).toEqual(whole);
		}
	});

	it('keeps every metric, and the last evaluation', () => {
		expect(whole.metrics).toEqual(metrics);
		expect(whole.evaluation).toEqual(eventsOf('ModelEvaluated').at(-1)?.evaluation);
		expect(whole.stage).toBe('complete');
		expect(whole.roundNum).toBe(config.rounds);
	});

	it('counts how often each client was chosen, trained and dropped out', () => {
		for (const client of whole.clients) {
			const isIts = (event: { clientId: number }) => event.clientId === client.id;
			const cohorts = eventsOf('CohortSampled').filter(({ clientIds }) =>
				clientIds.includes(client.id)
			);
			expect(client.timesChosen).toBe(cohorts.length);
			expect(client.timesDropped).toBe(eventsOf('ClientDropped').filter(isIts).length);
			const trained = eventsOf('ClientTrained').filter(isIts);
			expect(client.lastLoss).toBe(trained.at(-1)?.loss ?? null);
		}
		expect(whole.clients.some(({ timesDropped }) => timesDropped > 0)).toBe(true);
	});

	it('never changes what it was given', () => {
		const middle = advanceSnapshot(emptySnapshot, events.slice(0, 40));
		const copy = structuredClone(middle);
		advanceSnapshot(middle, events.slice(40));
		expect(middle).toEqual(copy);
	});

	it('keeps the identity of clients that nothing happened to', () => {
		const start = events.findIndex((event) => event.type === 'CohortSampled');
		const before = advanceSnapshot(emptySnapshot, events.slice(0, start));
		const after = advanceSnapshot(before, events.slice(start, start + 1));
		const changed = after.clients.filter((client, id) => client !== before.clients[id]);
		expect(changed.map(({ id }) => id)).toEqual(after.cohort);
	});

	it('does not count a round twice that failed and began anew', () => {
		const secondRound = events.findIndex(
			(event) => event.type === 'RoundStarted' && event.roundNum === 2
		);
		const failure = events.findIndex(
			(event, index) => index > secondRound && event.type === 'UpdatesAggregated'
		);
		const disturbed = [...events.slice(0, failure), ...events.slice(secondRound)];
		expect(advanceSnapshot(emptySnapshot, disturbed)).toEqual(whole);
	});

	it('counts what masks cost beside the updates, each completed round once', async () => {
		const masked = await finishRun(createTinyServer(), {
			...tinyConfig,
			rounds: 2,
			secureAggregation: true
		});
		const closed = masked.events.filter((event) => event.type === 'AggregationStageClosed');
		let keysAndShares = 0;
		for (const { stage, numBytesUp, numBytesDown } of closed) {
			keysAndShares += numBytesDown;
			if (stage !== 'maskedInput') keysAndShares += numBytesUp;
		}
		expect(closed).toHaveLength(8);
		expect(advanceSnapshot(emptySnapshot, masked.events).maskBytes).toBe(keysAndShares);

		const failure = masked.events.findLastIndex(({ type }) => type === 'UpdatesAggregated');
		const start = masked.events.findLastIndex(({ type }) => type === 'RoundStarted');
		const disturbed = [...masked.events.slice(0, failure), ...masked.events.slice(start)];
		expect(advanceSnapshot(emptySnapshot, disturbed).maskBytes).toBe(keysAndShares);
		expect(whole.maskBytes).toBe(0);
	});
});
