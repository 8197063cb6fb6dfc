/** Where the label of a glyph goes: beside it, where it hides the least of the others. */
import type { Box, Point } from './geometry';
import type { Place } from './layout';

interface Size {
	width: number;
	height: number;
}

const GAP = 4;

/** What a label should not hide, and how much it matters. */
export interface Obstacle extends Place {
	weight: number;
}

/** Edge of the square that stands for a round obstacle, by its radius. */
const SQUARE = 1.7;

/** A parcel as an obstacle: it is looked at as much as several glyphs. */
export function parcelObstacle({ x, y }: Point, edge: number): Obstacle {
	return { x, y, radius: edge / SQUARE, weight: 4 };
}

/** The best of the places around a glyph, inside of the frame. Earlier ones win where several hide nothing. */
export function placeLabel(
	glyph: Place,
	others: readonly Obstacle[],
	server: Box,
	label: Size,
	frame: Size
): Box {
	let best: Box | null = null;
	let leastCost = Infinity;
	for (const corner of cornersAround(glyph, label)) {
		const box = {
			x: Math.max(2, Math.min(frame.width - label.width - 2, corner.x)),
			y: Math.max(2, Math.min(frame.height - label.height - 2, corner.y)),
			...label
		};
		let cost = 4 * hidden(box, glyph) + 2 * overlap(box, server);
		for (const other of others) cost += other.weight * hidden(box, other);
		if (cost < leastCost - 1) [best, leastCost] = [box, cost];
	}
	return best!;
}

/** Left upper corners of labels below, above, right, left, at the slants of a glyph, and flush with its sides. */
function cornersAround({ x, y, radius }: Place, { width, height }: Size): Point[] {
	const reach = radius + GAP;
	const slant = radius * 0.72 + GAP;
	return [
		{ x: x - width / 2, y: y + reach },
		{ x: x - width / 2, y: y - reach - height },
		{ x: x + reach, y: y - height / 2 },
		{ x: x - reach - width, y: y - height / 2 },
		{ x: x + slant, y: y + slant },
		{ x: x - slant - width, y: y + slant },
		{ x: x + slant, y: y - slant - height },
		{ x: x - slant - width, y: y - slant - height },
		...[x - radius, x + radius - width].flatMap((flush) => [
			{ x: flush, y: y + reach },
			{ x: flush, y: y - reach - height }
		]),
		...[y - radius, y + radius - height].flatMap((flush) => [
			{ x: x + reach, y: flush },
			{ x: x - reach - width, y: flush }
		])
	];
}

/** Square pixels of a glyph under a box, taken for a square; in plain numbers, as many are asked for while they move. */
function hidden({ x, y, width, height }: Box, glyph: Place): number {
	const reach = (glyph.radius * SQUARE) / 2;
	return (
		common(x, x + width, glyph.x - reach, glyph.x + reach) *
		common(y, y + height, glyph.y - reach, glyph.y + reach)
	);
}

function overlap(a: Box, b: Box): number {
	return (
		common(a.x, a.x + a.width, b.x, b.x + b.width) *
		common(a.y, a.y + a.height, b.y, b.y + b.height)
	);
}

/** How much two stretches of a line share. */
function common(from: number, to: number, otherFrom: number, otherTo: number): number {
	return Math.max(0, Math.min(to, otherTo) - Math.max(from, otherFrom));
}
