/** A narrow stage: the server on top, the chosen clients in rows below it, everybody else below them. */
import type { StageArea, StageLayout } from './layout';
import { packAround } from './crowd';

/** Room between the server and the rows, where parcels wait. */
const GAP = 50;
const LARGEST_PITCH = 76;
const SMALLEST_PITCH = 46;
/** Room of one resting client, for as many as have it. */
const SEAT_PITCH = 46;
const HIGHEST_CROWD = 190;

export function layPhone(area: StageArea): StageLayout {
	const { numClients, cohortSize, width, isWaiting = false } = area;
	const server = { x: 0, y: 0, width, height: 140 };
	// One more row of room than planned: cohorts drawn by coins vary.
	const count = Math.min(numClients, Math.max(1, cohortSize));
	const ideal = Math.floor(width / Math.ceil(count / 3));
	const pitch = Math.max(SMALLEST_PITCH, Math.min(LARGEST_PITCH, ideal));
	const numColumns = Math.max(1, Math.floor(width / pitch));
	const numRows = Math.min(5, Math.ceil(count / numColumns));
	const rows = {
		x: (width - numColumns * pitch) / 2,
		y: server.height + GAP,
		pitch,
		numColumns
	};
	const crowdTop = rows.y + numRows * (pitch + 14) + 10;
	const seatsAcross = Math.max(1, Math.floor(width / SEAT_PITCH));
	const idealHeight = (Math.ceil(numClients / seatsAcross) + 0.5) * SEAT_PITCH;
	const crowdHeight = Math.min(HIGHEST_CROWD, Math.max(SEAT_PITCH, idealHeight));
	const bottom = crowdTop + crowdHeight;
	const top = isWaiting ? server.height + GAP / 2 : crowdTop;
	const box = { x: 0, y: top, width, height: bottom - top };
	return {
		kind: 'phone',
		width,
		height: Math.ceil(bottom),
		server,
		seats: packAround(box, null, numClients),
		forward: null,
		rows,
		largest: pitch * 0.44
	};
}
