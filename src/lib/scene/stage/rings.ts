/** Clients on rings: a few on one, where they stay; more on outer rings, from which the chosen ones step forward. */
import { type Box, type Ellipse, perimeter, spreadOnEllipse } from './geometry';
import type { Place, StageArea, StageLayout } from './layout';

const LARGEST_RADIUS = 44;
/** Smaller glyphs on one ring would waste its inside: then the chosen ones step forward instead. */
const SMALLEST_ON_ONE = 26;
/** Where nearly everybody is chosen, nobody needs to step forward: smaller glyphs will do. */
const SMALLEST_OF_ALL = 14;
const NEARLY_ALL = 0.7;
const SMALLEST_SEAT = 13;
const MOST_OUTER_RINGS = 2;
/** Room between the outermost glyphs and the border, and between glyphs of two rings. */
const MARGIN = 5;
const RING_GAP = 6;
/** Room for parcels between the chosen ones and the server. */
const PARCEL_ROOM = 46;
export const LARGEST_FORWARD = 34;
/** Smaller glyphs are not worth stepping forward for. */
const SMALLEST_FORWARD = 15;
/** Distance of neighbors on a ring, by their radius: petals need a little air. */
const PITCH = 2.25;

/** Everybody on one ring, as large as they fit; null where they would be too small. */
export function layRing(area: StageArea, server: Box): StageLayout | null {
	const isNearlyAll = area.cohortSize >= area.numClients * NEARLY_ALL;
	const smallest = isNearlyAll ? SMALLEST_OF_ALL : SMALLEST_ON_ONE;
	for (let radius = LARGEST_RADIUS; radius >= smallest; radius--) {
		const ring = ringAt(area, radius * 1.08 + MARGIN);
		const room = Math.min(ring.radiusX - server.width / 2, ring.radiusY - server.height / 2);
		const hasRoom = room - radius > PARCEL_ROOM && roomOn(ring, radius) >= area.numClients;
		if (hasRoom) return around(area, server, 'ring', seatsOn([ring], area.numClients, radius));
	}
	return null;
}

/** Everybody on one or two outer rings, with a ring for the chosen ones inside; null where there is no room. */
export function layOuterRings(area: StageArea, server: Box): StageLayout | null {
	let best: StageLayout | null = null;
	let most = 0;
	for (let radius = SMALLEST_ON_ONE; radius >= SMALLEST_SEAT; radius--) {
		const rings: Ellipse[] = [];
		for (let index = 0; index < MOST_OUTER_RINGS; index++) {
			rings.push(ringAt(area, radius + MARGIN + index * (radius * 2 + RING_GAP)));
			const room = rings.reduce((sum, ring) => sum + roomOn(ring, radius), 0);
			const forward = forwardRing(area, server, rings[index], radius);
			if (room < area.numClients || !forward) continue;
			// The chosen ones are what is looked at: their size counts twice.
			const worth = 2 * forward.largest + radius;
			if (worth <= most) continue;
			most = worth;
			const seats = seatsOn(rings, area.numClients, radius);
			best = { ...around(area, server, 'rings', seats), ...forward };
		}
	}
	return best;
}

/** The ring of the chosen ones, inside of another one; null where they would be too small. */
export function forwardRing(
	{ cohortSize }: StageArea,
	server: Box,
	inside: Ellipse,
	radius: number
): { forward: Ellipse; largest: number } | null {
	const clear = {
		x: inside.radiusX - radius - RING_GAP - server.width / 2,
		y: inside.radiusY - radius - RING_GAP - server.height / 2
	};
	let largest = Math.min(LARGEST_FORWARD, (Math.min(clear.x, clear.y) - PARCEL_ROOM) / 2);
	for (; largest >= SMALLEST_FORWARD; largest--) {
		const forward = {
			...inside,
			radiusX: server.width / 2 + clear.x - largest,
			radiusY: server.height / 2 + clear.y - largest
		};
		if (roomOn(forward, largest) >= cohortSize) return { forward, largest };
	}
	return null;
}

function ringAt({ width, height }: StageArea, inset: number): Ellipse {
	return {
		x: width / 2,
		y: height / 2,
		radiusX: width / 2 - inset,
		radiusY: height / 2 - inset
	};
}

function roomOn(ring: Ellipse, radius: number): number {
	return Math.floor(perimeter(ring) / (radius * PITCH));
}

/** Spread over the rings by their lengths; what rounding leaves over goes to the outer ones. */
function seatsOn(rings: readonly Ellipse[], count: number, radius: number): Place[] {
	const lengths = rings.map(perimeter);
	const total = lengths.reduce((sum, length) => sum + length, 0);
	const counts = lengths.map((length) => Math.floor((length / total) * count));
	let numLeft = count - counts.reduce((sum, one) => sum + one, 0);
	for (let i = 0; numLeft > 0; i++, numLeft--) counts[i % counts.length]++;
	return rings.flatMap((ring, index) =>
		spreadOnEllipse(ring, counts[index]).map(({ x, y }) => ({ x, y, radius }))
	);
}

function around(
	{ width, height }: StageArea,
	server: Box,
	kind: 'ring' | 'rings',
	seats: readonly Place[]
): StageLayout {
	const { radius } = seats[0];
	return { kind, width, height, server, seats, forward: null, rows: null, largest: radius };
}
