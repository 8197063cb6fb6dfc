/** What the label of a glyph could hide: of hundreds in a crowd, those within its reach alone. */
import type { CohortPlaces } from './cohortPlaces';
import { placeFigure } from './figurePlace';
import type { Point } from './geometry';
import {
	glyphObstacle,
	labelReach,
	type LabelSize,
	type Obstacle,
	parcelObstacle
} from './labelPlace';
import type { Place, StageLayout } from './layout';
import type { Glyph } from './shapes';

export interface LabelSurroundings {
	glyphs: readonly Glyph[];
	/** Where parcels lie at rest: labels leave them free. */
	cohort: CohortPlaces;
	layout: StageLayout;
	/** Losses are written beside those who take part. */
	hasFigures: boolean;
	/** Its loss stands in its label; on a phone beside it, with its number. */
	focusId: number | null;
}

/** Of a loss and of one with a number, in pixels: above its baseline, and across. */
const LINE = { up: 11, down: 2, width: 30, leadWidth: 56 };
/** A number that is hidden in part cannot be read: better hide a face. */
const FIGURE_WEIGHT = 80;

/** The obstacles for the label of a glyph, which may be larger than it is drawn; what matters most comes first. */
export function obstaclesNear(
	place: Place & { id: number },
	label: LabelSize,
	{ glyphs, cohort, layout, hasFigures, focusId }: LabelSurroundings
): Obstacle[] {
	const reach = labelReach(place, label);
	const isNear = ({ x, y }: Point, extent: number) =>
		Math.abs(x - place.x) < reach.x + extent && Math.abs(y - place.y) < reach.y + extent;
	const isPhone = layout.kind === 'phone';
	const numForward = cohort.standing.size;
	const found: Obstacle[] = [];
	for (const glyph of hasFigures ? glyphs : []) {
		// A loss stands next to its glyph.
		if (!glyph.isForward || !isNear(glyph, glyph.radius + LINE.leadWidth)) continue;
		if (glyph.id === focusId && !isPhone) continue;
		const width = glyph.id === focusId ? LINE.leadWidth : LINE.width;
		found.push(figureObstacle(glyph, layout, numForward, width));
	}
	for (const points of [cohort.homes, cohort.docks]) {
		for (const point of points.values()) {
			if (isNear(point, cohort.parcelEdge)) found.push(parcelObstacle(point, cohort.parcelEdge));
		}
	}
	for (const glyph of glyphs) {
		if (glyph.id === place.id || !isNear(glyph, glyph.radius)) continue;
		// Those at rest matter less, the smaller they are.
		found.push(glyphObstacle(glyph, glyph.state === 'idle' ? glyph.radius / 100 : 1));
	}
	return found;
}

function figureObstacle(
	glyph: Place,
	layout: StageLayout,
	numForward: number,
	width: number
): Obstacle {
	const { x, y, anchor } = placeFigure(glyph, layout, numForward);
	const shift = { start: 0, middle: width / 2, end: width }[anchor];
	const height = LINE.up + LINE.down;
	return { x: x - shift, y: y - LINE.up, width, height, weight: FIGURE_WEIGHT };
}
