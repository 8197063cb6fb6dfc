import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	createGrowingSum,
	meanOf,
	weightedSum,
	type WeightedUpdate
} from '../../src/lib/aggregation/mean';

function weightedMean(updates: WeightedUpdate[], numParams: number) {
	const weight = updates.reduce((sum, { clientWeight }) => sum + clientWeight, 0);
	return meanOf(weightedSum(updates, numParams), weight) ?? [];
}

const updates = fc.array(
	fc.record({
		delta: fc
			.array(fc.float({ min: -8, max: 8, noNaN: true }), { minLength: 3, maxLength: 3 })
			.map((values) => Float32Array.from(values)),
		clientWeight: fc.integer({ min: 1, max: 500 })
	}),
	{ minLength: 1, maxLength: 12 }
);

describe('the weighted mean', () => {
	it('weighs by examples: 1 and 3 examples with updates 0 and 4 give 3', () => {
		const mean = weightedMean(
			[
				{ delta: Float32Array.of(0, 1), clientWeight: 1 },
				{ delta: Float32Array.of(4, 1), clientWeight: 3 }
			],
			2
		);
		expect([...mean]).toEqual([3, 1]);
	});

	it('of one update is that update', () => {
		const delta = Float32Array.of(0.1, -2, 3);
		expect([...weightedMean([{ delta, clientWeight: 7 }], 3)]).toEqual(
			[...delta].map((value) => (7 * value) / 7)
		);
	});

	it('of nothing, or of no weight, is none', () => {
		expect(meanOf(weightedSum([], 2), 0)).toBeNull();
		const weightless = [{ delta: Float32Array.of(1, 1), clientWeight: 0 }];
		expect(meanOf(weightedSum(weightless, 2), 0)).toBeNull();
	});

	it('does not depend on the order of clients, beyond rounding', () => {
		fc.assert(
			fc.property(updates, (all) => {
				const forward = weightedMean(all, 3);
				const backward = weightedMean([...all].reverse(), 3);
				forward.forEach((value, i) => expect(backward[i]).toBeCloseTo(value, 10));
			})
		);
	});

	it('lies between the smallest and the largest update', () => {
		fc.assert(
			fc.property(updates, (all) => {
				weightedMean(all, 3).forEach((value, i) => {
					const values = all.map(({ delta }) => delta[i]);
					expect(value).toBeGreaterThanOrEqual(Math.min(...values) - 1e-9);
					expect(value).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
				});
			})
		);
	});
});

describe('a growing sum', () => {
	const lengths = fc.integer({ min: 1, max: 9 });
	const arrivals = fc
		.tuple(fc.integer({ min: 1, max: 8 }), lengths)
		.chain(([numClients, numParams]) =>
			fc.record({
				updates: fc.array(
					fc.option(
						fc.record({
							delta: fc
								.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
									minLength: numParams,
									maxLength: numParams
								})
								.map((values) => Float32Array.from(values)),
							clientWeight: fc.integer({ min: 0, max: 500 })
						})
					),
					{ minLength: numClients, maxLength: numClients }
				),
				order: fc.shuffledSubarray([...Array(numClients).keys()], { minLength: numClients }),
				numParams: fc.constant(numParams)
			})
		);

	it('is bit for bit the sum in cohort order, whoever comes first and whoever stays away', () => {
		fc.assert(
			fc.property(arrivals, ({ updates, order, numParams }) => {
				const ids = updates.map((_, i) => 10 + 3 * i);
				const growing = createGrowingSum(ids, new Float64Array(numParams).fill(7));
				for (const i of order) growing.offer(ids[i], updates[i]);
				const plain = new Float64Array(numParams);
				for (const update of updates) {
					if (update) plain.forEach((_, i) => (plain[i] += update.clientWeight * update.delta[i]));
				}
				expect([...growing.total()]).toEqual([...plain]);
			})
		);
	});
});
