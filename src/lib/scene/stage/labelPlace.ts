/** Where the label of a glyph goes: beside it, where it hides the least of the others. */
import type { Box, Point } from './geometry';
import type { Place } from './layout';

export interface LabelSize {
	width: number;
	height: number;
}

/** Pixels between a glyph and its label. */
const GAP = 4;
/** Least room between a label and the edge of what is in sight. */
const EDGE = 2;

/** What a label should not hide, and how much it matters. */
export interface Obstacle extends Box {
	weight: number;
}

/** Edge of the square that stands for a glyph, by its radius. */
const SQUARE = 1.7;

/** A glyph as an obstacle. */
export function glyphObstacle({ x, y, radius }: Place, weight: number): Obstacle {
	return squareAround({ x, y }, radius * SQUARE, weight);
}

/** A parcel as an obstacle: it is looked at as much as several glyphs. */
export function parcelObstacle(middle: Point, edge: number): Obstacle {
	return squareAround(middle, edge, 4);
}

function squareAround({ x, y }: Point, edge: number, weight: number): Obstacle {
	return { x: x - edge / 2, y: y - edge / 2, width: edge, height: edge, weight };
}

/** How far from the middle of a glyph its label can reach, to either side and up or down. */
export function labelReach({ radius }: Place, { width, height }: LabelSize): Point {
	return { x: radius + GAP + width, y: radius + GAP + height };
}

/** The best of the places around a glyph, inside of what is in sight. Earlier ones win where several hide nothing. */
export function placeLabel(
	glyph: Place,
	others: readonly Obstacle[],
	server: Box,
	label: LabelSize,
	sight: Box
): Box {
	const own = glyphObstacle(glyph, 4);
	let best: Box | null = null;
	let leastCost = Infinity;
	for (const corner of cornersAround(glyph, label)) {
		const box = { ...holdInside(corner, label, sight, glyph), ...label };
		let cost = own.weight * overlap(box, own) + 2 * overlap(box, server);
		for (const other of others) {
			if (cost >= leastCost - 1) break;
			cost += other.weight * overlap(box, other);
		}
		if (cost < leastCost - 1) [best, leastCost] = [box, cost];
	}
	return best!;
}

/** Whoever is out of sight takes its label along: at the edge it would be taken for the name of another. */
function holdInside(corner: Point, { width, height }: LabelSize, sight: Box, glyph: Point): Point {
	const right = sight.x + sight.width;
	const bottom = sight.y + sight.height;
	const isSeen = glyph.x >= sight.x && glyph.x <= right && glyph.y >= sight.y && glyph.y <= bottom;
	if (!isSeen) return corner;
	return {
		x: Math.max(sight.x + EDGE, Math.min(right - width - EDGE, corner.x)),
		y: Math.max(sight.y + EDGE, Math.min(bottom - height - EDGE, corner.y))
	};
}

/**
 * Left upper corners of labels below, above, right and left of a glyph, at its slants, flush with its sides, and further
 * along its sides.
 */
function cornersAround({ x, y, radius }: Place, { width, height }: LabelSize): Point[] {
	const reach = radius + GAP;
	const slant = radius * 0.72 + GAP;
	const rows = [y + reach, y - reach - height];
	const columns = [x + reach, x - reach - width];
	return [
		...rows.map((row) => ({ x: x - width / 2, y: row })),
		...columns.map((column) => ({ x: column, y: y - height / 2 })),
		{ x: x + slant, y: y + slant },
		{ x: x - slant - width, y: y + slant },
		{ x: x + slant, y: y - slant - height },
		{ x: x - slant - width, y: y - slant - height },
		...[x - radius, x + radius - width].flatMap((flush) =>
			rows.map((row) => ({ x: flush, y: row }))
		),
		...[y - radius, y + radius - height].flatMap((flush) =>
			columns.map((column) => ({ x: column, y: flush }))
		),
		...[0.25, 0.75, -0.1, 1.1].flatMap((share) =>
			rows.map((row) => ({ x: x - width * share, y: row }))
		),
		...[0, 1, -0.4, 1.4].flatMap((share) =>
			columns.map((column) => ({ x: column, y: y - height * share }))
		)
	];
}

/** Square pixels that both share; in plain numbers, as many are asked for while they move. */
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
