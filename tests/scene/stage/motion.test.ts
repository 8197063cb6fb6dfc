import { easeCubicInOut } from 'd3';
import { expect, it } from 'vitest';
import { moving, still } from '../../../src/lib/scene/stage/motion';

it('eases as d3-ease does, between two moments of a phase', () => {
	for (let step = -2; step <= 22; step++) {
		const share = Math.min(1, Math.max(0, step / 20));
		expect(moving.along(0.2 + (0.5 * step) / 20, 0.2, 0.7)).toBeCloseTo(easeCubicInOut(share), 12);
	}
});

it('is over at once for whoever wants no motion', () => {
	expect(still.along(0, 0.2, 0.7)).toBe(1);
	expect(still.progressOf(0)).toBe(1);
});
