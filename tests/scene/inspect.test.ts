/** The inspectors' views of an observed run against the engine's own events: each number is the engine's. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/lib/federated/config';
import type { RunEvent } from '../../src/lib/federated/events';
import { pairsOf } from '../../src/lib/federated/maskColumns';
import { viewServer } from '../../src/lib/scene/inspect/serverView';
import { layStepLosses } from '../../src/lib/scene/inspect/stepTrail';
import { stepsTaken, stopsOf } from '../../src/lib/scene/inspect/updateStops';
import { clientIn, recordBytes, thinRecord } from '../../src/lib/scene/recordMemory';
import { phases, type Phase } from '../../src/lib/scene/roundRecord';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

async function observe(change: Partial<RunConfig>) {
	const config = { ...tinyConfig, dropout: 0.3, baselines: false, ...change };
	const server = createTinyServer();
	const start = (next: RunConfig) => server.startRun(next, true);
	const { events } = await finishRun({ ...server, startRun: start }, config);
	return { config, events, records: advanceRecords(noRecords, events) };
}

function eventsOf<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) {
	return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

const masked = await observe({ secureAggregation: true, seed: 5 });
const clear = await observe({ dp: 'local' });
const at = (roundNum: number, phase: Phase, progress = 1) => ({ roundNum, phase, progress });

describe('records of an observed run', () => {
	it('hold what the engine told, number by number', () => {
		for (const { events, records } of [masked, clear]) {
			for (const { roundNum, clientId, view } of eventsOf(events, 'ClientObserved')) {
				const client = records.rounds[roundNum - 1].clients.find(({ id }) => id === clientId);
				expect(client).toMatchObject(view);
			}
			for (const event of eventsOf(events, 'MasksObserved')) {
				const { clients, masks, pairs, server } = records.rounds[event.roundNum - 1];
				expect(server.runningSums).toBe(event.runningSums);
				expect(server.plainSums).toBe(event.plainSums);
				expect(masks).toBe(event.masks);
				expect(pairs).toEqual(pairsOf(event.masks));
				for (const { clientId, masked: view } of event.clients) {
					expect(clients.find(({ id }) => id === clientId)?.masked).toBe(view);
				}
			}
			for (const event of eventsOf(events, 'SumObserved')) {
				const { roundNum, numCompared, numDiffering, unmasked } = event;
				const { server } = records.rounds[roundNum - 1];
				expect(server).toMatchObject({ numCompared, numDiffering });
				expect(server.unmasked).toBe(unmasked);
			}
			for (const event of eventsOf(events, 'ModelObserved')) {
				if (event.roundNum === 0) expect(records.initialModel).toBe(event.pictures);
				else {
					const { server } = records.rounds[event.roundNum - 1];
					expect([server.after, server.change]).toEqual([event.pictures, event.change]);
					const next = records.rounds[event.roundNum];
					if (next) expect(next.server.before).toBe(event.pictures);
				}
			}
		}
	});

	it('are thinned from the oldest on when they outgrow their budget, and keep their figures', () => {
		const whole = masked.records;
		const [first, second, third] = whole.rounds;
		const budgetBytes = [thinRecord(first), second, third].reduce((n, r) => n + recordBytes(r), 0);
		const thin = advanceRecords(noRecords, masked.events, budgetBytes);
		expect(thin.rounds.map(({ isThinned }) => isThinned)).toEqual([true, false, false]);
		expect(thin.heldBytes).toBe(budgetBytes);
		expect(recordBytes(thinRecord(first))).toBeLessThan(0.6 * recordBytes(first));
		expect(thin.numThinned).toBe(1);
		expect(thin.rounds[0]).toEqual(thinRecord(whole.rounds[0]));
		expect(thin.rounds[0].metrics).toEqual(whole.rounds[0].metrics);
		const noViews = { trained: null, clipped: null, noised: null, masked: null, coded: null };
		expect(thin.rounds[0].clients).toEqual(
			whole.rounds[0].clients.map((client) => ({ ...client, ...noViews, stepLosses: [] }))
		);
		expect(thin.rounds[0].pairs).toEqual(first.pairs);
		expect(thin.rounds[0].evaluation).toEqual(first.evaluation);
		for (const { id, loss } of first.clients) {
			expect([clientIn(first, id)?.loss, clientIn(thin.rounds[0], id)?.loss]).toEqual([loss, loss]);
		}
		expect(clientIn(thin.rounds[0], 999)).toBeNull();
		expect(thin.rounds.slice(1)).toEqual(whole.rounds.slice(1));
	});

	it('of a long run stay within their budget, and weigh at least the pixels that they hold', () => {
		const first = masked.events.findIndex(({ type }) => type === 'RoundStarted');
		const end = masked.events.findIndex(({ type }) => type === 'RoundCompleted');
		const round = masked.events.slice(first, end + 1);
		const numRounds = 200;
		const budgetBytes = 30 * recordBytes(masked.records.rounds[0]);
		let records = advanceRecords(noRecords, masked.events.slice(0, first));
		for (let roundNum = 1; roundNum <= numRounds; roundNum++) {
			const repeated = round.map((event) => ({ ...event, roundNum }));
			records = advanceRecords(records, repeated, budgetBytes);
		}
		expect(records.rounds).toHaveLength(numRounds);
		expect(records.heldBytes).toBeLessThanOrEqual(budgetBytes);
		expect(records.numThinned).toBeGreaterThan(numRounds - 30);
		expect(records.numBare).toBeGreaterThan(0);
		expect(records.rounds[0].server.after).toBeNull();
		expect(records.rounds[0].clients.map(({ loss }) => loss)).toEqual(
			masked.records.rounds[0].clients.map(({ loss }) => loss)
		);
		expect(records.rounds[numRounds - 1].isThinned).toBe(false);
		const pixelBytes = records.rounds
			.flatMap(({ clients, server }) => [
				...clients.flatMap((client) => [client.trained, client.masked]),
				...server.runningSums,
				...server.plainSums
			])
			.reduce((sum, view) => sum + (view?.picture.pixels.byteLength ?? 0), 0);
		expect(pixelBytes).toBeGreaterThan(0);
		expect(pixelBytes).toBeLessThan(records.heldBytes);
	});
});

describe('the stops of an update', () => {
	const shown = (client: (typeof clear.records.rounds)[0]['clients'][0], phase: Phase) =>
		stopsOf(client, at(1, phase), clear.config).map(({ name, view }) => [name, view !== null]);

	it('appear as the playhead passes them', () => {
		const client = clear.records.rounds[0].clients.find(({ isTrained }) => isTrained)!;
		expect(shown(client, 'broadcast')).toEqual([
			['trained', false],
			['clipped', false],
			['noised', false]
		]);
		expect(shown(client, 'train')[0]).toEqual(['trained', true]);
		expect(shown(client, 'upload')).toEqual([
			['trained', true],
			['clipped', true],
			['noised', true]
		]);
	});

	it('are those of the run', () => {
		const [client] = masked.records.rounds[0].clients;
		const names = (config: Partial<RunConfig>) =>
			stopsOf(client, at(1, 'sum'), { ...tinyConfig, ...config }).map(({ name }) => name);
		expect(names({})).toEqual(['trained']);
		expect(names({ secureAggregation: true })).toEqual(['trained', 'masked']);
		expect(names({ dp: 'central' })).toEqual(['trained', 'clipped']);
	});

	it('come after steps that are counted as they are taken', () => {
		const client = clear.records.rounds[0].clients.find(({ isTrained }) => isTrained)!;
		const numSteps = client.stepLosses.length;
		expect(stepsTaken(client, at(1, 'broadcast'))).toBe(0);
		expect(stepsTaken(client, at(1, 'train', 0.5))).toBe(Math.ceil(numSteps / 2));
		expect(stepsTaken(client, at(1, 'evaluate', 0))).toBe(numSteps);
	});
});

describe('the server’s view', () => {
	it('under masks grows arrival by arrival, and shows the mean only when masks are off', () => {
		for (const record of masked.records.rounds) {
			const { server, roundNum } = record;
			const numArrivals = server.arrivedIds.length;
			expect(viewServer(record, at(roundNum, 'mask')).sum).toBeNull();
			const whole = viewServer(record, at(roundNum, 'upload'));
			expect(whole.numArrived).toBe(numArrivals);
			expect([whole.numSummed, whole.sum, whole.sumPlain]).toEqual([0, null, null]);
			const summed = viewServer(record, at(roundNum, 'sum'));
			expect(summed.numSummed).toBe(numArrivals);
			expect(summed.sum).toBe(server.runningSums[numArrivals - 1] ?? null);
			expect(summed.sumPlain).toBe(server.plainSums[numArrivals - 1] ?? null);
			const begun = viewServer(record, at(roundNum, 'sum', 0.5));
			expect(begun.sum).toBe(server.runningSums[begun.numSummed - 1] ?? null);
			expect([whole.mean, whole.check, whole.unmasked]).toEqual([null, null, null]);
			const half = viewServer(record, at(roundNum, 'upload', 0.8));
			expect(half.numArrived).toBe(Math.floor(1 + (0.25 / 0.45) * (numArrivals - 1)));
			const latest = record.clients.find(({ id }) => id === half.latestId);
			expect(half.latest).toBe(latest?.masked ?? null);
			const unmasked = viewServer(record, at(roundNum, 'unmask'));
			expect(unmasked.mean).toBe(server.sum);
			expect(unmasked.unmasked).toBe(server.unmasked);
			if (server.numDiffering !== null) {
				expect(unmasked.check?.numDiffering).toBe(0);
				expect(unmasked.unmasked?.sample).toEqual(server.plainSums.at(-1)?.sample);
			}
		}
		expect(masked.records.rounds.some(({ server }) => server.numDiffering === 0)).toBe(true);
	});

	it('in the clear is each update itself, and the mean of them', () => {
		const [record] = clear.records.rounds;
		const arrived = record.clients.filter(({ isTrained }) => isTrained);
		const { latest, latestPlain, mean, check } = viewServer(record, at(1, 'sum'));
		expect(latest).toBe(arrived.at(-1)?.noised);
		expect(latestPlain).toBe(latest);
		expect(mean).toBe(record.server.sum);
		expect(check).toBeNull();
	});

	it('has the new model only once it is applied', () => {
		const [record] = clear.records.rounds;
		expect(viewServer(record, at(1, 'sum')).model).toBe(record.server.before);
		expect(viewServer(record, at(1, 'evaluate')).model).toBe(record.server.after);
		expect(viewServer(record, at(1, 'evaluate')).change).toBe(record.server.change);
	});

	it('is the same whenever the reader comes back to it', () => {
		const [record] = masked.records.rounds;
		const walk = phases.map((phase) => viewServer(record, at(1, phase, 0.7)));
		const back = [...phases].reverse().map((phase) => viewServer(record, at(1, phase, 0.7)));
		expect(back.reverse()).toEqual(walk);
	});
});

describe('layStepLosses', () => {
	it('grows on one scale, and leaves a diverged step out', () => {
		const area = { width: 100, height: 50 };
		expect(layStepLosses([], 0, area)).toEqual({ path: '', end: null });
		const two = layStepLosses([4, 2, 1], 2, area);
		expect(two.path).toBe('M5,5L50,25');
		expect(two.end).toEqual({ x: 50, y: 25, loss: 2 });
		expect(layStepLosses([4, NaN, 1], 2, area)).toMatchObject({ path: 'M5,5Z', end: null });
	});
});
