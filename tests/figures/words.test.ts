/** What the page says about a run, against the run itself. */
import { describe, expect, it } from 'vitest';
import { describeClient } from '../../src/lib/figures/describeClient';
import { statusLine } from '../../src/lib/figures/statusLine';
import { advanceSnapshot, emptySnapshot } from '../../src/lib/scene/runSnapshot';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const { events } = await finishRun(createTinyServer(), { ...tinyConfig, dropout: 0.3 });
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

/** The picture after the first event of this type in this round. */
function pictureAfter(type: string, roundNum: number) {
	const index = events.findIndex(
		(event) => event.type === type && 'roundNum' in event && event.roundNum === roundNum
	);
	expect(index).toBeGreaterThan(0);
	return advanceSnapshot(emptySnapshot, events.slice(0, index + 1));
}

describe('statusLine', () => {
	const done = pictureAfter('RunCompleted', 3);
	const unseen = `unseen writers ${((done.evaluation?.unseen.accuracy ?? 0) * 100).toFixed(1)} %`;

	it('says round, rounds and accuracy', () => {
		expect(plain(statusLine('running', done, 3))).toBe(`Round 3 of 3, ${unseen} after 3`);
		expect(plain(statusLine('paused', done, 3))).toBe(`Paused. Round 3 of 3, ${unseen}`);
		expect(plain(statusLine('done', done, 3))).toBe(`Done. 3 rounds, ${unseen}`);
	});

	it('names no accuracy before there is one', () => {
		expect(statusLine('running', pictureAfter('RoundStarted', 1), 3)).toBe('Round 1 of 3');
		expect(statusLine('running', emptySnapshot, 3)).toBe('Starting…');
		expect(statusLine('ready', emptySnapshot, 3)).toMatch(/^Ready\./);
	});
});

describe('describeClient', () => {
	it('says who, how much, which state and how well', () => {
		const { clients } = pictureAfter('ClientTrained', 1);
		const trained = clients.find(({ phase }) => phase === 'trained')!;
		const loss = trained.lastLoss!.toFixed(2);
		expect(plain(describeClient(trained, 'Writer'))).toBe(
			`Writer ${trained.id}, ${trained.numExamples} digits, trained, loss ${loss}`
		);
	});
});
