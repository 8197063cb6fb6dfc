/** Where the parcels of a crowd wait at the server: in ranks, one behind the other, as far out as there is room. */
import { airBetween, angleFrom, type Box, centerOf, grow, type Point } from './geometry';
import type { Place, StageLayout } from './layout';

/** Between the server's border and the parcels beside it, in ranks those of the first. */
export const AIR_BESIDE = 5;
/** What the frame of a parcel adds to its edge, and the room between two frames. */
const FRAME = 4;
const GAP = 1;
/** Fewer find room around the border. */
const FEWEST = 31;

/** Whether all can wait at the server in parcels of this edge, in ranks if need be. */
export function haveRoom(layout: StageLayout, standing: readonly Place[], edge: number): boolean {
	const { length } = standing;
	return !isTight(layout, length, edge) || placesInRanks(layout, standing, edge).length === length;
}

/** So many cannot wait around the border without lying on each other. */
function isTight({ server }: StageLayout, count: number, edge: number): boolean {
	const border = grow(server, edge / 2 + AIR_BESIDE);
	const room = 2 * (border.width + border.height);
	return count >= FEWEST && count * (edge + FRAME + GAP) > room;
}

/**
 * Where nobody is hidden; who sits further round the server waits further round. Null where they have room around its
 * border, or not enough in all ranks.
 */
export function docksInRanks(
	layout: StageLayout,
	standing: readonly Place[],
	edge: number
): Point[] | null {
	if (!isTight(layout, standing.length, edge)) return null;
	const docks = placesInRanks(layout, standing, edge);
	if (docks.length < standing.length) return null;
	const center = centerOf(layout.server);
	docks.sort((a, b) => angleFrom(center, a) - angleFrom(center, b));
	const angles = standing.map((place) => angleFrom(center, place));
	const order = standing.map((_, index) => index).sort((a, b) => angles[a] - angles[b] || a - b);
	const places = new Array<Point>(standing.length);
	order.forEach((index, rank) => (places[index] = docks[rank]));
	return places;
}

/** Places that are free between the server and those around it, one for each or as many as there are. */
function placesInRanks(
	{ server, seats, forward }: StageLayout,
	standing: readonly Place[],
	edge: number
): Point[] {
	const step = edge + FRAME + GAP;
	const most = standing.length;
	const glyphs = forward ? standing : seats;
	const docks: Point[] = [];
	for (let out = edge / 2 + AIR_BESIDE; docks.length < most; out += step) {
		const rank = grow(server, out);
		const near = glyphs.filter((glyph) => isNear(glyph, rank, step));
		const free = pointsInRank(rank, step).filter((point) =>
			near.every((glyph) => airBetween(glyph, point, edge + FRAME) >= 0)
		);
		if (free.length === 0) break;
		docks.push(...thinned(free, most - docks.length));
	}
	return docks;
}

/** Whether a glyph may reach what lies along the border of a box. */
function isNear({ x, y, radius }: Place, box: Box, reach: number): boolean {
	const center = centerOf(box);
	const wide = Math.abs(x - center.x) - box.width / 2;
	const high = Math.abs(y - center.y) - box.height / 2;
	return Math.max(wide, high) < radius + reach;
}

/** Points on the border of a box, no closer than a step: its corners belong to the lines above and below. */
function pointsInRank({ x, y, width, height }: Box, step: number): Point[] {
	const across = evenly(x, x + width, step);
	const down = evenly(y + step, y + height - step, step);
	return [
		...across.flatMap((along) => [
			{ x: along, y },
			{ x: along, y: y + height }
		]),
		...down.flatMap((along) => [
			{ x, y: along },
			{ x: x + width, y: along }
		])
	];
}

/** As many numbers from one to another as have a step between them. */
function evenly(from: number, to: number, step: number): number[] {
	const count = Math.max(0, Math.floor((to - from) / step)) + 1;
	return Array.from({ length: count }, (_, index) =>
		count === 1 ? (from + to) / 2 : from + ((to - from) * index) / (count - 1)
	);
}

/** At most so many of a list, taken evenly. */
function thinned<Item>(list: readonly Item[], most: number): Item[] {
	if (list.length <= most) return [...list];
	return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)]);
}
