/**
 * The six steps that a round of federated learning is usually told in, as geometry: where the server and the
 * devices stand, and where everything that travels is at a moment of a step. A drawing asks, nothing moves here.
 */

export const steps = ['copy', 'learn', 'return', 'combine', 'improve', 'ship'] as const;
export type Step = (typeof steps)[number];

export interface Point {
	x: number;
	y: number;
}

export interface StepLayout {
	width: number;
	height: number;
	numColumns: number;
	/** Edge of a device's digit and of the server's picture, in pixels. */
	deviceSize: number;
	serverSize: number;
	/** Middle of the server's picture. */
	server: Point;
	/** Middle of each device's digit, by client id. */
	devices: readonly Point[];
}

/** Height of a row of devices and of the server's ground above them, in pixels. */
const ROW_HEIGHT = 96;
const SERVER_HEIGHT = 170;

/** All devices below the server, in rows as full as the width allows. */
export function layoutSteps(width: number, numDevices: number): StepLayout {
	const numColumns = Math.max(1, Math.min(numDevices, width >= 520 ? 6 : width >= 330 ? 4 : 3));
	const columnWidth = width / numColumns;
	const devices = Array.from({ length: numDevices }, (_, id) => ({
		x: ((id % numColumns) + 0.5) * columnWidth,
		y: SERVER_HEIGHT + (Math.floor(id / numColumns) + 0.4) * ROW_HEIGHT
	}));
	return {
		width,
		height: SERVER_HEIGHT + Math.ceil(numDevices / numColumns) * ROW_HEIGHT,
		numColumns,
		deviceSize: Math.min(48, columnWidth * 0.6),
		serverSize: 96,
		server: { x: width / 2, y: 76 },
		devices
	};
}

/** Something on its way. */
export interface Parcel extends Point {
	/** The client that it goes to or comes from. */
	id: number;
	/** Size beside that at rest, and how much of it shows, both 0 to 1. */
	scale: number;
	opacity: number;
}

/** How much later the last parcel starts than the first, as a share of the way. */
const STAGGER = 0.5;

/**
 * The parcels of a step at a moment of it.
 * @param ids the clients of the round's cohort; to ship a model concerns everybody
 * @param progress from 0 to 1
 */
export function parcelsOf(
	step: Step,
	ids: readonly number[],
	layout: StepLayout,
	progress: number
): Parcel[] {
	if (step === 'copy') return travel(ids, layout, progress, true);
	if (step === 'return') return travel(ids, layout, progress, false);
	if (step === 'combine') return merge(ids, layout, progress);
	if (step !== 'ship') return [];
	const everybody = layout.devices.map((_, id) => id);
	return travel(everybody, layout, progress, true);
}

/** Down to the devices or up from them, one after the other; a parcel fades where it arrives. */
function travel(
	ids: readonly number[],
	layout: StepLayout,
	progress: number,
	isDown: boolean
): Parcel[] {
	return ids.map((id, index) => {
		const delay = ids.length > 1 ? (STAGGER * index) / (ids.length - 1) : 0;
		const own = ease(clamp(progress * (1 + STAGGER) - delay));
		const device = layout.devices[id];
		const waiting = isDown ? layout.server : spread(index, ids.length, layout);
		const [from, to] = isDown ? [waiting, device] : [device, waiting];
		const isThere = own === 1 && isDown;
		return { id, ...between(from, to, own), scale: 1, opacity: own === 0 || isThere ? 0 : 1 };
	});
}

/** From their places around the server into the one picture at its middle. */
function merge(ids: readonly number[], layout: StepLayout, progress: number): Parcel[] {
	const own = ease(clamp(progress));
	return ids.map((id, index) => ({
		id,
		...between(spread(index, ids.length, layout), layout.server, own),
		scale: 1 + own,
		opacity: 1 - own
	}));
}

/** Places beside the server's picture, left and right in turn. */
function spread(index: number, count: number, { server, serverSize, width }: StepLayout): Point {
	const side = index % 2 === 0 ? -1 : 1;
	const rank = Math.floor(index / 2);
	const ranks = Math.ceil(count / 2);
	const reach = Math.min(64, (width / 2 - serverSize / 2 - 24) / Math.max(1, ranks));
	return { x: server.x + side * (serverSize / 2 + 28 + rank * reach), y: server.y };
}

/** How many of the local steps are over at a moment of the second step; at least the first. */
export function localStepAt(numSteps: number, progress: number): number {
	return Math.min(numSteps - 1, Math.max(0, Math.round(clamp(progress) * (numSteps - 1))));
}

function between(from: Point, to: Point, share: number): Point {
	return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

function clamp(value: number): number {
	return Math.min(1, Math.max(0, value));
}

/** Slow, fast, slow. */
function ease(share: number): number {
	return share * share * (3 - 2 * share);
}
