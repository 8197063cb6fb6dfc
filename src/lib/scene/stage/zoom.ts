/** Looking closer at a part of the stage: scale and shift, held so that the stage always fills its frame. */
import type { Box, Point } from './geometry';

export interface Zoom {
	/** Pixels of the frame for one of the layout, 1 to 5. */
	scale: number;
	/** Where the layout's left upper corner lies in the frame. */
	x: number;
	y: number;
}

export interface Frame {
	width: number;
	height: number;
}

export const wholeStage: Zoom = { scale: 1, x: 0, y: 0 };
const MOST = 5;

/** The part of the layout that is in sight. */
export function sightOf({ scale, x, y }: Zoom, { width, height }: Frame): Box {
	return { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale };
}

/** Scales by a factor and leaves the point of the frame where it is. */
export function zoomAt(zoom: Zoom, point: Point, factor: number, frame: Frame): Zoom {
	const scale = Math.min(MOST, Math.max(1, zoom.scale * factor));
	const ratio = scale / zoom.scale;
	const x = point.x - (point.x - zoom.x) * ratio;
	const y = point.y - (point.y - zoom.y) * ratio;
	return hold({ scale, x, y }, frame);
}

/** The point of the frame to zoom about: somebody of the layout who is in sight, or else the middle. */
export function centerOfZoom(zoom: Zoom, place: Point | null, { width, height }: Frame): Point {
	if (place) {
		const x = place.x * zoom.scale + zoom.x;
		const y = place.y * zoom.scale + zoom.y;
		if (x >= 0 && x <= width && y >= 0 && y <= height) return { x, y };
	}
	return { x: width / 2, y: height / 2 };
}

/** Shifts the stage by pixels of the frame. */
export function pan(zoom: Zoom, by: Point, frame: Frame): Zoom {
	return hold({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, frame);
}

/** Two points of the frame, such as those under two fingers. */
export type Fingers = readonly [Point, Point];

/** Scales and shifts as two fingers do, that what lies between them stays between them. */
export function pinch(zoom: Zoom, before: Fingers, after: Fingers, frame: Frame): Zoom {
	const from = middleOf(before);
	const to = middleOf(after);
	const factor = spanOf(after) / Math.max(1, spanOf(before));
	return pan(zoomAt(zoom, from, factor, frame), { x: to.x - from.x, y: to.y - from.y }, frame);
}

const spanOf = ([a, b]: Fingers) => Math.hypot(a.x - b.x, a.y - b.y);
const middleOf = ([a, b]: Fingers): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Room around a glyph for its name, in pixels of the layout. */
const NAME_ROOM = 85;

/** Shifts no more than needed to have a point of the layout in sight, with room for a name around it where there is any. */
export function reveal(zoom: Zoom, point: Point, frame: Frame): Zoom {
	const room = Math.min(NAME_ROOM * zoom.scale, frame.width / 3, frame.height / 3);
	const seen = { x: point.x * zoom.scale + zoom.x, y: point.y * zoom.scale + zoom.y };
	const by = {
		x: shiftInto(seen.x, room, frame.width - room),
		y: shiftInto(seen.y, room, frame.height - room)
	};
	return pan(zoom, by, frame);
}

function shiftInto(value: number, lowest: number, highest: number): number {
	return Math.max(lowest, Math.min(highest, value)) - value;
}

function hold({ scale, x, y }: Zoom, { width, height }: Frame): Zoom {
	return {
		scale,
		x: Math.min(0, Math.max(width - width * scale, x)),
		y: Math.min(0, Math.max(height - height * scale, y))
	};
}
