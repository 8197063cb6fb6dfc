import { describe, expect, it } from 'vitest';
import { Turns } from '../../src/lib/state/turns';

/** A clock whose frames come when the test says so. */
function createFrames() {
	let waiting: ((nowMs: number) => void)[] = [];
	return {
		onFrame(run: (nowMs: number) => void) {
			waiting.push(run);
			return () => {};
		},
		get numWaiting() {
			return waiting.length;
		},
		pass(nowMs: number) {
			const due = waiting;
			waiting = [];
			for (const run of due) run(nowMs);
		}
	};
}

describe('Turns', () => {
	it('serves one in a frame, in the order in which they asked', () => {
		const frames = createFrames();
		const turns = new Turns(frames);
		const served: string[] = [];
		for (const name of ['a', 'b', 'c']) turns.ask({ name }, () => served.push(name));
		for (const nowMs of [0, 16, 32]) {
			frames.pass(nowMs);
			expect(served).toHaveLength(nowMs / 16 + 1);
		}
		expect(served).toEqual(['a', 'b', 'c']);
		expect(frames.numWaiting).toBe(0);
	});

	it('serves nobody twice within 200 ms, and then with the newest', () => {
		const frames = createFrames();
		const turns = new Turns(frames);
		const [eager, other] = [{}, {}];
		const served: string[] = [];
		turns.ask(eager, () => served.push('first'));
		frames.pass(0);
		turns.ask(eager, () => served.push('second'));
		turns.ask(eager, () => served.push('third'));
		turns.ask(other, () => served.push('other'));
		for (const nowMs of [16, 100, 199]) frames.pass(nowMs);
		expect(served).toEqual(['first', 'other']);
		frames.pass(200);
		expect(served).toEqual(['first', 'other', 'third']);
	});

	it('forgets who withdraws, and asks for no frame when nobody waits', () => {
		const frames = createFrames();
		const turns = new Turns(frames);
		const owner = {};
		turns.ask(owner, () => expect.unreachable());
		turns.withdraw(owner);
		frames.pass(0);
		expect(frames.numWaiting).toBe(0);
	});
});
