import { expect, it } from 'vitest';
import { wrapWords } from '../../../src/lib/figures/export/wrapWords';

const upTo = (length: number) => (row: string) => row.length <= length;

it('fills rows with whole words, and loses none', () => {
	const text = 'seed 7, real writers, 289 clients';
	expect(wrapWords(text, upTo(14))).toEqual(['seed 7, real', 'writers, 289', 'clients']);
	expect(wrapWords(text, upTo(100))).toEqual([text]);
	expect(wrapWords(text, upTo(3)).join(' ')).toBe(text);
});
