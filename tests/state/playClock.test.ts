import { expect, it } from 'vitest';
import { createPatientClock } from '../../src/lib/state/playClock';

/** Frames of which each has been worked on for so many milliseconds when it is the turn of whoever waits. */
function passFrames(workMs: readonly number[]) {
	let waiting: ((nowMs: number) => void) | null = null;
	let readingMs = 0;
	const frames = {
		onFrame(run: (nowMs: number) => void) {
			waiting = run;
			return () => void (waiting = null);
		}
	};
	const clock = createPatientClock(frames, () => readingMs);
	const served: number[] = [];
	const cancel = clock.onFrame((nowMs) => served.push(nowMs));
	const pass = () =>
		workMs.forEach((work, frame) => {
			readingMs = 16 * frame + work;
			const run = waiting;
			waiting = null;
			run?.(16 * frame);
		});
	return { served, cancel, pass, isWaiting: () => waiting !== null };
}

it.each([
	{ workMs: [1, 1], served: [0], reads: 'a frame that is free' },
	{ workMs: [9, 1, 1], served: [16], reads: 'the next one where others have filled it' },
	{ workMs: [9, 9, 9, 9, 9], served: [48], reads: 'the fourth one, however full' }
])('comes with $reads', ({ workMs, served }) => {
	const frames = passFrames(workMs);
	frames.pass();
	expect(frames.served).toEqual(served);
	expect(frames.isWaiting()).toBe(false);
});

it('can be cancelled between two frames', () => {
	const frames = passFrames([9]);
	frames.pass();
	expect(frames.isWaiting()).toBe(true);
	frames.cancel();
	expect(frames.isWaiting()).toBe(false);
	expect(frames.served).toEqual([]);
});
