import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EvaluationResult } from '../../src/lib/federated/records';
import { packResults, unpackResults } from '../../src/lib/workers/packedResults';

const count = fc.nat(65535);
const result: fc.Arbitrary<EvaluationResult> = fc.record({
	id: count,
	numExamples: count,
	numCorrect: count,
	lossSum: fc.double({ min: 0 }),
	confusion: fc.uint16Array({ minLength: 100, maxLength: 100 })
});

it('brings back every result as it was, whatever is done to the memory it came from', () => {
	fc.assert(
		fc.property(fc.array(result, { maxLength: 5 }), (results) => {
			const before = structuredClone(results);
			const unpacked = unpackResults(structuredClone(packResults(results)));
			for (const { confusion } of results) confusion.fill(7);
			expect(unpacked).toEqual(before);
		})
	);
});
