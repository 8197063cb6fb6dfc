import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	findPacked,
	packAccuracies,
	packClients,
	packPairs,
	unpackAccuracies,
	unpackClients,
	unpackPairs
} from '../../src/lib/scene/packedRound';
import { phases, type ClientRound } from '../../src/lib/scene/roundRecord';

const count = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const real = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, 0));
/** Right ones of so many, as the engine divides them. */
const share = (total: number) => fc.integer({ min: 0, max: total }).map((n) => n / total);
const heldOut = fc.integer({ min: 1, max: 400 }).chain((numExamples) =>
	fc.record({
		numExamples: fc.constant(numExamples),
		received: share(numExamples),
		trained: share(numExamples)
	})
);
const client: fc.Arbitrary<ClientRound> = fc.record({
	id: count,
	numExamples: count,
	droppedIn: fc.option(fc.constantFrom(...phases)),
	isByHand: fc.boolean(),
	hasStarted: fc.boolean(),
	isTrained: fc.boolean(),
	stepLosses: fc.constant([]),
	loss: fc.option(real),
	deltaNorm: fc.option(real),
	bytesDown: count,
	bytesUp: count,
	trained: fc.constant(null),
	clipped: fc.constant(null),
	noised: fc.constant(null),
	masked: fc.constant(null),
	coded: fc.constant(null),
	publicKey: fc.option(fc.string()),
	heldOut: fc.option(heldOut)
});
const clients = fc.uniqueArray(client, { selector: ({ id }) => id });

describe('a packed round', () => {
	it('gives the same clients back, number by number', () => {
		fc.assert(
			fc.property(clients, (given) => {
				const packed = packClients(given);
				expect(unpackClients(packed)).toEqual(given);
				for (const one of given) expect(findPacked(packed, one.id)).toEqual(one);
				const strangerId = Math.max(-1, ...given.map(({ id }) => id)) + 1;
				expect(findPacked(packed, strangerId)).toBeNull();
			})
		);
	});

	it('gives the same accuracies back', () => {
		const measured = fc.integer({ min: 1, max: 400 }).chain((numExamples) =>
			fc.record({
				id: count,
				numExamples: fc.constant(numExamples),
				accuracy: share(numExamples)
			})
		);
		fc.assert(
			fc.property(fc.array(measured), (given) => {
				expect(unpackAccuracies(packAccuracies(given))).toEqual(given);
			})
		);
	});

	it('gives the same pairs back', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(count, count)), (given) => {
				expect(unpackPairs(packPairs(given))).toEqual(given);
			})
		);
	});
});
