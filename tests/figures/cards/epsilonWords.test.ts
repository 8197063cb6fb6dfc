import { describe, expect, it } from 'vitest';
import { wordEpsilon, wordPromise } from '../../../src/lib/figures/cards/epsilonWords';

describe('wordEpsilon', () => {
	it('calls strong only what is, and nothing in the hundreds protection', () => {
		expect([0, 0.99].map(wordEpsilon)).toEqual(Array(2).fill(expect.stringMatching(/strong/)));
		expect([1, 10].map(wordEpsilon)).toEqual(Array(2).fill(expect.stringMatching(/useful/)));
		expect([10.1, 99].map(wordEpsilon)).toEqual(Array(2).fill(expect.stringMatching(/is weak\./)));
		expect([100, Infinity].map(wordEpsilon)).toEqual(
			Array(2).fill(expect.stringMatching(/no protection/))
		);
	});
});

it('calls no promise strong that may fail for one of the clients', () => {
	expect(wordPromise(0.5, 1e-3, 289)).toBe(wordEpsilon(0.5));
	expect(wordPromise(0.5, 1 / 289, 289)).toMatch(/1\/289 or more, the promise may fail/);
});
