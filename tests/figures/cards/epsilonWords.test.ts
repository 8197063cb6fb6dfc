import { describe, expect, it } from 'vitest';
import { wordEpsilon } from '../../../src/lib/figures/cards/epsilonWords';

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
