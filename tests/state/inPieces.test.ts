import { describe, expect, it } from 'vitest';
import { inPieces } from '../../src/lib/state/inPieces';

/** Counts to a number, a millisecond for each. */
function watchedWork(upTo: number) {
	let nowMs = 0;
	let frames: (() => void)[] = [];
	const done: number[] = [];
	function* count(): Generator<void, number> {
		let reached = 0;
		while (reached < upTo) {
			reached++;
			nowMs++;
			yield;
		}
		return reached;
	}
	const clock = {
		onFrame: (run: (nowMs: number) => void) => {
			const call = () => run(nowMs);
			frames.push(call);
			return () => (frames = frames.filter((waiting) => waiting !== call));
		}
	};
	const cancel = inPieces(count(), (result) => done.push(result), { clock, readMs: () => nowMs });
	return {
		cancel,
		done,
		nowMs: () => nowMs,
		numWaiting: () => frames.length,
		frame: () => frames.shift()?.()
	};
}

describe('work in pieces', () => {
	it('is done at once where it is short', () => {
		const { done, numWaiting } = watchedWork(3);
		expect(done).toEqual([3]);
		expect(numWaiting()).toBe(0);
	});

	it('takes at most five milliseconds of a frame, and ends with the whole result', () => {
		const work = watchedWork(12);
		const reached = [work.nowMs()];
		while (work.done.length === 0) {
			work.frame();
			reached.push(work.nowMs());
		}
		expect(reached).toEqual([5, 10, 12]);
		expect(work.done).toEqual([12]);
		expect(work.numWaiting()).toBe(0);
	});

	it('stops for good when it is cancelled', () => {
		const work = watchedWork(12);
		work.cancel();
		work.frame();
		expect(work.nowMs()).toBe(5);
		expect(work.done).toEqual([]);
	});
});
