/**
 * Where parcels wait that have reached the server, side by side: around its border, those of a crowd in ranks, on a phone
 * below it.
 */
import { spreadLabels } from '../spreadLabels';
import { AIR_BESIDE, docksInRanks } from './dockRanks';
import {
	airBetween,
	angleFrom,
	type Box,
	centerOf,
	evenTurns,
	grow,
	type Point,
	pointOnBox
} from './geometry';
import type { Place, StageLayout } from './layout';

/** Between the server's end on a phone and what waits there. */
const AIR = 8;
/** Least room between two that wait side by side. */
const GAP = 3;

/** In a larger cohort nothing helps. */
const MOST_TRIED = 30;
/** Pixels of a glyph that a parcel may hide: its petals are pointed. */
const TOLERANCE = 2;

/** One place for each client, in front of where its parcel has been so far. */
export function layDocks(
	layout: StageLayout,
	standing: readonly Place[],
	homes: readonly Point[],
	edge: number
): Point[] {
	const { server, rows } = layout;
	if (rows) return docksBelow(server, standing.length, edge);
	const border = grow(server, edge / 2 + AIR_BESIDE);
	const ranks = docksInRanks(layout, standing, edge);
	if (ranks) return ranks;
	const around = docksAround(border, standing);
	if (standing.length > MOST_TRIED || !hideAnybody(around, standing, edge)) return around;
	return docksBeside(border, homes, edge) ?? around;
}

/** In one line, or where that would be too close in two, by turns. */
function docksBelow(server: Box, count: number, edge: number): Point[] {
	const y = server.y + server.height + edge / 2 + AIR;
	const step = Math.min(edge + 6, (server.width - edge - 4) / Math.max(1, count - 1));
	const left = server.x + server.width / 2 - ((count - 1) * step) / 2;
	const down = step < edge + GAP ? edge + GAP + 2 : 0;
	return Array.from({ length: count }, (_, index) => ({
		x: left + index * step,
		y: y + (index % 2) * down
	}));
}

/** Each on the side of the server that it comes from, moved along it as little as need be; null where they are too many. */
function docksBeside(border: Box, homes: readonly Point[], edge: number): Point[] | null {
	const step = edge + GAP;
	const sides = homes.map((home) => sideOf(border, home));
	const docks: Point[] = new Array<Point>(homes.length);
	for (const side of ['left', 'right', 'above', 'below'] as const) {
		const here = homes.map((_, index) => index).filter((index) => sides[index] === side);
		const isUpright = side === 'left' || side === 'right';
		// The corners belong to those above and below.
		const from = isUpright ? border.y + step : border.x;
		const to = isUpright ? border.y + border.height - step : border.x + border.width;
		if ((here.length - 1) * step > to - from) return null;
		const wished = here.map((index) => (isUpright ? homes[index].y : homes[index].x));
		const places = spreadLabels(
			wished.map((place) => Math.max(from, Math.min(to, place))),
			step,
			[from, to]
		);
		here.forEach((index, rank) => {
			const along = places[rank];
			docks[index] = {
				left: { x: border.x, y: along },
				right: { x: border.x + border.width, y: along },
				above: { x: along, y: border.y },
				below: { x: along, y: border.y + border.height }
			}[side];
		});
	}
	return docks;
}

/** The side of a box that a point lies beyond, or nearest to. */
function sideOf(box: Box, point: Point): 'left' | 'right' | 'above' | 'below' {
	const center = centerOf(box);
	const [dx, dy] = [point.x - center.x, point.y - center.y];
	if (Math.abs(dx) - box.width / 2 > Math.abs(dy) - box.height / 2)
		return dx < 0 ? 'left' : 'right';
	return dy < 0 ? 'above' : 'below';
}

/** Parcels at the corners of the server lie on glyphs that stand close to them. */
function hideAnybody(docks: readonly Point[], standing: readonly Place[], edge: number): boolean {
	return standing.some((glyph) => docks.some((dock) => airBetween(glyph, dock, edge) < -TOLERANCE));
}

/** Evenly around the whole border. */
function docksAround(border: Box, standing: readonly Place[]): Point[] {
	const center = centerOf(border);
	const turns = evenTurns(standing.map((place) => angleFrom(center, place)));
	return turns.map((turn) => pointOnBox(border, turn));
}
