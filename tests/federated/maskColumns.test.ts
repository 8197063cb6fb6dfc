import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPair, joinEnds, maskBytes, pairsOf } from '../../src/lib/federated/maskColumns';

const integer = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const first = fc.array(integer, { minLength: 4, maxLength: 4 });
const fingerprint = integer.map((value) => value.toString(16).padStart(8, '0'));
/** Pairs of clients 0 to 9 with what either end would tell, and who fell silent. */
const round = fc.record({
	pairs: fc.uniqueArray(
		fc
			.tuple(fc.nat(9), fc.nat(9), fingerprint, first, first)
			.filter(([a, b]) => a < b)
			.map(([low, high, hash, lowFirst, highFirst]) => ({
				low,
				high,
				fingerprint: hash,
				lowFirst,
				highFirst
			})),
		{ selector: ({ low, high }) => `${low}/${high}` }
	),
	silent: fc.uniqueArray(fc.nat(9))
});

describe('masks in columns', () => {
	it('are what both ends told of each pair', () => {
		fc.assert(
			fc.property(round, ({ pairs, silent }) => {
				const ids = Array.from({ length: 10 }, (_, id) => id);
				const clients = ids
					.filter((id) => !silent.includes(id))
					.map((clientId) => ({
						clientId,
						ends: pairs.flatMap(({ low, high, lowFirst, highFirst, ...pair }) => {
							if (clientId === low) return [{ ...pair, peerId: high, first: lowFirst }];
							return clientId === high ? [{ ...pair, peerId: low, first: highFirst }] : [];
						})
					}));
				const columns = joinEnds(clients);
				const told = pairs.filter(
					({ low, high }) => !silent.includes(low) || !silent.includes(high)
				);
				expect(pairsOf(columns)).toHaveLength(told.length);
				for (const pair of pairs) {
					const { low, high } = pair;
					const expected = {
						...pair,
						lowFirst: silent.includes(low) ? [] : pair.lowFirst,
						highFirst: silent.includes(high) ? [] : pair.highFirst
					};
					expect(findPair(columns, low, high)).toEqual(told.includes(pair) ? expected : null);
				}
				expect(maskBytes(columns)).toBe(told.length * (8 + 4 + 32 + 1));
			})
		);
	});
});
