/** Many clients: rows of small glyphs around an empty middle, where the chosen ones gather about the server. */
import type { Box, Ellipse, Point } from './geometry';
import { forwardRing } from './rings';
import type { Place, StageArea, StageLayout } from './layout';

/** Room for parcels around the server where nobody steps forward. */
const PARCEL_ROOM = 70;
const WIDEST_PITCH = 64;
const NARROWEST_PITCH = 9;
/** How much of the stage's width and height the empty middle takes. */
const MIDDLE = { x: 0.36, y: 0.37 };

export function layCrowd(area: StageArea, server: Box): StageLayout {
	const { width, height, numClients } = area;
	const middle = {
		x: width / 2,
		y: height / 2,
		radiusX: Math.max(server.width / 2 + 118, width * MIDDLE.x),
		radiusY: Math.max(server.height / 2 + 112, height * MIDDLE.y)
	};
	const ring = forwardRing(area, server, middle, 0);
	const table = {
		...middle,
		radiusX: server.width / 2 + PARCEL_ROOM,
		radiusY: server.height / 2 + PARCEL_ROOM
	};
	const seats = packAround({ x: 0, y: 0, width, height }, ring ? middle : table, numClients);
	return {
		kind: 'crowd',
		width,
		height,
		server,
		seats,
		forward: ring?.forward ?? null,
		rows: null,
		largest: ring?.largest ?? seats[0].radius
	};
}

/** The widest hexagonal grid that has enough places in the box and outside of the hole, in reading order. */
export function packAround(box: Box, hole: Ellipse | null, count: number): Place[] {
	for (let pitch = WIDEST_PITCH; ; pitch -= 0.5) {
		const points = gridPoints(box, pitch).filter((point) => isOutside(point, hole, pitch / 2));
		if (points.length < count && pitch > NARROWEST_PITCH) continue;
		const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		const nearness = (point: Point) => Math.hypot(point.x - center.x, point.y - center.y);
		const kept = new Set([...points].sort((a, b) => nearness(a) - nearness(b)).slice(0, count));
		const radius = pitch * 0.45;
		return points.filter((point) => kept.has(point)).map(({ x, y }) => ({ x, y, radius }));
	}
}

function gridPoints(box: Box, pitch: number): Point[] {
	const rowHeight = (pitch * Math.sqrt(3)) / 2;
	const numRows = Math.floor((box.height - pitch) / rowHeight) + 1;
	const numColumns = Math.floor(box.width / pitch - 0.5);
	const left = box.x + (box.width - (numColumns + 0.5) * pitch) / 2 + pitch / 2;
	const top = box.y + (box.height - (numRows - 1) * rowHeight) / 2;
	return Array.from({ length: Math.max(0, numRows) * Math.max(0, numColumns) }, (_, index) => {
		const row = Math.floor(index / numColumns);
		const column = index % numColumns;
		return { x: left + (column + (row % 2) / 2) * pitch, y: top + row * rowHeight };
	});
}

function isOutside(point: Point, hole: Ellipse | null, margin: number): boolean {
	if (!hole) return true;
	const x = (point.x - hole.x) / (hole.radiusX + margin);
	const y = (point.y - hole.y) / (hole.radiusY + margin);
	return x * x + y * y >= 1;
}
