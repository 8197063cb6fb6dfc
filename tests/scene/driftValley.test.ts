import { describe, expect, it } from 'vitest';
import { federatedPath, optimum, restingPoint, twoValleys } from '../../src/lib/scene/driftValley';

const fiveSteps = { learningRate: 0.1, numSteps: 5 };

describe('client drift in two valleys', () => {
	it('goes the way of the golden quadratics', () => {
		const path = federatedPath(twoValleys, 0, fiveSteps, 3);
		[0, 0.46112, 0.61519172, 0.666670933].forEach((x, round) =>
			expect(path[round]).toBeCloseTo(x, 8)
		);
	});

	it('comes to rest beside the optimum', () => {
		expect(optimum(twoValleys)).toBeCloseTo(0.8, 12);
		expect(restingPoint(twoValleys, fiveSteps)).toBeCloseTo(0.692502347, 8);
		const path = federatedPath(twoValleys, 0, fiveSteps, 200);
		expect(path[200]).toBeCloseTo(restingPoint(twoValleys, fiveSteps), 10);
	});

	it('finds the optimum with one local step, and loses it with more', () => {
		const restAfter = (numSteps: number) =>
			restingPoint(twoValleys, { learningRate: 0.1, numSteps });
		expect(restAfter(1)).toBeCloseTo(0.8, 12);
		for (let steps = 2; steps <= 20; steps++) {
			expect(restAfter(steps)).toBeLessThan(restAfter(steps - 1));
		}
		expect(restAfter(200)).toBeCloseTo(0.5, 3);
	});
});
