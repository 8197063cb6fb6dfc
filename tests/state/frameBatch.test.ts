import { describe, expect, it } from 'vitest';
import { FrameBatch, type FrameClock } from '../../src/lib/state/frameBatch';

/** A clock whose frames and timers are told to come. */
function createClock() {
	const waiting = { frame: new Set<() => void>(), timer: new Set<() => void>() };
	const wait = (kind: keyof typeof waiting) => (run: () => void) => {
		waiting[kind].add(run);
		return () => waiting[kind].delete(run);
	};
	const clock: FrameClock = { onFrame: wait('frame'), onTimer: wait('timer') };
	function fire(kind: keyof typeof waiting) {
		const [run] = waiting[kind];
		waiting[kind].delete(run);
		run?.();
	}
	return { clock, waiting, fire };
}

/** A batch that notes what was worked in, and how much of it was shown. */
function createBatch() {
	const clock = createClock();
	const taken: number[][] = [];
	const shown: number[] = [];
	const work = {
		take: (items: number[]) => void taken.push(items),
		show: () => void shown.push(taken.flat().length)
	};
	return { ...clock, taken, shown, batch: new FrameBatch<number>(work, clock.clock) };
}

describe('FrameBatch', () => {
	it('shows everything at the next frame, in order', () => {
		const { batch, waiting, fire, taken, shown } = createBatch();
		[1, 2, 3].forEach((item) => batch.push(item));
		expect(waiting.frame.size).toBe(1);
		expect(taken).toEqual([]);
		fire('frame');
		expect(taken).toEqual([[1, 2, 3]]);
		expect(shown).toEqual([3]);
		expect([waiting.frame.size, waiting.timer.size]).toEqual([0, 0]);
		batch.push(4);
		fire('frame');
		expect(taken).toEqual([[1, 2, 3], [4]]);
		expect(shown).toEqual([3, 4]);
	});

	it('without frames, works in what has come but shows it only when they are back', () => {
		const { batch, fire, taken, shown } = createBatch();
		batch.push(1);
		fire('timer');
		batch.push(2);
		batch.push(3);
		fire('timer');
		expect(taken).toEqual([[1], [2, 3]]);
		expect(shown).toEqual([]);
		fire('frame');
		expect(shown).toEqual([3]);
	});

	it('lets no more than some hundreds wait for timers that come late', () => {
		const { batch, taken, shown } = createBatch();
		for (let item = 0; item < 1000; item++) batch.push(item);
		expect(Math.max(...taken.map((items) => items.length))).toBeLessThanOrEqual(256);
		expect(1000 - taken.flat().length).toBeLessThan(256);
		expect(shown).toEqual([]);
	});

	it('shows at once when flushed, and nothing when cleared', () => {
		const { batch, waiting, shown, taken } = createBatch();
		batch.push(1);
		batch.flush();
		batch.flush();
		batch.push(2);
		batch.clear();
		expect(taken).toEqual([[1]]);
		expect(shown).toEqual([1]);
		expect([waiting.frame.size, waiting.timer.size]).toEqual([0, 0]);
	});
});
