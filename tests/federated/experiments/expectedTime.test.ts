import { expect, it } from 'vitest';
import { defaultConfig } from '../../../src/lib/federated/config';
import { expectedRunMs, scaledRunMs } from '../../../src/lib/federated/experiments/expectedTime';

it('judges by the pace after the first period, which fetches and warms up', () => {
	const plan = { rounds: 60, evaluateEvery: 3 };
	expect(expectedRunMs([900, 300, 700], plan)).toBeNull();
	expect(expectedRunMs([900, 300, 700, 10, 10, 40], plan)).toBe(1200);
	expect(expectedRunMs([900, 300, 700, 10, 10, 40, 90, 90], plan)).toBe(1200);
});

it('does not wait for a second period of a run that is hopelessly slow', () => {
	const plan = { rounds: 10, evaluateEvery: 5 };
	expect(expectedRunMs([2000, 1600, 1800], plan)).toBe(17_000);
	expect(expectedRunMs([13_000], plan)).toBe(130_000);
});

it('does not take a slow start for a slow run', () => {
	const plan = { rounds: 60, evaluateEvery: 3 };
	expect(expectedRunMs([8000], plan)).toBeNull();
	expect(expectedRunMs([8000, 20, 20], plan)).toBeNull();
	expect(expectedRunMs([8000, 20, 20, 10, 10, 10], plan)).toBe(600);
});

it('carries over to settings that train the same model more or less often', () => {
	const other = { ...defaultConfig, cohortSize: 30, localEpochs: 2 };
	expect(scaledRunMs(1000, defaultConfig, other)).toBe(6000);
	expect(scaledRunMs(1000, other, defaultConfig)).toBeCloseTo(1000 / 6);
	expect(scaledRunMs(1000, defaultConfig, { ...defaultConfig, model: '2nn' })).toBeNull();
	expect(
		scaledRunMs(1000, defaultConfig, { ...defaultConfig, secureAggregation: true })
	).toBeNull();
});
