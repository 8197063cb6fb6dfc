/**
 * Reads a browser's trace: what each animation frame cost the main thread of the page. Counted is scripting (with
 * messages, timers, garbage collection), style, layout and pre-paint, from the end of one frame to the end of the next.
 */

/** An event of the Trace Event Format; times in microseconds. */
export interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	ts: number;
	/** How long it took, and how much of that the thread was at work. */
	dur?: number;
	tdur?: number;
	args?: { name?: string };
}

export interface FrameCost {
	/** From beginning to end, with what the thread had to wait for a core. */
	wallMs: number;
	/** At work. */
	processorMs: number;
}

const counted: ReadonlySet<string> = new Set([
	...['FunctionCall', 'EvaluateScript', 'RunMicrotasks', 'TimerFire', 'FireAnimationFrame'],
	...['EventDispatch', 'HandlePostMessage', 'MinorGC', 'MajorGC', 'ParseHTML', 'HitTest'],
	...['UpdateLayoutTree', 'Layout', 'PrePaint']
]);
/** The last thing that the main thread does for a frame. */
const END_OF_FRAME = 'Commit';

/** One list a page that drew frames, the one first whose frames cost most together; one entry a frame, in order. */
export function readFrames(events: readonly TraceEvent[]): FrameCost[][] {
	const total = (frames: readonly FrameCost[]) =>
		frames.reduce((sum, { processorMs }) => sum + processorMs, 0);
	return mainThreads(events)
		.map(readThread)
		.filter((frames) => frames.length > 0)
		.sort((a, b) => total(b) - total(a));
}

function readThread(events: readonly TraceEvent[]): FrameCost[] {
	const own = [...events].sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
	const frames: FrameCost[] = [];
	let cost: FrameCost = { wallMs: 0, processorMs: 0 };
	let countedUntil = -Infinity;
	for (const { name, ts, dur = 0, tdur = 0 } of own) {
		if (name === END_OF_FRAME) {
			frames.push(cost);
			cost = { wallMs: 0, processorMs: 0 };
		} else if (counted.has(name) && ts >= countedUntil) {
			// What lies within another counted event is in it already.
			countedUntil = ts + dur;
			cost.wallMs += dur / 1000;
			cost.processorMs += tdur / 1000;
		}
	}
	// The first one began before the recording did.
	return frames.slice(1);
}

/** What each page's own thread did. */
function mainThreads(events: readonly TraceEvent[]): TraceEvent[][] {
	return events
		.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
		.map(({ pid, tid }) =>
			events.filter((event) => event.ph === 'X' && event.pid === pid && event.tid === tid)
		);
}
