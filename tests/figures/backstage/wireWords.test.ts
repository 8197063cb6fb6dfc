import { describe, expect, it } from 'vitest';
import { createWireRecorder } from '../../../src/lib/federated/wireLog';
import { wordListed, wordReports } from '../../../src/lib/figures/backstage/wireWords';

describe('the sentence over listed messages', () => {
	const recorder = createWireRecorder(4);
	for (const roundNum of [1, 1, 2, 2, 3, 3]) {
		const message = { roundNum, id: 7, party: 'client', direction: 'up', kind: 'update' } as const;
		recorder.record({ ...message, numBytes: 100 });
	}
	const log = recorder.read();
	const ofRound = (roundNum: number) =>
		wordListed(
			log,
			log.messages.filter((message) => message.roundNum === roundNum),
			roundNum
		);

	it('says how many of the kept ones they are', () => {
		expect(ofRound(3)).toBe(
			'2 of the newest 4 messages, 200\u00a0B; 2 older ones are in the totals only.'
		);
		expect(wordListed(log, log.messages, null)).toMatch(/^The newest 4 messages, 400/);
	});

	it('says where messages went that are kept no more', () => {
		expect(ofRound(1)).toBe(
			'The messages of round 1 are in the totals only: the log keeps the newest 4.'
		);
	});

	it('says of a round without messages that it has none, where nothing is forgotten', () => {
		expect(wordListed({ ...log, numForgotten: 0 }, [], 1)).toMatch(/^0 of the 4 messages/);
	});
});

it('says for whom figures are that cross beside masked updates, and only there', () => {
	const recorder = createWireRecorder();
	const message = { roundNum: 1, id: 7, party: 'client', direction: 'up', numBytes: 56 } as const;
	recorder.record({ ...message, kind: 'update' });
	expect(wordReports(recorder.read())).toBe('');
	recorder.record({ ...message, kind: 'report' });
	expect(wordReports(recorder.read())).toContain('a real deployment would not send them');
});
