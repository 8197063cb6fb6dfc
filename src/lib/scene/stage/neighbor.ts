/** Which client lies next in a direction: how arrow keys walk over the stage. */
import type { Point } from './geometry';

export type Direction = 'left' | 'right' | 'up' | 'down';

const steps: Readonly<Record<Direction, Point>> = {
	left: { x: -1, y: 0 },
	right: { x: 1, y: 0 },
	up: { x: 0, y: -1 },
	down: { x: 0, y: 1 }
};
/** Being aside costs more than being far, so that walks keep their line. */
const ASIDE_COST = 2;

/** The index of the nearest place in a direction; the one it starts from where there is none. */
export function neighborOf(places: readonly Point[], from: number, direction: Direction): number {
	const step = steps[direction];
	const start = places[from];
	let best = from;
	let leastCost = Infinity;
	places.forEach(({ x, y }, index) => {
		const ahead = (x - start.x) * step.x + (y - start.y) * step.y;
		const aside = Math.abs((x - start.x) * step.y) + Math.abs((y - start.y) * step.x);
		if (index === from || ahead <= 1e-6 || aside > ahead * 3) return;
		const cost = ahead + aside * ASIDE_COST;
		if (cost < leastCost) [best, leastCost] = [index, cost];
	});
	return best;
}
