import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	angleFrom,
	distance,
	evenTurns,
	outside,
	perimeter,
	pointOnBox,
	spreadOnEllipse,
	towards
} from '../../../src/lib/scene/stage/geometry';

const ellipse = { x: 100, y: 80, radiusX: 90, radiusY: 45 };

describe('spreadOnEllipse', () => {
	it('puts points on the line, equally far apart', () => {
		const points = spreadOnEllipse(ellipse, 60);
		for (const { x, y } of points) {
			expect(((x - 100) / 90) ** 2 + ((y - 80) / 45) ** 2).toBeCloseTo(1, 3);
		}
		const gaps = points.map((point, index) => distance(point, points[(index + 1) % 60]));
		expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.02);
	});

	it('begins at the top and runs clockwise', () => {
		const [top, right] = spreadOnEllipse(ellipse, 4);
		expect(top).toEqual({ x: 100, y: 35 });
		expect(right.x).toBeCloseTo(190, 3);
	});
});

describe('perimeter', () => {
	it('agrees with the sum of many short pieces', () => {
		const points = spreadOnEllipse(ellipse, 700);
		const length = points.reduce(
			(sum, point, index) => sum + distance(point, points[(index + 1) % points.length]),
			0
		);
		expect(perimeter(ellipse)).toBeCloseTo(length, 1);
	});
});

describe('evenTurns', () => {
	it('spaces evenly, keeps the order and is a permutation of even places', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.double({ min: 0, max: 6.28, noNaN: true }), {
					minLength: 1,
					maxLength: 40
				}),
				(angles) => {
					const turns = evenTurns(angles);
					const sorted = [...turns].sort((a, b) => a - b);
					sorted.forEach((turn, index) => {
						if (index > 0) expect(turn - sorted[index - 1]).toBeCloseTo(1 / angles.length, 9);
					});
					const order = angles.map((_, i) => i).sort((a, b) => angles[a] - angles[b]);
					const steps = order.map((i, rank) => {
						const next = order[(rank + 1) % order.length];
						return (turns[next] - turns[i] + 1) % 1;
					});
					if (angles.length > 1) {
						for (const step of steps) expect(step).toBeCloseTo(1 / angles.length, 9);
					}
				}
			)
		);
	});

	it('leaves what is even as it is', () => {
		const angles = [1, 2, 3, 4].map((index) => (index / 4) * 2 * Math.PI - 0.3);
		evenTurns(angles).forEach((turn, index) => {
			expect(turn * 2 * Math.PI).toBeCloseTo(angles[index], 9);
		});
	});
});

it('walks round a box clockwise from the middle of its top', () => {
	const box = { x: 10, y: 20, width: 40, height: 20 };
	expect(pointOnBox(box, 0)).toEqual({ x: 30, y: 20 });
	expect(pointOnBox(box, 0.25)).toEqual({ x: 50, y: 30 });
	expect(pointOnBox(box, 0.5)).toEqual({ x: 30, y: 40 });
	expect(pointOnBox(box, 0.75)).toEqual({ x: 10, y: 30 });
	expect(pointOnBox(box, 1.25)).toEqual({ x: 50, y: 30 });
});

it('measures angles clockwise from the top', () => {
	const center = { x: 0, y: 0 };
	expect(angleFrom(center, { x: 0, y: -5 })).toBe(0);
	expect(angleFrom(center, { x: 5, y: 0 })).toBeCloseTo(Math.PI / 2);
	expect(angleFrom(center, { x: -5, y: 0 })).toBeCloseTo(1.5 * Math.PI);
	expect(towards(center, { x: 0, y: 10 }, 4)).toEqual({ x: 0, y: 4 });
});

describe('outside', () => {
	const box = { x: 10, y: 20, width: 100, height: 60 };

	it('leaves a point where it is that lies outside or on the border', () => {
		for (const point of [
			{ x: 0, y: 50 },
			{ x: 60, y: 90 },
			{ x: 110, y: 40 }
		]) {
			expect(outside(box, point)).toBe(point);
		}
	});

	it.each([
		[14, 50, 10, 50],
		[104, 50, 110, 50],
		[60, 23, 60, 20],
		[60, 71, 60, 80]
	])('moves (%i, %i) to the nearest side', (x, y, outX, outY) => {
		expect(outside(box, { x, y })).toEqual({ x: outX, y: outY });
	});
});
