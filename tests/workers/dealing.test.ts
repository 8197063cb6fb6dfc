import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dealCohort, dealGroups } from '../../src/lib/workers/dealing';

const total = (ids: readonly number[], sizes: readonly number[]) =>
	ids.reduce((sum, id) => sum + sizes[id], 0);

describe('a cohort', () => {
	const cohorts = fc.record({
		sizes: fc.array(fc.integer({ min: 0, max: 130 }), { minLength: 1, maxLength: 40 }),
		numSlots: fc.integer({ min: 1, max: 8 })
	});

	it('is dealt so that each client is in one slot, ascending', () => {
		fc.assert(
			fc.property(cohorts, ({ sizes, numSlots }) => {
				const ids = sizes.map((_, id) => id);
				const shares = dealCohort(ids, sizes, (id) => id % numSlots, numSlots);
				expect(shares.length).toBe(numSlots);
				expect(shares.flat().sort((a, b) => a - b)).toEqual(ids);
				for (const share of shares) expect(share).toEqual([...share].sort((a, b) => a - b));
			})
		);
	});

	it('never makes the busiest slot busier than it would be at home', () => {
		fc.assert(
			fc.property(cohorts, ({ sizes, numSlots }) => {
				const home = (id: number) => (id * 7) % numSlots;
				const ids = sizes.map((_, id) => id);
				const shares = dealCohort(ids, sizes, home, numSlots);
				const atHome = Array.from({ length: numSlots }, (_, slot) =>
					total(
						ids.filter((id) => home(id) === slot),
						sizes
					)
				);
				const busiest = Math.max(...shares.map((share) => total(share, sizes)));
				expect(busiest).toBeLessThanOrEqual(Math.max(...atHome));
			})
		);
	});

	it('stays at home where it is even, and moves nobody to and fro', () => {
		const sizes = [90, 100, 95, 105];
		expect(dealCohort([0, 1, 2, 3], sizes, (id) => id % 2, 2)).toEqual([
			[0, 2],
			[1, 3]
		]);
	});

	it('of one home is halved', () => {
		const sizes = new Array<number>(10).fill(92);
		const shares = dealCohort([...sizes.keys()], sizes, () => 0, 2);
		expect(shares.map((share) => share.length)).toEqual([5, 5]);
	});
});

it('groups are dealt evenly by digits, big files included', () => {
	const measured = {
		training: new Array<number>(289).fill(16),
		unseen: new Array<number>(48).fill(104),
		students: new Array<number>(5).fill(1000)
	};
	const homes = dealGroups(measured, 2);
	expect([homes.training.length, homes.unseen.length, homes.students.length]).toEqual([19, 3, 5]);
	const loads = [0, 0];
	homes.training.forEach((slot, group) => (loads[slot] += group < 18 ? 256 : 16));
	homes.unseen.forEach((slot) => (loads[slot] += 16 * 104));
	homes.students.forEach((slot) => (loads[slot] += 1000));
	expect(loads[0] + loads[1]).toBe(289 * 16 + 48 * 104 + 5000);
	expect(Math.abs(loads[0] - loads[1])).toBeLessThan(0.1 * (loads[0] + loads[1]));
});
