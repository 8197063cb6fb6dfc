import { describe, expect, it } from 'vitest';
import { phasesOf } from '../../src/lib/scene/phases';
import {
	clampPlayhead,
	firstPlayhead,
	isNewest,
	knownRoundAt,
	movePlayhead,
	newestPlayhead,
	nextPhase,
	phaseDurationMs,
	previousPhase,
	sameMomentIn
} from '../../src/lib/scene/playhead';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const { events } = await finishRun(createTinyServer(), tinyConfig);
const records = advanceRecords(noRecords, events);
const inRun = phasesOf(tinyConfig);
const first = firstPlayhead(records)!;
const newest = newestPlayhead(records)!;
const roundMs = inRun.reduce((sum, phase) => sum + phaseDurationMs[phase], 0);

describe('the playhead', () => {
	it('has no place before the first phase', () => {
		expect(firstPlayhead(noRecords)).toBeNull();
		expect(newestPlayhead(advanceRecords(noRecords, events.slice(0, 2)))).toBeNull();
		expect(clampPlayhead(noRecords, first)).toBeNull();
	});

	it('goes through every phase of every round, and back the same way', () => {
		const forward = [first];
		for (let next = nextPhase(records, first); next; next = nextPhase(records, next)) {
			forward.push(next);
		}
		const places = (heads: readonly (typeof first)[]) =>
			heads.map(({ roundNum, phase }) => `${roundNum} ${phase}`);
		expect(places(forward)).toEqual(
			[1, 2, 3].flatMap((roundNum) => inRun.map((phase) => `${roundNum} ${phase}`))
		);
		const back = [newest];
		for (let before = previousPhase(records, newest); before;) {
			back.push(before);
			before = previousPhase(records, before);
		}
		expect(places(back.reverse())).toEqual(places(forward));
	});

	it('moves with time, whatever the frames', () => {
		const atOnce = movePlayhead(records, first, roundMs + 500, 1);
		let inFrames = first;
		for (let ms = 0; ms < roundMs + 500; ms += 20) {
			inFrames = movePlayhead(records, inFrames, 20, 1);
		}
		expect(atOnce.roundNum).toBe(2);
		expect(inFrames.roundNum).toBe(2);
		expect(inFrames.phase).toBe(atOnce.phase);
		expect(inFrames.progress).toBeCloseTo(atOnce.progress, 9);
		const slow = movePlayhead(records, first, 2 * (roundMs + 500), 0.5);
		expect(slow.progress).toBeCloseTo(atOnce.progress, 9);
	});

	it('rests at the end of what there is', () => {
		expect(movePlayhead(records, first, 100 * roundMs, 1)).toEqual(newest);
		expect(isNewest(records, newest)).toBe(true);
		expect(isNewest(records, { ...newest, progress: 0.5 })).toBe(false);
		expect(isNewest(records, first)).toBe(false);
	});

	it('is held within what the run has reached', () => {
		const end = events.findLastIndex((event) => event.type === 'ModelBroadcast');
		const partial = advanceRecords(noRecords, events.slice(0, end + 1));
		const ahead = { roundNum: 3, phase: 'evaluate', progress: 0.3 } as const;
		expect(clampPlayhead(partial, ahead)).toEqual({
			roundNum: 3,
			phase: 'broadcast',
			progress: 1
		});
		expect(clampPlayhead(partial, { ...ahead, roundNum: 9 })?.roundNum).toBe(3);
		expect(clampPlayhead(partial, { ...ahead, roundNum: -2 })).toEqual(first);
		expect(clampPlayhead(partial, { ...ahead, roundNum: 2 })).toEqual({ ...ahead, roundNum: 2 });
		// A run in the clear has no masks: the moment before stands in.
		expect(clampPlayhead(records, { ...ahead, phase: 'mask' })?.phase).toBe('train');
	});

	it('knows the result of a round from its evaluation on', () => {
		for (const phase of inRun) {
			const head = { roundNum: 2, phase, progress: 0 };
			expect(knownRoundAt(head), phase).toBe(phase === 'evaluate' ? 2 : 1);
		}
		expect(knownRoundAt(first)).toBe(0);
		expect(knownRoundAt(newest)).toBe(3);
	});

	it('finds the same moment in another round', () => {
		const head = { roundNum: 1, phase: 'sum', progress: 0.4 } as const;
		expect(sameMomentIn(records, head, 3)).toEqual({ roundNum: 3, phase: 'sum', progress: 1 });
		expect(sameMomentIn(records, head, 4)).toBeNull();
		expect(sameMomentIn(records, head, 0)).toBeNull();
	});
});
