import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	drawCurves,
	newestRoundOf,
	placeOfRound,
	pointAt,
	roundAt,
	type Curve,
	type CurveArea,
	type CurveRole
} from '../../src/lib/scene/curves';

const area: CurveArea = {
	width: 300,
	height: 100,
	numRounds: 11,
	domain: [0.5, 1]
};
const curve = (role: CurveRole, values: readonly number[]): Curve => ({
	role,
	name: role,
	points: values.map((value, index) => ({ roundNum: index + 1, value }))
});

describe('drawCurves', () => {
	it('maps rounds from left to right and values from bottom to top', () => {
		const { curves } = drawCurves([curve('federated', [0.5, 0.75, 1])], area);
		expect(curves[0].path).toBe('M0,100L30,50L60,0');
		expect(curves[0].end).toEqual({ x: 60, y: 0, value: 1 });
	});

	it('leaves out curves that have not begun', () => {
		const { curves } = drawCurves([curve('federated', [0.6]), curve('localOnly', [])], area);
		expect(curves.map(({ role }) => role)).toEqual(['federated']);
	});

	it('draws a yardstick level over the rounds behind it, at its newest value', () => {
		const alone = { ...curve('localOnly', [0.6, 0.9, 0.75]), isLevel: true };
		const { curves } = drawCurves([alone], area);
		expect(curves[0].path).toBe('M0,50H60');
		expect(curves[0].end.value).toBe(0.75);
	});

	it('is drawable however small the area is and however few the values are', () => {
		const values = fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 5 });
		const sizes = fc.record({
			width: fc.constantFrom(0, 0.5, 40, 300),
			height: fc.constantFrom(0, 100),
			numRounds: fc.integer({ min: 1, max: 60 })
		});
		fc.assert(
			fc.property(values, sizes, (list, size) => {
				const picture = drawCurves([curve('federated', list)], { ...area, ...size });
				expect(JSON.stringify(picture)).not.toMatch(/NaN|Infinity|null/);
				expect(picture.curves).toHaveLength(list.length > 0 ? 1 : 0);
			})
		);
	});

	it.each([
		[1, [1]],
		[3, [1, 2, 3]],
		[10, [2, 4, 6, 8, 10]],
		[25, [5, 10, 15, 20, 25]],
		[40, [10, 20, 30, 40]],
		[5000, [1000, 2000, 3000, 4000, 5000]]
	])('names %i rounds in even steps', (numRounds, expected) => {
		const { xTicks } = drawCurves([], { ...area, numRounds });
		expect(xTicks.map(({ roundNum }) => roundNum)).toEqual(expected);
	});

	it('names rounds with room between them', () => {
		const sizes = fc.record({
			width: fc.constantFrom(40, 180, 300, 900),
			numRounds: fc.integer({ min: 1, max: 3000 })
		});
		fc.assert(
			fc.property(sizes, (size) => {
				const { xTicks } = drawCurves([], { ...area, ...size });
				expect(xTicks.length).toBeGreaterThan(0);
				const gaps = xTicks.slice(1).map(({ x }, index) => x - xTicks[index].x);
				for (const gap of gaps) expect(gap).toBeGreaterThan(40);
			})
		);
	});
});

describe('reading a chart', () => {
	it('finds the round under the pointer, and the place of a round', () => {
		for (const roundNum of [1, 7, 20]) {
			const wide = { ...area, width: 400, numRounds: 20 };
			expect(roundAt(placeOfRound(roundNum, wide), wide)).toBe(roundNum);
		}
		expect(roundAt(-50, { ...area, numRounds: 20 })).toBe(1);
		expect(roundAt(5000, { ...area, numRounds: 20 })).toBe(20);
	});

	it('reads the newest value up to a round, and none before the first', () => {
		const measured: Curve = {
			role: 'federated',
			name: '',
			points: [
				{ roundNum: 3, value: 0.5 },
				{ roundNum: 6, value: 0.8 }
			]
		};
		expect([2, 3, 5, 6, 90].map((roundNum) => pointAt(measured, roundNum)?.value ?? null)).toEqual([
			null,
			0.5,
			0.5,
			0.8,
			0.8
		]);
		expect(pointAt({ ...measured, isLevel: true }, 0)?.value).toBe(0.8);
	});

	it('speaks of the newest round of the run on stage, not of longer runs beside it', () => {
		const beside = [curve('pinned', [0.1, 0.2, 0.3, 0.4]), curve('live', [0.1, 0.2, 0.3])];
		expect(newestRoundOf([...beside, curve('federated', [0.5, 0.6])])).toBe(2);
		expect(newestRoundOf([...beside, curve('federated', [])])).toBe(4);
		expect(newestRoundOf([])).toBe(0);
	});
});
