import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layDots, nearestDot } from '../../src/lib/scene/dotHistogram';

const area = { width: 330, height: 110 };
const accuracies = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 });
const asClients = (values: number[]) => values.map((accuracy, id) => ({ id, accuracy }));

describe('layDots', () => {
	it('draws each client once, inside the area, none over another', () => {
		fc.assert(
			fc.property(accuracies, (values) => {
				const { dots, radius } = layDots(asClients(values), area);
				expect(dots.map(({ id }) => id).sort((a, b) => a - b)).toEqual(values.map((_, id) => id));
				for (const { x, y } of dots) {
					expect(x - radius).toBeGreaterThanOrEqual(0);
					expect(x + radius).toBeLessThanOrEqual(area.width);
					expect(y + radius).toBeLessThanOrEqual(area.height);
				}
				const places = new Set(dots.map(({ x, y }) => `${x.toFixed(3)} ${y.toFixed(3)}`));
				expect(places.size).toBe(dots.length);
			})
		);
	});

	it('shrinks the dots until the highest pile fits', () => {
		const crowd = layDots(asClients(new Array<number>(200).fill(1)), area);
		expect(Math.min(...crowd.dots.map(({ y }) => y - crowd.radius))).toBeGreaterThanOrEqual(0);
		const few = layDots(asClients([0.5, 0.9, 1]), area);
		expect(few.radius).toBeGreaterThan(crowd.radius);
	});

	it('marks the tenth that fares worst, rounded up', () => {
		const values = Array.from({ length: 25 }, (_, id) => (id * 7) % 25);
		const { dots } = layDots(asClients(values.map((value) => value / 25)), area);
		const worst = dots.filter(({ isWorst }) => isWorst).map(({ id }) => values[id]);
		expect(worst.sort((a, b) => a - b)).toEqual([0, 1, 2]);
	});

	it('puts better clients further right, and everything right at the end', () => {
		const { dots } = layDots(asClients([0.6, 0.7, 0.8, 0.9, 1]), area);
		const xs = dots.map(({ x }) => x);
		expect([...xs].sort((a, b) => a - b)).toEqual(xs);
		const { ticks } = layDots(asClients([0.6, 1]), area);
		expect(ticks.at(-1)?.share).toBe(1);
	});

	it('has a place for every dot where the panel is hidden or has no clients', () => {
		for (const values of [[], [0.4], [0.5, 0.9, 1, 1]]) {
			for (const width of [0, 1, 30]) {
				const histogram = layDots(asClients(values), { width, height: 110 });
				expect(JSON.stringify(histogram)).not.toMatch(/NaN|Infinity|null/);
				expect(histogram.dots).toHaveLength(values.length);
			}
		}
	});

	it('writes 90 % beside 100 %, with room for both, where every tenth is written', () => {
		for (const width of [318, 360]) {
			const { ticks } = layDots(asClients([0.42, 0.8, 1]), { width, height: 110 });
			const shares = ticks.map(({ share }) => Math.round(share * 100));
			expect(shares).toEqual([40, 50, 60, 70, 80, 90, 100]);
			expect(width - ticks[5].x).toBeGreaterThanOrEqual(56);
		}
	});

	it('keeps labels apart, the fewer the narrower, and always writes two', () => {
		/** "70 %" in the type of the axis, and the least between two of them, in pixels. */
		const [label, least] = [29, 5];
		for (const lowest of [0, 0.12, 0.33, 0.42, 0.58, 0.64, 0.71, 0.8, 0.97]) {
			for (const width of [250, 294, 309, 316, 360, 500]) {
				const { ticks } = layDots(asClients([lowest, 1]), { width, height: 110 });
				const starts = ticks.map(({ share, x }, index) =>
					share === 1 ? width - label : index === 0 ? x : x - label / 2
				);
				expect(starts.length).toBeGreaterThanOrEqual(2);
				for (let i = 1; i < starts.length; i++) {
					expect(starts[i] - starts[i - 1] - label, `${lowest}, ${width} px`).toBeGreaterThan(
						least
					);
				}
			}
		}
	});
});

describe('nearestDot', () => {
	const { dots } = layDots(asClients([0.6, 0.7, 0.8, 0.9, 1]), area);

	it('finds the dot under the pointer, and the one next to it within reach', () => {
		for (const dot of dots) {
			expect(nearestDot(dots, dot, 8)).toBe(dot);
			expect(nearestDot(dots, { x: dot.x + 3, y: dot.y - 4 }, 8)).toBe(dot);
		}
	});

	it('finds nothing far from all dots, or without any', () => {
		expect(nearestDot(dots, { x: dots[0].x, y: dots[0].y - 40 }, 8)).toBeNull();
		expect(nearestDot([], { x: 1, y: 1 }, 8)).toBeNull();
	});
});
