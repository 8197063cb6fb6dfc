import { describe, expect, it } from 'vitest';
import { drawCurves, type Curve, type CurveArea } from '../../src/lib/scene/curves';
import { placeLetters } from '../../src/lib/scene/letterPlaces';

const area: CurveArea = { width: 300, height: 100, numRounds: 31, domain: [0, 1] };
const curve = (values: readonly number[]): Curve => ({
	role: 'pinned',
	name: 'pinned',
	points: values.map((value, index) => ({ roundNum: index + 1, value }))
});
const rising = curve(Array.from({ length: 31 }, (_, index) => index / 30));

describe('letters of curves', () => {
	it('stand on the curve, before the dot at its end', () => {
		const [{ x, y }] = placeLetters([rising], area, 14);
		const { end } = drawCurves([rising], area).curves[0];
		expect(x).toBeCloseTo(300 - 12.6);
		expect(y).toBeCloseTo(100 - (x / 300) * 100);
		expect(end.x - x).toBeGreaterThan(7 + 3.5);
	});

	it('go back along their curves where several end together', () => {
		const places = placeLetters([rising, rising, rising, rising], area, 14);
		places.forEach((one, i) => {
			expect(one.y).toBeCloseTo(100 - (one.x / 300) * 100);
			for (const other of places.slice(0, i)) {
				expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(14);
			}
		});
	});

	it('follow the dot of a curve that has just begun, where that is inside of the picture', () => {
		expect(placeLetters([curve([0.5])], area, 14)).toEqual([{ x: 12.6, y: 50 }]);
		const [{ x, y }] = placeLetters([curve([0.5])], { ...area, numRounds: 1 }, 14);
		expect([x, y]).toEqual([300 - 12.6, 50]);
	});
});
