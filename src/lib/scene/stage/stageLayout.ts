/**
 * Where everybody is on the stage: the server in the middle and its clients around it. Up to sixty sit on
 * rings; more make a crowd, out of which the chosen ones step forward. On a phone the server is on top.
 */
import { type Box, type Ellipse, perimeter, type Point, spreadOnEllipse } from './geometry';
import { layCrowd } from './crowd';
import { layPhone } from './phoneLayout';

export interface Place extends Point {
	/** Of the whole glyph with its petals, in pixels. */
	radius: number;
}

export interface StageArea {
	numClients: number;
	/** Clients that a round chooses, as planned; decides how much room they get. */
	cohortSize: number;
	/** Pixels; a phone's stage takes the height it needs. */
	width: number;
	height: number;
}

/** Rows that the chosen ones fill on a phone. */
export interface CohortRows {
	/** Left upper corner of the rows, and the room of one glyph. */
	x: number;
	y: number;
	pitch: number;
	numColumns: number;
}

export interface StageLayout {
	kind: 'rings' | 'crowd' | 'phone';
	width: number;
	height: number;
	server: Box;
	/** Where each client is at rest, by id. */
	seats: readonly Place[];
	/** Where the chosen ones stand around the server; null where they stay in their seats. */
	forward: Ellipse | null;
	/** The same for a phone. */
	rows: CohortRows | null;
	/** Largest glyph of a chosen client. */
	largest: number;
}

/** Narrower stages are laid out for a phone. */
const PHONE_WIDTH = 520;
/** More clients than this are a crowd. */
export const MOST_ON_RINGS = 60;
const LARGEST_RADIUS = 44;
const SMALLEST_RADIUS = 12;
/** Room between a ring and the border, and between the innermost ring and the server, for parcels. */
const MARGIN = 8;
const PARCEL_ROOM = 44;

/** Lays out a stage. Deterministic: the same numbers give the same picture. */
export function layStage(area: StageArea): StageLayout {
	if (area.width < PHONE_WIDTH) return layPhone(area);
	const server = placeServer(area);
	return area.numClients > MOST_ON_RINGS ? layCrowd(area, server) : layRings(area, server);
}

/** Wide enough for ten pictures in two rows. */
function placeServer({ width, height }: StageArea): Box {
	const serverWidth = Math.round(Math.min(300, Math.max(190, width * 0.31)));
	const serverHeight = Math.round(72 + serverWidth * 0.43);
	return {
		x: Math.round((width - serverWidth) / 2),
		y: Math.round((height - serverHeight) / 2),
		width: serverWidth,
		height: serverHeight
	};
}

function layRings(area: StageArea, server: Box): StageLayout {
	const { numClients, width, height } = area;
	const { radius, rings } = findRings(area, server);
	const shares = rings.map(perimeter);
	const total = shares.reduce((sum, share) => sum + share, 0);
	const counts = shares.map((share) => Math.floor((share / total) * numClients));
	// What rounding left over goes to the outer rings.
	for (let i = 0; sumOf(counts) < numClients; i++) counts[i % counts.length]++;
	const seats = rings.flatMap((ring, index) =>
		spreadOnEllipse(ring, counts[index]).map(({ x, y }) => ({ x, y, radius }))
	);
	const places = { kind: 'rings', width, height, server, forward: null, rows: null } as const;
	return { ...places, seats, largest: radius };
}

/** The largest glyphs for which there are rings enough, from the outermost inwards. */
function findRings(
	{ numClients, width, height }: StageArea,
	server: Box
): { radius: number; rings: Ellipse[] } {
	for (let radius = LARGEST_RADIUS; ; radius--) {
		const rings: Ellipse[] = [];
		let room = 0;
		for (let inset = radius + MARGIN; room < numClients; inset += radius * 2.3 + 4) {
			const ring = {
				x: width / 2,
				y: height / 2,
				radiusX: width / 2 - inset,
				radiusY: height / 2 - inset - 6
			};
			const hasRoom =
				ring.radiusX - radius > server.width / 2 + PARCEL_ROOM * 0.8 &&
				ring.radiusY - radius > server.height / 2 + PARCEL_ROOM * 0.5;
			if (!hasRoom) break;
			rings.push(ring);
			room += Math.floor(perimeter(ring) / (radius * 2.25 + 4));
		}
		if (room >= numClients && rings.length > 0) return { radius, rings };
		if (radius <= SMALLEST_RADIUS) {
			const radiusX = width / 2 - radius;
			const radiusY = height / 2 - radius;
			return { radius, rings: [{ x: width / 2, y: height / 2, radiusX, radiusY }] };
		}
	}
}

function sumOf(counts: readonly number[]): number {
	return counts.reduce((sum, count) => sum + count, 0);
}
