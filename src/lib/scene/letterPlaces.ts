/** Letters on their curves, a little before the dots at their ends, so that none hides an end or another letter. */
import { courseOf, type Curve, type CurveArea } from './curves';

interface Place {
	x: number;
	y: number;
}

/**
 * A place for the letter of each curve, in pixels: on the curve, as near to its end as there is room, or after the end
 * of one that has just begun.
 * @param size diameter of a letter.
 */
export function placeLetters(curves: readonly Curve[], area: CurveArea, size: number): Place[] {
	const placed: Place[] = [];
	for (const curve of curves) {
		const course = courseOf(curve, area);
		const wished = curves.map((_, step) => besideEnd(course, size * (step + 0.9), area.width));
		const isFree = (place: Place) =>
			placed.every((other) => Math.hypot(place.x - other.x, place.y - other.y) >= size);
		placed.push(wished.find(isFree) ?? wished[0]);
	}
	return placed;
}

function besideEnd(course: readonly Place[], distance: number, width: number): Place {
	const end = course[course.length - 1];
	const x = end.x - distance;
	if (x < course[0].x) return { x: end.x + distance <= width ? end.x + distance : x, y: end.y };
	const next = course.findIndex((point) => point.x >= x);
	const [from, to] = [course[Math.max(0, next - 1)], course[next]];
	const share = to.x === from.x ? 0 : (x - from.x) / (to.x - from.x);
	return { x, y: from.y + share * (to.y - from.y) };
}
