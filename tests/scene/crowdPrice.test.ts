import { describe, expect, it } from 'vitest';
import { crowdPrice, crowdSizes } from '../../src/lib/scene/crowdPrice';

const query = { samplingRate: 120 / 3383, noiseOnMean: 0.01, rounds: 100, delta: 1e-5 };

describe('the price of privacy in a crowd', () => {
	it('is about 2 for 120 of 3,383 people at a noise multiplier of 1.2 over 100 rounds', () => {
		const price = crowdPrice(query, 3383);
		expect(price.cohortSize).toBeCloseTo(120, 9);
		expect(price.noiseMultiplier).toBeCloseTo(1.2, 9);
		// TensorFlow Federated's tutorial on DP-FedAvg aims at epsilon 2 with these numbers.
		expect(price.epsilon).toBeGreaterThan(1.95);
		expect(price.epsilon).toBeLessThan(2);
	});

	it('falls with every larger crowd, at the same noise on the mean', () => {
		const prices = crowdSizes.map((size) => crowdPrice(query, size).epsilon);
		for (let i = 1; i < prices.length; i++) expect(prices[i]).toBeLessThan(prices[i - 1]);
	});

	it('asks one person at least', () => {
		expect(crowdPrice({ ...query, samplingRate: 0.001 }, 30).cohortSize).toBe(1);
	});
});
