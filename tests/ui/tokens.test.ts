/** The colours of roles, told apart by all eyes, and readable where they carry words. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrastOf, seenDistance, type Vision, visions } from '../oracles/colourVision';

const css = readFileSync(new URL('../../src/lib/ui/tokens.css', import.meta.url), 'utf8');

/** A token's value in a theme; one that names another token has that one's. */
function colour(name: string, theme: 'light' | 'dark'): string {
	const value = new RegExp(`--${name}: ([^;]+);`).exec(css)?.[1] ?? '';
	const other = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
	if (other) return colour(other, theme);
	const [, light, dark] = /^light-dark\((#\w{6}), (#\w{6})\)$/.exec(value) ?? [];
	if (!light || !dark) throw new Error(`expected two colours for --${name}, got "${value}"`);
	return theme === 'light' ? light : dark;
}

function closest(names: readonly string[], theme: 'light' | 'dark', vision: Vision): number {
	const distances = names.flatMap((one, i) =>
		names
			.slice(i + 1)
			.map((other) => seenDistance(colour(one, theme), colour(other, theme), vision))
	);
	return Math.min(...distances);
}

/** In OKLab; 0.02 is just noticed. Letters stand at the curves of pinned runs, too. */
const ROLE_FLOOR = 0.065;
const PIN_FLOOR = 0.045;

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
	describe.each(Object.keys(visions) as Vision[])('seen with %s', (vision) => {
		it('has no two roles of one look', () => {
			const roles = ['server', 'learning', 'mask', 'noise', 'rest'];
			expect(closest(roles, theme, vision)).toBeGreaterThan(ROLE_FLOOR);
		});

		it('has no two pinned runs of one look, nor one like the run itself', () => {
			const runs = ['server', 'pin-a', 'pin-b', 'pin-c', 'pin-d'];
			expect(closest(runs, theme, vision)).toBeGreaterThan(PIN_FLOOR);
		});
	});

	it.each([
		'ink',
		'ink-soft',
		'ink-faint',
		'server-text',
		'learning-text',
		'mask-text',
		'noise-text'
	])('reads words in %s on paper and on cards (WCAG 2.2, 4.5 to 1)', (name) => {
		for (const ground of ['paper', 'card']) {
			const contrast = contrastOf(colour(name, theme), colour(ground, theme));
			expect(contrast, `on ${ground}`).toBeGreaterThanOrEqual(4.5);
		}
	});
});

describe('the oracle', () => {
	it('sees white and black 1 apart with any eyes, and 21 to 1 in contrast', () => {
		for (const vision of Object.keys(visions) as Vision[]) {
			expect(seenDistance('#ffffff', '#000000', vision)).toBeCloseTo(1, 3);
		}
		expect(contrastOf('#ffffff', '#000000')).toBeCloseTo(21, 9);
	});

	it('confuses the pairs that each kind of eye is known to confuse', () => {
		// The server blue and the noise purple, the server blue and the learning green as they once were here.
		expect(seenDistance('#005f9e', '#7a3e9d', 'deuteranopia')).toBeLessThan(0.03);
		expect(seenDistance('#005f9e', '#00785a', 'tritanopia')).toBeLessThan(0.05);
		expect(seenDistance('#005f9e', '#00785a', 'all cones')).toBeGreaterThan(0.1);
	});
});
