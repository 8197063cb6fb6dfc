/** The sentences of the inspectors over a recorded event stream: every number in them is the engine's. */
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../../../src/lib/federated/config';
import type { RunEvent } from '../../../src/lib/federated/events';
import {
	describeArrivals,
	describeCheck,
	describeCoding,
	describeHeldOut,
	describePart,
	describeSum,
	stopNotes
} from '../../../src/lib/figures/inspect/inspectWords';
import { viewServer } from '../../../src/lib/scene/inspect/serverView';
import type { Phase, Playhead, RoundRecord } from '../../../src/lib/scene/roundRecord';
import { advanceRecords, noRecords } from '../../../src/lib/scene/runRecords';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent
} from '../../../src/lib/ui/format';
import { makeRecord } from '../../fixtures/roundRecords';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

async function observe(change: Partial<RunConfig>) {
	const server = createTinyServer();
	const start = (config: RunConfig) => server.startRun(config, true);
	const config = { ...tinyConfig, baselines: false, ...change };
	const { events } = await finishRun({ ...server, startRun: start }, config);
	return { events, rounds: advanceRecords(noRecords, events).rounds };
}

function eventsOf<Type extends RunEvent['type']>(events: readonly RunEvent[], type: Type) {
	return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

const clear = await observe({ dropout: 0.4 });
const masked = await observe({ secureAggregation: true });
const lost = await observe({ secureAggregation: true, dropout: 0.95 });
const viewAt = (record: RoundRecord, phase: Phase) =>
	viewServer(record, { roundNum: record.roundNum, phase, progress: 1 });

const whole = { isThinned: false };
const atEnd: Playhead = { roundNum: 1, phase: 'evaluate', progress: 1 };

describe('how decimals become integers', () => {
	const factorIn = (sentence: string) =>
		Number(/times ([\d,]+)/.exec(sentence)![1].replaceAll(',', ''));

	it('names what a decimal is multiplied by: each integer is that product, rounded', async () => {
		const finer = { secureAggregation: true, quantizeBits: 20, quantizeRange: 0.5 };
		for (const change of [finer, { ...finer, dp: 'local' }] as Partial<RunConfig>[]) {
			const { rounds } = await observe(change);
			for (const { trained, noised, coded, numExamples } of rounds[0].clients) {
				const factor = factorIn(describeCoding(numExamples, { ...tinyConfig, ...change }));
				expect(factor).toBe((change.dp ? 1 : numExamples) * 2 ** 20);
				(noised ?? trained)!.sample.forEach((value, i) => {
					const level = Math.max(-0.5, Math.min(0.5, value)) * factor;
					expect(Math.abs(coded![i] - level)).toBeLessThanOrEqual(1);
				});
			}
		}
	});

	it('shows its factors, and none for the grid of distributed noise', () => {
		const coding = { dp: 'none', quantizeBits: 16, quantizeRange: 0.5 } as const;
		const words = describeCoding(100, coding).replaceAll('\u00a0', ' ');
		expect(words).toContain('times 6,553,600 (100 digits × 32,768 ÷ 0.5), rounded');
		expect(describeCoding(100, { ...coding, dp: 'central', quantizeRange: 1 })).toContain(
			'times 32,768, rounded'
		);
		expect(describeCoding(100, { ...coding, dp: 'distributed' })).toContain('a fine grid');
	});
});

describe('what is said of a client', () => {
	it('names the bytes that crossed, and how it fell silent', () => {
		for (const { roundNum, clients } of clear.rounds) {
			const [{ numBytesEach }] = eventsOf(clear.events, 'ModelBroadcast');
			for (const client of clients) {
				const sent = eventsOf(clear.events, 'ClientTrained').find(
					(event) => event.roundNum === roundNum && event.clientId === client.id
				);
				const head = (phase: Phase) => ({ roundNum, phase, progress: 1 });
				const words = describePart(
					client,
					{ isMasked: false, outcome: null, stages: [] },
					head('evaluate'),
					'Writer'
				);
				const early = describePart(
					client,
					{ isMasked: false, outcome: null, stages: [] },
					head('choose'),
					'Writer'
				);
				expect(early).toBe(`Writer ${client.id} takes part in this round.`);
				expect(words).toContain(`It received ${formatBytes(numBytesEach)}`);
				expect(words).toContain(`sent ${formatBytes(sent?.numBytes ?? 0)}.`);
				expect(words.includes('fell silent')).toBe(sent === undefined);
			}
		}
	});

	it('says of who shares keys and never sends that it is gone once masks are put on', () => {
		const record = makeRecord({ dropped: { 5: 'mask' } });
		const client = record.clients.find(({ id }) => id === 5)!;
		const at = (progress: number) =>
			describePart(client, record, { roundNum: 1, phase: 'mask', progress }, 'Writer');
		expect(at(0.39)).toBe('Writer 5 takes part in this round.');
		expect(at(0.4)).toMatch(
			/^It fell silent when it had shared keys and not yet sent its update\. It received/
		);
	});

	it('names its held-out accuracies and the length of its update as they were observed', () => {
		const observed = eventsOf(clear.events, 'ClientObserved');
		expect(observed.length).toBeGreaterThan(3);
		for (const { roundNum, clientId, view } of observed) {
			const client = clear.rounds[roundNum - 1].clients.find(({ id }) => id === clientId)!;
			const words = describeHeldOut(client)!;
			expect(words).toContain(formatCounted(view.heldOut!.numExamples, 'held-out digit'));
			expect(words).toContain(
				`${formatPercent(view.heldOut!.received)} with the model it received`
			);
			expect(words).toContain(`${formatPercent(view.heldOut!.trained)} with the one it trained`);
			const length = `length ${formatLoss(view.trained.norm!)}`;
			expect(stopNotes('trained', client, true, whole, atEnd)).toEqual([length]);
		}
	});

	it('says why there is no picture', () => {
		const [record] = clear.rounds;
		const silent = record.clients.find(({ droppedIn }) => droppedIn !== null)!;
		const stayed = record.clients.find(({ droppedIn }) => droppedIn === null)!;
		expect(stopNotes('trained', silent, false, whole, atEnd)).toEqual(['it never came so far']);
		expect(stopNotes('trained', stayed, false, whole, atEnd)).toEqual(['not yet']);
		const early: Playhead = { roundNum: 1, phase: 'broadcast', progress: 0 };
		expect(stopNotes('trained', silent, false, whole, early)).toEqual(['not yet']);
		expect(stopNotes('trained', stayed, false, { isThinned: true }, atEnd)).toEqual([
			'let go to spare memory'
		]);
	});
});

describe('what is said of the server', () => {
	it('counts the updates that arrived', () => {
		for (const record of masked.rounds) {
			const answered = eventsOf(masked.events, 'UpdatesAggregated')[record.roundNum - 1].numClients;
			const words = describeArrivals(viewAt(record, 'upload'), record, 'Writer');
			expect(words).toContain(`${formatCount(answered)} of ${formatCounted(answered, 'update')}`);
			expect(describeArrivals(viewAt(record, 'mask'), record, 'Writer')).toBe(
				'No update has arrived yet.'
			);
		}
	});

	it('gives the result of the check, and only once it was made', () => {
		const [{ numParams }] = eventsOf(masked.events, 'RunStarted');
		for (const { roundNum, numCompared, numDiffering } of eventsOf(masked.events, 'SumObserved')) {
			const record = masked.rounds[roundNum - 1];
			expect(describeCheck(viewAt(record, 'sum'))).toBeNull();
			expect(describeCheck(viewAt(record, 'unmask'))).toBe(
				`With its masks off, the sum is exactly the sum of the integers before masking: ${formatCount(numDiffering)} of ${formatCount(numCompared)} numbers differ (${formatCount(numParams)} for the parameters, one for the weight).`
			);
		}
		expect(describeCheck(viewAt(clear.rounds[0], 'evaluate'))).toBeNull();
	});

	it('says of the sum what the server cannot read yet, and what it has in the end', () => {
		for (const { roundNum } of eventsOf(masked.events, 'SumUnmasked')) {
			const record = masked.rounds[roundNum - 1];
			const notYet = {
				masked: 'pair masks cancelled, own masks still on',
				title: 'The same sum, without masks',
				note: 'what the server cannot read yet'
			};
			expect(describeSum(viewAt(record, 'sum'), record)).toEqual(notYet);
			for (const phase of ['unmask', 'apply', 'evaluate'] as const) {
				expect(describeSum(viewAt(record, phase), record)).toEqual({
					masked: 'what the server had',
					title: 'The sum, masks off',
					note: 'what the server has now'
				});
			}
			const half = viewServer(record, { roundNum, phase: 'sum', progress: 0.5 });
			expect(half.numSummed).toBeLessThan(half.numExpected);
			expect(describeSum(half, record).note).toBe('what the server never gets');
		}
	});

	it('names the masks that drop-outs leave on the sum', () => {
		const record = makeRecord({ dropped: { 3: 'mask' } });
		expect(describeSum(viewAt(record, 'sum'), record).masked).toBe(
			`on it: own masks and those towards ${formatCounted(1, 'drop-out')}`
		);
	});

	it('gives the reason of a sum that stays masked', () => {
		const failures = eventsOf(lost.events, 'AggregationFailed');
		expect(failures.length).toBeGreaterThan(0);
		for (const { roundNum, reason } of failures) {
			const record = lost.rounds[roundNum - 1];
			expect(describeCheck(viewAt(record, 'sum'))).toBeNull();
			expect(describeCheck(viewAt(record, 'unmask'))).toBe(`${reason}.`);
			expect(describeSum(viewAt(record, 'apply'), record).note).toBe('what the server never gets');
		}
	});
});
