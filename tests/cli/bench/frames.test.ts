import { describe, expect, it } from 'vitest';
import { readFrames, type TraceEvent } from '../../../src/cli/bench/frames';

const page = { pid: 7, tid: 1 };
const main: TraceEvent = {
	...page,
	name: 'thread_name',
	ph: 'M',
	ts: 0,
	args: { name: 'CrRendererMain' }
};

/** An event on the page's main thread that lasts so many milliseconds, half of them at work. */
function event(name: string, startMs: number, lengthMs: number): TraceEvent {
	const [ts, dur, tdur] = [1000 * startMs, 1000 * lengthMs, 500 * lengthMs];
	return { ...page, name, ph: 'X', ts, dur, tdur };
}

describe('readFrames', () => {
	it('adds up what comes between two commits, each moment once', () => {
		const [frames] = readFrames([
			main,
			event('Commit', 0, 1),
			event('FireAnimationFrame', 10, 6),
			event('FunctionCall', 11, 4),
			event('Layout', 16, 3),
			event('Paint', 19, 5),
			event('Commit', 24, 2),
			event('FunctionCall', 30, 1),
			event('UpdateLayoutTree', 31, 1.5),
			event('Commit', 40, 1)
		]);
		expect(frames).toEqual([
			{ wallMs: 9, processorMs: 4.5 },
			{ wallMs: 2.5, processorMs: 1.25 }
		]);
	});

	it('does not depend on the order of the events', () => {
		const events = [event('Commit', 0, 1), event('Layout', 5, 2), event('Commit', 9, 1), main];
		expect(readFrames(events.reverse())).toEqual([[{ wallMs: 2, processorMs: 1 }]]);
	});

	it('tells pages apart, the busiest first, and reads no other thread', () => {
		const others = (pid: number, events: TraceEvent[]) =>
			[main, ...events].map((one) => ({ ...one, pid }));
		const idle = others(8, [event('Commit', 0, 1)]);
		const empty = others(9, [
			event('Commit', 0, 1),
			event('Layout', 2, 0.5),
			event('Commit', 3, 1),
			event('Commit', 4, 1)
		]);
		const worker = { ...event('FunctionCall', 3, 9), tid: 2 };
		const busy = [main, event('Commit', 0, 1), event('Layout', 2, 1), event('Commit', 5, 1)];
		expect(readFrames([...empty, ...idle, worker, ...busy])).toEqual([
			[{ wallMs: 1, processorMs: 0.5 }],
			[
				{ wallMs: 0.5, processorMs: 0.25 },
				{ wallMs: 0, processorMs: 0 }
			]
		]);
		expect(readFrames(idle)).toEqual([]);
	});
});
