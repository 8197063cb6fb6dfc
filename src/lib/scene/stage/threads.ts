/** Threads between the clients that share a mask: from + at the lower id to - at the higher one. */
import type { RoundRecord } from '../roundRecord';
import type { CohortPlaces } from './cohortPlaces';
import { between, centerOf, distance, type Point, towards } from './geometry';
import type { Thread, ThreadSet } from './shapes';
import type { StageLayout } from './layout';

/** Faint threads beyond this many would be a grey cloud; they are thinned evenly, and the caption counts all. */
const MOST_FAINT = 420;
/** How far a thread bends towards the middle. */
const BEND = 0.32;

/** Lays the threads of these pairs out; they depend on places only, not on the moment. */
export function layThreads(
	pairs: RoundRecord['pairs'],
	silentIds: readonly number[],
	{ layout, places, focusId }: { layout: StageLayout; places: CohortPlaces; focusId: number | null }
): ThreadSet {
	const middle = centerOf(layout.server);
	const silent = new Set(silentIds);
	const draw = ([lowId, highId]: readonly [number, number]): Thread[] => {
		const low = places.standing.get(lowId);
		const high = places.standing.get(highId);
		if (!low || !high) return [];
		const control = bendPoint(low, high, middle, layout.kind === 'phone');
		const from = towards(low, control, low.radius + 1);
		const to = towards(high, control, high.radius + 1);
		const isOrphaned = silent.has(lowId) !== silent.has(highId);
		return [{ lowId, highId, from, to, control, isOrphaned }];
	};
	const isStrong = ([low, high]: readonly [number, number]) => low === focusId || high === focusId;
	const others = pairs.filter((pair) => !isStrong(pair));
	const stride = Math.max(1, Math.ceil(others.length / MOST_FAINT));
	return {
		strong: pairs.filter(isStrong).flatMap(draw),
		faint: others.filter((_, index) => index % stride === 0).flatMap(draw),
		numPairs: pairs.length
	};
}

/** On a phone neighbors of one row need a bow to be told apart; around the server all bend inwards. */
function bendPoint(a: Point, b: Point, middle: Point, isPhone: boolean): Point {
	const half = between(a, b, 0.5);
	if (!isPhone) return between(half, middle, BEND);
	const bow = Math.min(60, distance(a, b) * 0.25);
	return { x: half.x, y: half.y - bow };
}

/** SVG path data from + to -. */
export function threadPath({ from, control, to }: Thread): string {
	const text = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
	return `M${text(from)}Q${text(control)} ${text(to)}`;
}

/** The piece of a thread from its + on, up to this share of the way. */
export function beginningOf(thread: Thread, share: number): Thread {
	if (share >= 1) return thread;
	const control = between(thread.from, thread.control, share);
	const onwards = between(thread.control, thread.to, share);
	return { ...thread, control, to: between(control, onwards, share) };
}
