import { describe, expect, it } from 'vitest';
import { createClient } from '../../../src/lib/scene/runSnapshot';
import { keepGlyphs, keepHolders, keepList, keepMost } from '../../../src/lib/scene/stage/settled';
import type { Glyph } from '../../../src/lib/scene/stage/shapes';

const glyph: Glyph = {
	id: 0,
	x: 1,
	y: 2,
	radius: 3,
	state: 'training',
	isForward: true,
	trained: 0.2,
	loss: 1,
	accuracy: null
};
const other: Glyph = { ...glyph, id: 1, x: 9 };

describe('keepGlyphs', () => {
	it('keeps the old list while only progress changes', () => {
		const before = [glyph, other];
		expect(keepGlyphs(before, [{ ...glyph, trained: 0.9, loss: 0.1 }, { ...other }])).toBe(before);
	});

	it.each([{ x: 7 }, { y: 7 }, { radius: 7 }, { state: 'trained' }, { isForward: false }] as const)(
		'replaces only whoever looks different: %o',
		(change) => {
			const changed = { ...glyph, ...change };
			const now = keepGlyphs([glyph, other], [changed, { ...other }]);
			expect(now[0]).toBe(changed);
			expect(now[1]).toBe(other);
		}
	);

	it('follows when there are more or fewer', () => {
		expect(keepGlyphs([glyph, other], [glyph])).toEqual([glyph]);
		expect(keepGlyphs([glyph], [glyph, other])).toEqual([glyph, other]);
	});
});

describe('keepHolders', () => {
	const labels = [3, 4];
	const holding = { numExamples: 7, numHeldOut: 1, labelCounts: labels };
	const before = [createClient(0, holding)];

	it('keeps the clients whatever they do, and not when their digits are others', () => {
		expect(keepHolders(before, [{ ...before[0], phase: 'training' }])).toBe(before);
		expect(keepHolders(before, [createClient(0, { ...holding, labelCounts: [3, 4] })])).toBe(
			before
		);
		const dealt = [createClient(0, { ...holding, labelCounts: [4, 3] })];
		expect(keepHolders(before, dealt)).toBe(dealt);
		expect(keepHolders(before, [])).toEqual([]);
	});
});

it('keeps a list of the same objects', () => {
	const before = [glyph, other];
	expect(keepList(before, [glyph, other])).toBe(before);
	expect(keepList(before, [other, glyph])).toEqual([other, glyph]);
});

it('lets a list become another one a few objects at a time', () => {
	const before = ['a', 'b', 'c', 'd'];
	const now = ['a', 'B', 'C', 'D', 'E'];
	const first = keepMost(before, now, 2);
	expect(first).toEqual(['a', 'B', 'C', 'd', 'E']);
	expect(keepMost(first, now, 2)).toBe(now);
	expect(keepMost(before, ['A'], 2)).toEqual(['A']);
});
