import { describe, expect, it } from 'vitest';
import { describeGlyph, serverLine, sumNotes } from '../../../src/lib/figures/stage/stageWords';
import { shiftSpeed, speedName } from '../../../src/lib/figures/stage/speeds';
import { createClient } from '../../../src/lib/scene/runSnapshot';
import { drawServer } from '../../../src/lib/scene/stage/serverShape';
import { still } from '../../../src/lib/scene/stage/motion';
import { makeRecord } from '../../fixtures/roundRecords';

const box = { x: 0, y: 0, width: 300, height: 200 };
const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const record = makeRecord({ roundNum: 3, dropped: { 5: 'mask' } });
const serverIn = (phase: 'train' | 'upload' | 'sum' | 'unmask' | 'apply') =>
	drawServer(box, record, phase, 1, still);

describe('the words in the server', () => {
	it('name the model by the round that made it', () => {
		const line = (phase: 'train' | 'apply') =>
			plain(serverLine(record, phase, serverIn(phase), 7850));
		expect(line('train')).toBe('after round 2 · 7,850 numbers');
		expect(line('apply')).toBe('after round 3 · 7,850 numbers');
		const first = makeRecord({ roundNum: 1 });
		expect(serverLine(first, 'train', serverIn('train'), 0)).toBe('untrained');
		expect(serverLine(null, 'choose', serverIn('train'), 7850)).toBe('a model not trained yet');
	});

	it('count what has arrived, and give the check once the masks are off', () => {
		expect(sumNotes(record, 'sum', serverIn('sum'))[0]).toBe('4 of 4 added');
		expect(sumNotes(record, 'unmask', serverIn('unmask'))).toEqual([
			'masks are off',
			'0 of 7,851',
			'numbers differ'
		]);
		expect(sumNotes(record, 'upload', serverIn('upload'))).toEqual([
			'4 of 4 arrived',
			'they come',
			'masked'
		]);
		const unseen = { ...record, server: { ...record.server, numDiffering: null } };
		expect(sumNotes(unseen, 'unmask', serverIn('unmask'))).toEqual(['masks are off', 'sum of 4']);
	});

	it('tell what was sent of a round that was given up, and what was not', () => {
		const failure = {
			type: 'AggregationFailed',
			roundNum: 3,
			stage: 'unmask',
			reason: ''
		} as const;
		const lost = { ...record, outcome: failure };
		const wordsOf = (one: typeof lost) =>
			sumNotes(one, 'sum', drawServer(box, one, 'sum', 1, still));
		expect(wordsOf(lost)).toEqual(['stays masked', '4 of 4', 'added']);
		expect(wordsOf({ ...lost, stages: [] })).toEqual(['nothing', 'was sent']);
	});
});

it('says of a client who it is, what it holds and what it does', () => {
	const client = createClient(7, { numExamples: 112, numHeldOut: 20, labelCounts: [] });
	expect(plain(describeGlyph(client, 'masked', 'Writer'))).toBe('Writer 7, 112 digits, masked');
	expect(plain(describeGlyph(client, 'chosen', 'Writer', true))).toBe(
		'Writer 7, 112 digits, chosen, muted by you'
	);
});

it('goes through the speeds and stays at both ends', () => {
	expect(shiftSpeed(1, 1)).toBe(2);
	expect(shiftSpeed(0.25, -1)).toBe(0.25);
	expect(shiftSpeed(8, 1)).toBe(Infinity);
	expect(shiftSpeed(Infinity, 1)).toBe(Infinity);
	expect([0.5, 4, Infinity].map(speedName)).toEqual(['½×', '4×', 'full']);
});
