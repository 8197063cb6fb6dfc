import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../src/lib/federated/events';
import { createInterventions } from '../../src/lib/federated/interventions';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const config = { ...tinyConfig, rounds: 2, baselines: false };
const masked = { ...config, secureAggregation: true };

function eventsOf<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) {
	return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

const reference = await finishRun(createTinyServer(), config);
const [firstCohort, secondCohort] = eventsOf(reference.events, 'CohortSampled').map(
	({ clientIds }) => clientIds
);

describe('a client dropped by hand', () => {
	it('never answers if it had not trained yet, and is back in the next round', async () => {
		const id = firstCohort[1];
		const server = createTinyServer();
		const { events, metrics } = await finishRun(server, config, async (event) => {
			if (event.type === 'CohortSampled' && event.roundNum === 1) await server.dropClient(id);
		});
		expect(eventsOf(events, 'ClientDropped')).toEqual([
			{ type: 'ClientDropped', roundNum: 1, clientId: id, isByHand: true }
		]);
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[id], []]);
		expect(metrics.map(({ numAnswered }) => numAnswered)).toEqual([4, 5]);
		const { totals } = await server.wireLog();
		expect(totals.update.numMessages).toBe(9);
	});

	it('while it trains: its answer never arrives', async () => {
		const server = createTinyServer();
		let id = -1;
		const { events, metrics } = await finishRun(server, config, async (event) => {
			if (event.type !== 'ClientStarted' || event.roundNum !== 1 || id >= 0) return;
			id = firstCohort[4];
			await server.dropClient(id);
		});
		expect(metrics[0]).toMatchObject({ numAnswered: 4, silencedByHand: [id] });
		expect(eventsOf(events, 'ClientTrained').filter(({ roundNum }) => roundNum === 1)).toHaveLength(
			4
		);
		const { totals } = await server.wireLog();
		expect(totals.update.numMessages).toBe(9);
	});

	it('after it has shared its keys: its masks are recovered and the sum is that of the others', async () => {
		const id = firstCohort[2];
		const server = createTinyServer(2);
		const { events, metrics } = await finishRun(server, masked, async (event) => {
			const isShared = event.type === 'AggregationStageClosed' && event.stage === 'shareKeys';
			if (isShared && event.roundNum === 1) await server.dropClient(id);
		});
		const [unmasked] = eventsOf(events, 'SumUnmasked');
		expect(unmasked.survivorIds).toEqual(firstCohort.filter((other) => other !== id));
		expect(unmasked.recoveredIds).toEqual([id]);
		const closed = eventsOf(events, 'AggregationStageClosed').find(
			({ stage }) => stage === 'maskedInput'
		);
		expect(closed).toMatchObject({ droppedIds: [id], byHandIds: [id] });
		expect(metrics[0].silencedByHand).toEqual([id]);
	});

	it('at any time before that: it shares its keys first, so that there is something to recover', async () => {
		const id = firstCohort[2];
		const server = createTinyServer(2);
		const { events, metrics } = await finishRun(server, masked, async (event) => {
			if (event.type === 'CohortSampled' && event.roundNum === 1) {
				expect(await server.dropClient(id)).toBe(1);
			}
		});
		expect(eventsOf(events, 'ClientDropped')).toEqual([]);
		expect(eventsOf(events, 'SumUnmasked')[0].recoveredIds).toEqual([id]);
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[id], []]);
	});

	it('when masks are on: its update never crosses, its masks are recovered, and what is observed is that of the others', async () => {
		const id = firstCohort[2];
		const server = createTinyServer(2);
		let roundNum: number | null = null;
		const drop = async (event: RunEvent) => {
			const isNow = event.type === 'UpdatesMasked' && event.roundNum === 1;
			if (isNow) roundNum = await server.dropClient(id);
		};
		const { events, metrics } = await finishRun(server, masked, drop, true);
		expect(roundNum).toBe(1);
		expect(eventsOf(events, 'UpdatesMasked')[0].expected.presentIds).toEqual(firstCohort);
		const others = firstCohort.filter((other) => other !== id);
		const [unmasked] = eventsOf(events, 'SumUnmasked');
		expect(unmasked).toMatchObject({ survivorIds: others, recoveredIds: [id] });
		const closed = eventsOf(events, 'AggregationStageClosed').filter(
			({ stage, roundNum }) => stage === 'maskedInput' && roundNum === 1
		);
		expect(closed).toMatchObject([{ presentIds: others, droppedIds: [id], byHandIds: [id] }]);
		const observed = eventsOf(events, 'MasksObserved').filter(({ roundNum }) => roundNum === 1);
		expect(observed.map(({ runningSums }) => runningSums.length)).toEqual([5, 4]);
		expect(eventsOf(events, 'SumObserved')[0].numDiffering).toBe(0);
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[id], []]);
		expect((await server.wireLog()).totals.maskedUpdate.numMessages).toBe(9);
	});

	it('once masked updates are in, is missing in the next round', async () => {
		const id = secondCohort[0];
		const server = createTinyServer(2);
		let roundNum: number | null = null;
		const { events } = await finishRun(server, masked, async (event) => {
			const isIn = event.type === 'AggregationStageClosed' && event.stage === 'maskedInput';
			if (isIn && event.roundNum === 1) roundNum = await server.dropClient(id);
		});
		expect(roundNum).toBe(2);
		expect(eventsOf(events, 'SumUnmasked').map(({ recoveredIds }) => recoveredIds)).toEqual([
			[],
			[id]
		]);
	});

	it('once its round waits for nothing more of it, is missing in the next one', async () => {
		const id = secondCohort[0];
		const server = createTinyServer();
		const { metrics } = await finishRun(server, config, async (event) => {
			if (event.type === 'UpdatesAggregated' && event.roundNum === 1) {
				expect(await server.dropClient(id)).toBe(2);
			}
		});
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[], [id]]);
	});

	it('between two rounds is missing in the next one', async () => {
		const id = secondCohort[0];
		const server = createTinyServer();
		const { metrics } = await finishRun(server, config, async (event) => {
			if (event.type === 'RoundCompleted' && event.roundNum === 1) await server.dropClient(id);
		});
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[], [id]]);
	});
});

describe('a mute client', () => {
	it('never answers, round after round, until it is unmuted', async () => {
		const everybody = { ...config, rounds: 3, cohortSize: 12 };
		const server = createTinyServer();
		const { metrics } = await finishRun(server, everybody, async (event) => {
			if (event.type === 'RunStarted') await server.muteClient(7, true);
			const isSecondOver = event.type === 'RoundCompleted' && event.roundNum === 2;
			if (isSecondOver) await server.muteClient(7, false);
		});
		expect(metrics.map(({ silencedByHand }) => silencedByHand)).toEqual([[7], [7], []]);
	});
});

describe('interventions', () => {
	it('leave a run alone that nobody touches', async () => {
		const server = createTinyServer();
		await server.dropClient(3);
		const untouched = await finishRun(server, config);
		expect(bytesOf(untouched.params)).toEqual(bytesOf(reference.params));
	});

	it('put a client that has answered out of the next round', () => {
		const hand = createInterventions(false);
		hand.beginRound(3);
		hand.close(4);
		expect([hand.drop(4), hand.drop(5)]).toEqual([4, 3]);
		expect([4, 5].map((id) => hand.isSilent(id, 'train'))).toEqual([false, true]);
		hand.endRound();
		expect([4, 5].map((id) => hand.isSilent(id, 'train'))).toEqual([true, false]);
	});

	it('name whom they silenced only once its answer was due', () => {
		const hand = createInterventions(false);
		expect(hand.drop(4)).toBe(1);
		hand.mute(2, true);
		expect(hand.isSilent(4, 'train')).toBe(true);
		expect(hand.silencedIds()).toEqual([]);
		expect([4, 2, 3].map((id) => hand.silences(id, 'train'))).toEqual([true, true, false]);
		expect(hand.silencedIds()).toEqual([2, 4]);
		hand.endRound();
		expect([4, 2].map((id) => hand.isSilent(id, 'train'))).toEqual([false, true]);
		expect(hand.silencedIds()).toEqual([]);
	});
});
