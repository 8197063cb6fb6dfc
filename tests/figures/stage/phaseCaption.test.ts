/** Every figure in a caption, against the events of the run that it speaks of. */
import { describe, expect, it } from 'vitest';
import { defaultConfig, type RunConfig } from '../../../src/lib/federated/config';
import type { RunEvent } from '../../../src/lib/federated/events';
import { wordUnusual } from '../../../src/lib/figures/experiments/settingChips';
import {
	leadOf,
	restCaption,
	sentBytes,
	type CaptionFacts
} from '../../../src/lib/figures/stage/captionParts';
import { phaseCaption } from '../../../src/lib/figures/stage/phaseCaption';
import { formatBytes, formatLoss, formatPercent } from '../../../src/lib/ui/format';
import type { Phase, RoundRecord } from '../../../src/lib/scene/roundRecord';
import { areKeysShared, hasDropped } from '../../../src/lib/scene/stage/clientState';
import { thinRecord } from '../../../src/lib/scene/recordMemory';
import { advanceRecords, noRecords } from '../../../src/lib/scene/runRecords';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';
import { makeRecord } from '../../fixtures/roundRecords';

const facts: CaptionFacts = {
	noun: 'Writer',
	numClients: tinyConfig.numClients,
	numParams: 7850,
	modelBytes: 31_400,
	focusId: null,
	areKeysShared: true
};
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

async function observe(changed: Partial<RunConfig>, isObserved = true) {
	const server = createTinyServer();
	const startRun = (config: RunConfig) => server.startRun(config, isObserved);
	const { events } = await finishRun({ ...server, startRun }, { ...tinyConfig, ...changed });
	return { events, rounds: advanceRecords(noRecords, events).rounds };
}

const clear = await observe({ dropout: 0.3 });
const masked = await observe({ secureAggregation: true, dropout: 0.2, rounds: 4 });

function wordsOf(record: RoundRecord, phase: Phase, changed: Partial<CaptionFacts> = {}): string {
	const { sentence, aside } = phaseCaption(record, phase, { ...facts, ...changed });
	return plain(`${sentence} ${aside}`);
}

function only<Type extends RunEvent['type']>(events: RunEvent[], roundNum: number, type: Type) {
	return events.filter(
		(event): event is Extract<RunEvent, { type: Type }> =>
			event.type === type && 'roundNum' in event && event.roundNum === roundNum
	);
}

describe('phaseCaption of a run in the clear', () => {
	it('counts the chosen ones and the bytes they get', () => {
		for (const record of clear.rounds) {
			const [{ clientIds, numBytesEach }] = only(clear.events, record.roundNum, 'ModelBroadcast');
			expect(wordsOf(record, 'choose')).toContain(`draws ${clientIds.length} of 12 writers`);
			expect(wordsOf(record, 'broadcast', { modelBytes: numBytesEach })).toContain(
				`${clientIds.length} writers: 7,850 numbers, ${plain(formatBytes(numBytesEach))} each`
			);
		}
	});

	it('follows one client that stayed, with its own figures', () => {
		for (const record of clear.rounds) {
			const lead = leadOf(record, null)!;
			const [trained] = only(clear.events, record.roundNum, 'ClientTrained').filter(
				({ clientId }) => clientId === lead.id
			);
			expect(trained).toBeDefined();
			const words = wordsOf(record, 'train');
			expect(words).toContain(`Writer ${lead.id} `);
			expect(words).toContain(`${trained.numExamples} digits`);
			expect(wordsOf(record, 'upload')).toContain(
				`Writer ${lead.id} sends ${plain(formatBytes(trained.numBytes))}; the server can read`
			);
		}
	});

	it('follows the client that was selected, if it takes part', () => {
		const [record] = clear.rounds;
		const wanted = record.clients.findLast(({ isTrained }) => isTrained)!.id;
		expect(wordsOf(record, 'train', { focusId: wanted })).toContain(`Writer ${wanted} `);
		const absent = [...Array(12).keys()].find((id) => record.clients.every((c) => c.id !== id))!;
		expect(leadOf(record, absent)?.id).toBe(leadOf(record, null)?.id);
	});

	it('names those who fell silent, and what is averaged', () => {
		for (const record of clear.rounds) {
			const numDropped = only(clear.events, record.roundNum, 'ClientDropped').length;
			const [{ numClients, deltaNorm }] = only(clear.events, record.roundNum, 'UpdatesAggregated');
			if (numDropped > 0) expect(wordsOf(record, 'train')).toContain(`${numDropped} writer`);
			else expect(wordsOf(record, 'train')).not.toContain('dropped out');
			expect(wordsOf(record, 'sum')).toContain(`averages ${numClients} update`);
			expect(wordsOf(record, 'apply')).toContain(`by ${formatLoss(deltaNorm)}`);
		}
	});

	it('reads the accuracies off the evaluation', () => {
		const record = clear.rounds.findLast(({ evaluation }) => evaluation)!;
		const [{ evaluation }] = only(clear.events, record.roundNum, 'ModelEvaluated');
		const words = wordsOf(record, 'evaluate');
		for (const share of [
			evaluation.unseen.accuracy,
			evaluation.training.accuracy,
			evaluation.students.accuracy,
			evaluation.worstTenth
		]) {
			expect(words).toContain(plain(formatPercent(share)));
		}
	});
});

describe('phaseCaption of a run under masks', () => {
	it('gives the bytes of the masked update alone, which the server cannot read', () => {
		for (const record of masked.rounds) {
			const stage = only(masked.events, record.roundNum, 'AggregationStageClosed').find(
				(event) => event.stage === 'maskedInput'
			);
			if (!stage) continue;
			const sum = stage.presentIds.reduce((total, id) => total + sentBytes(record, id), 0);
			expect(sum).toBe(stage.numBytesUp);
			expect(wordsOf(record, 'upload')).toMatch(/sends .* kB; the server cannot read it/);
		}
	});

	it('says which masks a sum still holds: those of pairs once or twice, own ones always', () => {
		const whole = makeRecord({ clientIds: [0, 2, 3, 5] });
		expect(wordsOf(whole, 'sum')).toBe(
			'The server adds up 4 masked updates. Own masks still hide the sum. ' +
				'6 pair masks are in it twice, with + and −, and cancel.'
		);
		const halved = makeRecord({ clientIds: [0, 2, 3, 5], dropped: { 3: 'mask' } });
		expect(wordsOf(halved, 'sum')).toBe(
			'The server adds up 3 masked updates. Own masks still hide the sum, and those towards 1 drop-out. ' +
				'3 pair masks are in it twice, with + and −, and cancel; 3 towards drop-outs are in it once.'
		);
	});

	it('counts in a sum what the messages of the round say', () => {
		for (const record of masked.rounds) {
			const [inputs] = only(masked.events, record.roundNum, 'AggregationStageClosed').filter(
				({ stage }) => stage === 'maskedInput'
			);
			if (!inputs?.presentIds.length) continue;
			const words = wordsOf(record, 'sum');
			expect(words).toContain(`adds up ${inputs.presentIds.length} masked update`);
			const numLost = inputs.droppedIds.length;
			expect(words.includes('drop-out')).toBe(numLost > 0);
			if (numLost > 0) expect(words).toContain(`towards ${numLost} drop-out`);
		}
		const numLost = masked.events.filter(
			(event) => event.type === 'SumUnmasked' && event.recoveredIds.length > 0
		);
		expect(numLost.length).toBeGreaterThan(0);
	});

	it('counts survivors and those whose masks were rebuilt', () => {
		const outcomes = masked.events.filter((event) => event.type === 'SumUnmasked');
		expect(outcomes.length).toBeGreaterThan(0);
		for (const { roundNum, survivorIds, recoveredIds } of outcomes) {
			const words = wordsOf(masked.rounds[roundNum - 1], 'unmask');
			expect(words).toContain(`rebuilds ${survivorIds.length} own mask`);
			expect(words.includes('drop-out')).toBe(recoveredIds.length > 0);
			if (recoveredIds.length > 0)
				expect(words).toContain(`pair masks of ${recoveredIds.length} drop-out`);
		}
		expect(outcomes.some(({ recoveredIds }) => recoveredIds.length > 0)).toBe(true);
	});

	it('tells the same of a run that nobody observes, but for the pairs', async () => {
		const unseen = await observe({ secureAggregation: true, dropout: 0.2, rounds: 4 }, false);
		unseen.rounds.forEach((record, index) => {
			const seen = masked.rounds[index];
			expect(wordsOf(record, 'upload')).toBe(wordsOf(seen, 'upload'));
			const sentence = (round: RoundRecord) => phaseCaption(round, 'sum', facts).sentence;
			expect(sentence(record)).toBe(sentence(seen));
			expect(wordsOf(record, 'sum')).not.toMatch(/\d pair masks/);
			expect(wordsOf(record, 'mask')).not.toContain('pairs');
		});
	});

	it('counts masks as the record has pairs, and gives the check as it was computed', () => {
		const record = makeRecord();
		expect(wordsOf(record, 'mask')).toContain(
			'Writer 0 hides its 7,850 numbers under 4 pair masks'
		);
		expect(wordsOf(record, 'mask')).toContain(
			'10 pairs total 0, modulo 2³². The 5 own masks stay.'
		);
		expect(wordsOf(record, 'unmask')).toContain('0 of 7,851 numbers (one is the weight) differ');
		const broken = { ...record, server: { ...record.server, numDiffering: 12 } };
		expect(wordsOf(broken, 'unmask')).toContain('12 of 7,851 numbers (one is the weight) differ');
	});

	it('says of who falls silent before it sends that nothing of it is under masks', () => {
		const record = makeRecord({ dropped: { 2: 'broadcast', 5: 'mask' } });
		expect(wordsOf(record, 'mask', { focusId: 5 })).toContain(
			'Writer 5 shares masks with 4 writers that send, and falls silent before it sends anything.'
		);
		const unpaired = { ...record, pairs: record.pairs.filter((pair) => !pair.includes(2)) };
		expect(wordsOf(unpaired, 'mask', { focusId: 2 })).toContain('Writer 0 hides its 7,850 numbers');
	});

	it('counts as gone whom the stage has crossed out, and nobody else', () => {
		const record = makeRecord({
			clientIds: [0, 1, 2, 3, 5, 8],
			dropped: { 1: 'broadcast', 2: 'clip', 5: 'mask', 8: 'sum' },
			isNoised: true
		});
		const told: readonly [Phase, number, number, RegExp][] = [
			['broadcast', 1, 0, /^(?!.*dropped out)/],
			['train', 0, 1, /1 writer dropped out\. /],
			['mask', 0, 2, /1 writer dropped out, 2 by now/],
			['mask', 0.39, 2, /1 writer dropped out, 2 by now/],
			['mask', 0.4, 3, /2 writers dropped out, 3 by now/],
			['upload', 0, 3, /1 writer dropped out, 3 by now/],
			['unmask', 0, 4, /1 writer dropped out after sending/]
		];
		for (const [phase, progress, numGone, words] of told) {
			const gone = record.clients.filter((client) => hasDropped(client, phase, progress));
			expect(gone, `${phase} ${progress}`).toHaveLength(numGone);
			const moment = { areKeysShared: areKeysShared(phase, progress), focusId: 5 };
			const text = wordsOf(record, phase, moment);
			expect(text).toMatch(words);
			if (phase === 'mask') expect(text.includes('falls silent')).toBe(progress >= 0.4);
		}
	});

	it('says of a round lost before anybody sends that it is lost, and not what masks hide', () => {
		const record = { ...makeRecord(), stages: [], pairs: [] };
		expect(phaseCaption(record, 'mask', facts).title).toBe('Round lost');
	});

	it('counts in the sum who drops out once its update has arrived, and says so', () => {
		const late = makeRecord({ dropped: { 3: 'sum', 5: 'sum' } });
		expect(wordsOf(late, 'sum')).toContain('adds up 5 masked updates');
		expect(wordsOf(late, 'unmask')).toContain(
			'2 writers dropped out after sending: in the sum, never seen'
		);
		expect(wordsOf(makeRecord(), 'unmask')).toContain('It never had one update alone.');
		for (const record of masked.rounds) {
			if (record.outcome?.type !== 'SumUnmasked') continue;
			const late = only(masked.events, record.roundNum, 'AggregationStageClosed').flatMap(
				(event) => (event.stage === 'unmask' ? event.droppedIds : [])
			);
			expect(wordsOf(record, 'unmask').includes('dropped out after sending')).toBe(late.length > 0);
		}
	});

	it('gives the reason for which a sum was lost', async () => {
		const lost = await observe({ secureAggregation: true, dropout: 0.95, rounds: 2 });
		const failure = lost.events.findLast((event) => event.type === 'AggregationFailed')!;
		const record = lost.rounds[failure.roundNum - 1];
		for (const phase of ['unmask', 'apply'] as const) {
			const caption = phaseCaption(record, phase, facts);
			expect(caption.title).toBe('Round lost');
			expect(caption.sentence).toBe(`${failure.reason.replace(/\.$/, '')}.`);
		}
	});
});

it('gives the lengths of an update before and after its clip and noise', () => {
	const record = makeRecord({ isNoised: true });
	expect(wordsOf(record, 'clip')).toContain(
		'Writer 0’s update is 3.00 long and is cut to 1.50; with its noise it is 2.00 long.'
	);
});

it('says of an old round where its pictures are, and claims nothing about what it does not keep', () => {
	const record = makeRecord({ isNoised: true });
	const thin = thinRecord(record);
	for (const phase of ['train', 'clip', 'mask', 'upload', 'sum'] as const) {
		expect(wordsOf(thin, phase), phase).toContain('let go to save memory');
		expect(wordsOf(record, phase), phase).not.toContain('let go');
	}
	expect(wordsOf(thin, 'clip')).toContain('The updates of 5 writers are clipped');
	expect(wordsOf(thin, 'apply')).not.toContain('let go');
});

it('says of a round without answers that there is nothing to apply', async () => {
	const lonely = await observe({ rounds: 1, dropout: 1 });
	expect(phaseCaption(lonely.rounds[0], 'apply', facts)).toMatchObject({
		title: 'Round lost',
		sentence: 'Nobody answered.'
	});
});

it('says what is about to happen before anything has, and speaks of keys to those who have some', () => {
	const usual = { isTouchOnly: false, preset: null, unusual: '' };
	expect(restCaption(usual)).toMatchObject({ role: 'rest', aside: 'Press Start, or Space.' });
	const touched = { ...usual, isTouchOnly: true };
	expect(restCaption(touched)).toMatchObject({ role: 'rest', aside: 'Press Start.' });
	const unusual = wordUnusual({ ...defaultConfig, cohortSize: 20, dropout: 0.5 });
	expect(restCaption({ ...touched, unusual }).aside.replace('\u00a0', ' ')).toBe(
		'This run: cohort 20, drop-outs 50 %. Press Start.'
	);
	const preset = { title: 'Two digits per client', sentence: 'Most clients know two.' };
	expect(restCaption({ ...touched, unusual, preset })).toMatchObject({
		...preset,
		aside: 'Press Start.'
	});
	expect(wordUnusual(defaultConfig)).toBe('');
});
