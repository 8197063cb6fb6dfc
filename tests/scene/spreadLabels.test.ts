import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from '../../src/lib/scene/spreadLabels';

describe('labels at the ends of curves', () => {
	it('stay where they are when there is room', () => {
		expect(spreadLabels([80, 20, 50], 15, [0, 100])).toEqual([80, 20, 50]);
	});

	it('keep their order, their distance and the frame', () => {
		const heights = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(heights, (wished) => {
				const places = spreadLabels(wished, 20, [0, 200]);
				const sorted = [...places].sort((a, b) => a - b);
				for (let i = 1; i < sorted.length; i++) {
					expect(sorted[i] - sorted[i - 1]).toBeGreaterThanOrEqual(20);
				}
				expect(sorted[0]).toBeGreaterThanOrEqual(0);
				expect(sorted[sorted.length - 1]).toBeLessThanOrEqual(200);
				wished.forEach((a, i) =>
					wished.forEach((b, j) => {
						if (a < b) expect(places[i]).toBeLessThan(places[j]);
					})
				);
			})
		);
	});
});
