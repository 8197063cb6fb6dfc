/** Where the loss of a client is written: away from the server and from whoever sits behind it. */
import { perimeter, type Point } from './geometry';
import type { Place, StageLayout } from './layout';

export interface FigurePlace extends Point {
	/** Which end of the words stands there. */
	anchor: 'start' | 'middle' | 'end';
}

/** Pixels between a glyph and its words, and those that words beside two neighbors need between them. */
const GAP = 5;
const ROOM_OF_TWO = 72;
/** Pixels from the top of a line of words to its baseline: nothing is cut off at the edge of the stage. */
const LINE = 13;
/** Beyond this share of the way up or down, an outer ring is close above or below. */
const NEAR_RING = 0.8;
/** Beyond this share of the way to either side, neighbors stand above and below; words need this much between them. */
const AT_SIDE = 0.75;
const ROOM_ABOVE = 24;

/** The middle of the baseline, or its end where the words stand beside the glyph. */
export function placeFigure(glyph: Place, layout: StageLayout, numForward: number): FigurePlace {
	const { x, y, radius } = glyph;
	const { kind, forward, height } = layout;
	const below = Math.min(height - 4, y + radius + 13);
	const above = Math.max(LINE, y - radius - 4);
	if (kind === 'phone') return { x, y: below, anchor: 'middle' };
	if (kind === 'rings' && forward) {
		const isNear = Math.abs(y - forward.y) > NEAR_RING * forward.radiusY;
		const between = perimeter(forward) / Math.max(1, numForward) - 2 * radius;
		// Towards an axis, where the ring behind is further away.
		if (!isNear) return { x, y: y < forward.y ? below : above, anchor: 'middle' };
		if (between > ROOM_OF_TWO) {
			return x < forward.x
				? { x: x + radius + GAP, y: y + GAP, anchor: 'start' }
				: { x: x - radius - GAP, y: y + GAP, anchor: 'end' };
		}
	}
	if (kind === 'crowd' && forward && Math.abs(x - forward.x) > AT_SIDE * forward.radiusX) {
		const between = perimeter(forward) / Math.max(1, numForward) - 2 * radius;
		// Over those at rest, who are pale.
		if (between < ROOM_ABOVE) {
			return x < forward.x
				? { x: x - radius - GAP, y: y + GAP, anchor: 'end' }
				: { x: x + radius + GAP, y: y + GAP, anchor: 'start' };
		}
	}
	return { x, y: y < height / 2 - 10 ? above : below, anchor: 'middle' };
}
