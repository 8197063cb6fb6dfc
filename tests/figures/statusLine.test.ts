import { describe, expect, it } from 'vitest';
import {
	lostRounds,
	restWord,
	shownLine,
	shownStatus,
	statusLine
} from '../../src/lib/figures/statusLine';
import { emptySnapshot, type RunSnapshot } from '../../src/lib/scene/runSnapshot';

describe('the line about the run', () => {
	const snapshot = { ...emptySnapshot, roundNum: 2 };

	it('counts the rounds, and says whether they go on', () => {
		expect(statusLine('running', snapshot, 60)).toBe('Round 2 of 60');
		expect(statusLine('paused', snapshot, 60)).toBe('Paused. Round 2 of 60');
		expect(statusLine('done', snapshot, 2)).toBe('Done. 2\u00a0rounds');
		expect(statusLine('running', emptySnapshot, 60)).toBe('Starting…');
	});

	it('counts the rounds that taught nothing', () => {
		const metrics = [4, 0, 3, 0].map((numAnswered, index) => ({ round: index + 1, numAnswered }));
		const lossy = { ...snapshot, roundNum: 4, metrics } as unknown as RunSnapshot;
		expect(lostRounds(lossy)).toEqual([2, 4]);
		expect(statusLine('done', lossy, 4)).toBe('Done. 4\u00a0rounds, 2 lost');
		expect(statusLine('running', lossy, 9)).toBe('Round 4 of 9, 2 lost');
	});

	it('says after which round the figure was measured, where that is not the one named', () => {
		const evaluation = { unseen: { accuracy: 0.5 } } as RunSnapshot['evaluation'];
		const measured = { ...snapshot, evaluation, evaluatedRound: 1 };
		const figure = 'unseen writers 50.0\u00a0%';
		expect(statusLine('running', measured, 60)).toBe(`Round 2 of 60, ${figure} after 1`);
		expect(statusLine('paused', measured, 60)).toBe(`Paused. Round 2 of 60, ${figure} after 1`);
		const isOver = { ...measured, evaluatedRound: 2 };
		expect(statusLine('running', isOver, 60)).toBe(`Round 2 of 60, ${figure} after 2`);
		expect(statusLine('paused', isOver, 60)).toBe(`Paused. Round 2 of 60, ${figure}`);
	});

	it('leaves figures to the round that is shown, where that is an earlier one', () => {
		const evaluation = { unseen: { accuracy: 0.5 } } as RunSnapshot['evaluation'];
		const measured = { ...snapshot, evaluation, evaluatedRound: 2 };
		expect(statusLine('done', measured, 2)).toBe('Done. 2\u00a0rounds, unseen writers 50.0\u00a0%');
		expect(statusLine('done', measured, 2, true)).toBe('Done. 2\u00a0rounds');
		const head = { roundNum: 1, phase: 'train', progress: 0.5 } as const;
		expect(shownLine(head, 2)).toBe('Shown: round 1 of 2, train');
	});

	it('says in one word whether a run rests', () => {
		expect(restWord('paused')).toBe('Paused.');
		expect(restWord('done')).toBe('Done.');
		expect(restWord('running')).toBe('');
	});

	it('calls a run paused only when its picture stands, too', () => {
		expect(shownStatus('paused', false)).toBe('paused');
		expect(shownStatus('paused', true)).toBe('running');
		for (const status of ['ready', 'loading', 'running', 'done', 'failed'] as const) {
			expect(shownStatus(status, true)).toBe(status);
			expect(shownStatus(status, false)).toBe(status);
		}
	});
});
