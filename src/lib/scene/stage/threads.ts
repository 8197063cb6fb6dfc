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

/** Lays the threads of a round out; they depend on places only, not on the moment. */
export function layThreads(
	record: RoundRecord,
	layout: StageLayout,
	places: CohortPlaces,
	focusId: number | null
): ThreadSet {
	const middle = centerOf(layout.server);
	const silent = new Set(
		record.clients.filter(({ droppedIn }) => droppedIn !== null).map(({ id }) => id)
	);
	const draw = ([lowId, highId]: readonly [number, number]): Thread[] => {
		const low = places.standing.get(lowId);
		const high = places.standing.get(highId);
		if (!low || !high) return [];
		const control = bendPoint(low, high, middle, layout.kind === 'phone');
		const from = towards(low, control, low.radius + 1);
		const to = towards(high, control, high.radius + 1);
		const isOrphaned = silent.has(lowId) !== silent.has(highId);
		return [{ lowId, highId, from, to, path: curve(from, control, to), isOrphaned }];
	};
	const isStrong = ([low, high]: readonly [number, number]) => low === focusId || high === focusId;
	const others = record.pairs.filter((pair) => !isStrong(pair));
	const stride = Math.max(1, Math.ceil(others.length / MOST_FAINT));
	return {
		strong: record.pairs.filter(isStrong).flatMap(draw),
		faint: others.filter((_, index) => index % stride === 0).flatMap(draw),
		numPairs: record.pairs.length
	};
}

/** On a phone neighbors of one row need a bow to be told apart; around the server all bend inwards. */
function bendPoint(a: Point, b: Point, middle: Point, isPhone: boolean): Point {
	const half = between(a, b, 0.5);
	if (!isPhone) return between(half, middle, BEND);
	const bow = Math.min(60, distance(a, b) * 0.25);
	return { x: half.x, y: half.y - bow };
}

function curve(from: Point, control: Point, to: Point): string {
	const text = ({ x, y }: Point) => `${x.toFixed(1)},${y.toFixed(1)}`;
	return `M${text(from)}Q${text(control)} ${text(to)}`;
}
