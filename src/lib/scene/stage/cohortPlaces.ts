/** Where the clients of one round stand, and where their parcels wait at the server. */
import {
	airBetween,
	angleFrom,
	type Box,
	centerOf,
	crossingOf,
	distance,
	evenTurns,
	grow,
	outside,
	type Point,
	pointsAlong,
	towards
} from './geometry';
import { layDocks } from './dockPlaces';
import { haveRoom } from './dockRanks';
import type { Place, StageLayout } from './layout';

export interface CohortPlaces {
	/** By client id: in the light. */
	standing: ReadonlyMap<number, Place>;
	/** By client id: where its parcel lies when it has reached the server. */
	docks: ReadonlyMap<number, Point>;
	/** By client id: where its parcel lies while it is still with the client. */
	homes: ReadonlyMap<number, Point>;
	/** Edge of a parcel on its way, in pixels. */
	parcelEdge: number;
}

/** Least room between the server's border and a parcel that still lies with its client. */
const SERVER_AIR = 4;
/** Least room between a glyph and its parcel, where the parcel can slide that far. */
const GLYPH_AIR = 2;
/** Updates in smaller parcels could not be told apart. */
const SMALLEST_AT_CORNER = 24;
/** Down to this, parcels become smaller rather than lie on each other; in a larger cohort nothing helps. */
const SMALLEST_APART = 16;
const MOST_APART = 30;
/** In a packed crowd they are grains, and become smaller yet where they wait. */
const SMALLEST_GRAIN = 7;
const PARCEL_AIR = 1;
/** Chosen glyphs on rings are a little larger than those at rest. */
const RING_GROWTH = 1.08;

/** Radius of the largest glyph that can stand in the light, whoever is chosen. */
export function largestStanding({ largest, forward, rows, seats }: StageLayout): number {
	if (forward || rows) return largest;
	return Math.max(largest, ...seats.map(({ radius }) => radius * RING_GROWTH));
}

/** Places of these clients, ascending by id; nobody crosses anybody's way more than needed. */
export function layCohort(layout: StageLayout, clientIds: readonly number[]): CohortPlaces {
	const standing = standingPlaces(layout, clientIds);
	const layParcels = (edge: number) => {
		const homes = standing.map((place) => besideGlyph(layout, place, edge));
		return { homes, docks: layDocks(layout, standing, homes, edge) };
	};
	let parcelEdge = parcelSize(layout, standing);
	if (isPacked(layout)) {
		while (parcelEdge > SMALLEST_GRAIN && !haveRoom(layout, standing, parcelEdge)) parcelEdge -= 1;
	}
	let parcels = layParcels(parcelEdge);
	while (
		parcelEdge > SMALLEST_APART &&
		(areCrossing(parcels.homes, parcelEdge) || areCrossing(parcels.docks, parcelEdge))
	) {
		parcelEdge -= 1;
		parcels = layParcels(parcelEdge);
	}
	const { homes, docks } = parcels;
	const byId = <T>(list: readonly T[]) => new Map(clientIds.map((id, index) => [id, list[index]]));
	return { standing: byId(standing), homes: byId(homes), docks: byId(docks), parcelEdge };
}

/** Everybody sits close together, those who take part as well: no parcel has room between two glyphs. */
function isPacked({ kind, forward }: StageLayout): boolean {
	return kind === 'crowd' && !forward;
}

/** Two parcels of this edge lie on each other; nobody asks for a crowd, whose parcels cannot but cross. */
function areCrossing(places: readonly Point[], edge: number): boolean {
	if (places.length > MOST_APART) return false;
	return places.some((one, index) =>
		places.some(
			(other, before) =>
				before < index &&
				Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y)) < edge + PARCEL_AIR
		)
	);
}

function standingPlaces(layout: StageLayout, clientIds: readonly number[]): Place[] {
	const { forward, rows, largest, server } = layout;
	if (rows) {
		return clientIds.map((_, index) => ({
			x: rows.x + ((index % rows.numColumns) + 0.5) * rows.pitch,
			y: rows.y + Math.floor(index / rows.numColumns) * (rows.pitch + 14) + rows.pitch / 2,
			radius: largest
		}));
	}
	const seats = clientIds.map((id) => layout.seats[id]);
	if (!forward) {
		return seats.map((seat) => ({ ...seat, radius: seat.radius * RING_GROWTH }));
	}
	const center = centerOf(server);
	const turns = evenTurns(seats.map((seat) => angleFrom(center, seat)));
	return pointsAlong(forward, turns).map((point) => ({ ...point, radius: largest }));
}

/**
 * Between a glyph and the server; on a phone at its shoulder, as the server is not around but above, and in a packed crowd
 * where three glyphs leave a gap, off the faces of the others.
 */
function besideGlyph(layout: StageLayout, place: Place, parcelEdge: number): Point {
	const { x, y, radius } = place;
	if (layout.kind === 'phone') return { x: x + radius * 0.72, y: y - radius * 0.72 };
	if (isPacked(layout)) return { x: x + radius * 0.8, y: y - radius * 0.5 };
	const beside = towards(place, centerOf(layout.server), place.radius + parcelEdge / 2 + 5);
	const around = grow(layout.server, parcelEdge / 2 + SERVER_AIR);
	return clearOf(place, outside(around, beside), around, parcelEdge);
}

/** Slides a parcel along the server's side, towards the middle of it, off the shoulder of its glyph. */
function clearOf(place: Place, parcel: Point, around: Box, edge: number): Point {
	const middle = centerOf(around);
	const isBeside = parcel.x <= around.x || parcel.x >= around.x + around.width;
	const side = isBeside ? { x: parcel.x, y: middle.y } : { x: middle.x, y: parcel.y };
	let shift = 0;
	let clear = parcel;
	while (shift < edge && airBetween(place, clear, edge) < GLYPH_AIR) {
		shift += 1;
		clear = towards(parcel, side, shift);
	}
	return clear;
}

function parcelSize({ largest, rows, server }: StageLayout, places: readonly Place[]): number {
	const count = Math.max(1, places.length);
	if (rows) return Math.max(14, Math.min(30, server.width / count - 4));
	const around = 2 * (server.width + server.height) + 160;
	const edge = Math.min(36, largest * 1.1, around / count - 6);
	// Clients at the server's corners stand nearer to it than all others.
	const least = Math.min(...places.map((place) => roomBefore(server, place)));
	return Math.max(10, Math.min(edge, Math.max(SMALLEST_AT_CORNER, least)));
}

/** From the edge of a glyph to the server's border, on the way to its middle. */
function roomBefore(server: Box, place: Place): number {
	return distance(place, crossingOf(server, place)) - place.radius;
}
