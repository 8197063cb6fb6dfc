import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/lib/math/random';
import { demonstrateSecureSum } from '../../src/lib/scene/secureDemonstration';

const ids = [17, 42, 88, 121, 163, 205];

function createUpdates(seed: number) {
	return new Map(
		ids.map((id) => {
			const random = randomStream(seed, 'noise', 0, id);
			return [id, Float32Array.from({ length: 50 }, () => (random() - 0.5) / 3)];
		})
	);
}

describe('a secure sum in a lesson', () => {
	it('is the sum of those who stayed, for any two who leave', () => {
		fc.assert(
			fc.property(fc.subarray(ids, { maxLength: 2 }), fc.integer(), (droppedIds, seed) => {
				const updates = createUpdates(seed);
				const demonstration = demonstrateSecureSum({ seed: 7, updates, droppedIds });
				const { sum, numDifferingAfter, numDifferingBefore, recoveredIds } = demonstration;
				expect(numDifferingAfter).toBe(0);
				expect(numDifferingBefore).toBeGreaterThan(45);
				expect([...recoveredIds].sort()).toEqual([...droppedIds].sort());
				const stayed = ids.filter((id) => !droppedIds.includes(id));
				sum!.forEach((value, i) => {
					const plain = stayed.reduce((total, id) => total + updates.get(id)![i], 0);
					expect(value).toBeCloseTo(plain, 4);
				});
			}),
			{ numRuns: 12 }
		);
	});

	it('fails with its reason when more leave than the threshold allows', () => {
		const demonstration = demonstrateSecureSum({
			seed: 7,
			updates: createUpdates(1),
			droppedIds: [17, 42, 88]
		});
		expect(demonstration.sum).toBeNull();
		expect(demonstration.numDifferingAfter).toBeNull();
		expect(demonstration.reason).toContain('3');
		expect(demonstration.threshold).toBe(4);
	});
});
