import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundsToTarget } from '../../src/lib/federated/roundsToTarget';

describe('rounds to a target, as McMahan et al. 2017 count them', () => {
	it('are interpolated between the best before and the round that reaches it', () => {
		expect(roundsToTarget([0.1, 0.5, 0.9], 0.7)).toBeCloseTo(1.5, 12);
		expect(roundsToTarget([0.1, 0.5, 0.9], 0.5)).toBe(1);
		expect(roundsToTarget([0.2, 0.4], 0.3)).toBeCloseTo(0.5, 12);
	});

	it('take the best so far where the curve falls back', () => {
		expect(roundsToTarget([0.1, 0.8, 0.2, 1], 0.9)).toBeCloseTo(2.5, 12);
	});

	it('are none where the target is not reached, and 0 where nothing was needed', () => {
		expect(roundsToTarget([0.1, 0.5], 0.6)).toBeNull();
		expect(roundsToTarget([], 0.6)).toBeNull();
		expect(roundsToTarget([0.7, 0.2], 0.6)).toBe(0);
	});

	it('do not change with what comes after, and grow with the target', () => {
		const curve = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
		fc.assert(
			fc.property(curve, curve, (before, after) => {
				const [low, high] = [roundsToTarget(before, 0.4), roundsToTarget(before, 0.6)];
				if (low !== null) expect(roundsToTarget([...before, ...after], 0.4)).toBe(low);
				if (high !== null) expect(low).toBeLessThanOrEqual(high);
			})
		);
	});
});
