/** One dot a client, stacked over its accuracy; the tenth that fares worst is marked. */
import { least, scaleLinear } from 'd3';

export interface Dot {
	id: number;
	/** Centre in pixels. */
	x: number;
	y: number;
	accuracy: number;
	isWorst: boolean;
}

export interface DotHistogram {
	/** From the lowest accuracy to the highest. */
	dots: Dot[];
	radius: number;
	/** Accuracies to write under the axis, with their places. */
	ticks: { share: number; x: number }[];
}

export interface DotArea {
	/** Pixels; the axis line lies at `height`. */
	width: number;
	height: number;
}

/** Widest dot worth drawing, and the finest that is still a dot, in pixels. */
const WIDEST_PITCH = 9;
const FINEST_PITCH = 2;
/** Narrower than this there is nothing to see; a hidden panel has no width at all. In pixels. */
const LEAST_WIDTH = 40;
/** On an axis shorter than this, labels of every tenth or twentieth would nearly touch. In pixels. */
const SHORT_AXIS = 310;
/** Room that the last tick and half of the one before it need, in pixels. */
const LAST_TICK_ROOM = 56;
/** Accuracies that share a pile: clients hold out a dozen digits or two, so finer piles would be empty. */
const BIN_SHARE = 0.025;

/**
 * Lays the dots out in piles, several dots wide, that start where their accuracies do. The dots shrink
 * until the highest pile fits.
 */
export function layDots(
	perClient: readonly { id: number; accuracy: number }[],
	given: DotArea
): DotHistogram {
	const area = { ...given, width: Math.max(LEAST_WIDTH, given.width) };
	const ranked = [...perClient].sort((a, b) => a.accuracy - b.accuracy || a.id - b.id);
	const numWorst = Math.ceil(ranked.length / 10);
	const lowest = ranked.length === 0 ? 0 : ranked[0].accuracy;
	const start = Math.min(0.9, Math.floor(lowest * 10) / 10);
	const binOf = (accuracy: number) => Math.floor((accuracy - start) / BIN_SHARE + 1e-9);
	// The pile of those who have everything right begins at 100 %.
	const x = scaleLinear([start, 1 + BIN_SHARE], [0, area.width]);
	const binWidth = x(start + BIN_SHARE);
	const pitch = choosePitch(highestCount(ranked.map(({ accuracy }) => binOf(accuracy))), {
		width: binWidth,
		height: area.height
	});
	const numAcross = dotsAcross(binWidth, pitch);

	const counts = new Map<number, number>();
	const dots = ranked.map(({ id, accuracy }, rank) => {
		const bin = binOf(accuracy);
		const place = counts.get(bin) ?? 0;
		counts.set(bin, place + 1);
		return {
			id,
			accuracy,
			x: bin * binWidth + ((place % numAcross) + 0.5) * pitch,
			y: area.height - (Math.floor(place / numAcross) + 0.5) * pitch,
			isWorst: rank < numWorst
		};
	});
	return {
		dots,
		radius: pitch * 0.42,
		ticks: x
			.ticks(area.width < SHORT_AXIS ? 3 : 5)
			.filter((share) => share === 1 || x(share) < area.width - LAST_TICK_ROOM)
			.map((share) => ({ share, x: x(share) }))
	};
}

/** All these dots as one path: hundreds of elements of their own would hold the page up. */
export function dotsPath(dots: readonly Dot[], radius: number): string {
	const text = (value: number) => value.toFixed(1);
	const [right, left] = [text(2 * radius), text(-2 * radius)];
	const arc = (by: string) => `a${text(radius)},${text(radius)} 0 1 0 ${by},0`;
	return dots
		.map(({ x, y }) => `M${text(x - radius)},${text(y)}${arc(right)}${arc(left)}`)
		.join('');
}

/** The dot nearest to a point, as long as it is within reach (in pixels); else null. */
export function nearestDot(
	dots: readonly Dot[],
	point: { x: number; y: number },
	reach: number
): Dot | null {
	const distance = (dot: Dot) => Math.hypot(dot.x - point.x, dot.y - point.y);
	const nearest = least(dots, distance);
	return nearest && distance(nearest) <= reach ? nearest : null;
}

/** The largest distance between dots at which a pile of this many fits. */
function choosePitch(count: number, bin: DotArea): number {
	let pitch = Math.min(WIDEST_PITCH, bin.width);
	while (
		pitch > FINEST_PITCH &&
		Math.ceil(count / dotsAcross(bin.width, pitch)) * pitch > bin.height
	) {
		pitch -= 0.25;
	}
	return pitch;
}

/** A tenth of the bin stays free, so that piles are told apart. */
function dotsAcross(binWidth: number, pitch: number): number {
	return Math.max(1, Math.floor((binWidth * 0.9) / pitch));
}

function highestCount(bins: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const bin of bins) counts.set(bin, (counts.get(bin) ?? 0) + 1);
	return Math.max(0, ...counts.values());
}
