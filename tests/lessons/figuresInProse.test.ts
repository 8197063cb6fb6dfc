/** Numbers that the prose of lessons states, computed. What a run on the page shows by itself is not here. */
import { describe, expect, it } from 'vitest';
import { deviceChances } from '../../src/lib/federated/readiness';
import { restingPoint, twoValleys } from '../../src/lib/scene/driftValley';
import { crowdPrice } from '../../src/lib/scene/crowdPrice';
import { epsilon } from '../../src/lib/privacy/accountant';
import { planAggregation } from '../../src/lib/masking/plan';

describe('lesson 1', () => {
	it('leaves about one phone in four ready, by the chances that it names', () => {
		expect(deviceChances).toEqual({ isCharging: 0.5, isIdle: 0.7, isOnWifi: 0.7 });
		const { isCharging, isIdle, isOnWifi } = deviceChances;
		expect(1 / (isCharging * isIdle * isOnWifi)).toBeCloseTo(4, 0);
	});
});

describe('lesson 3', () => {
	it('knows nothing at a loss of 2.30', () => expect(Math.log(10)).toBeCloseTo(2.3, 2));
});

describe('lesson 6', () => {
	it('rests at 0.693 with five local steps', () => {
		expect(restingPoint(twoValleys, { learningRate: 0.1, numSteps: 5 })).toBeCloseTo(0.693, 3);
	});
});

describe('lesson 8', () => {
	it('needs four shares of six', () => expect(planAggregation(6).threshold).toBe(4));
});

describe('lesson 9', () => {
	const bill = (noiseMultiplier: number, rounds: number) =>
		epsilon({ samplingRate: 30 / 289, noiseMultiplier, rounds, delta: 1e-3 }).epsilonTight;

	it('puts factors to epsilons', () => {
		expect(Math.exp(1)).toBeCloseTo(2.7, 1);
		expect(Math.round(Math.exp(8) / 1000)).toBe(3);
	});

	it('makes doubled noise cost about a third', () => {
		expect(bill(2, 30) / bill(1, 30)).toBeCloseTo(1 / 3, 1);
	});

	it('makes a hundred times the rounds cost far less than a hundred times', () => {
		expect(bill(1, 1000) / bill(1, 10)).toBeLessThan(30);
	});

	it('makes a crowd of 300 pay more than a thousand', () => {
		const line = { samplingRate: 120 / 3383, noiseOnMean: 0.01, rounds: 100, delta: 1e-5 };
		expect(crowdPrice(line, 300).epsilon).toBeGreaterThan(1000);
		expect(crowdPrice(line, 10_000).epsilon).toBeLessThan(1);
	});
});
