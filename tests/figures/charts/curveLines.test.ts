import { describe, expect, it } from 'vitest';
import { curveLines, wordValue } from '../../../src/lib/figures/charts/curveLines';
import type { Curve } from '../../../src/lib/scene/curves';

const curve = (values: readonly number[], more: Partial<Curve> = {}): Curve => ({
	role: 'federated',
	name: 'federated',
	points: values.map((value, index) => ({ roundNum: index + 1, value })),
	...more
});
const format = (value: number) => value.toFixed(1);

describe('the value of a curve in words', () => {
	it('names the round where the curve has none of the round asked for', () => {
		expect(wordValue(curve([0.5, 0.6]), 2, format)).toBe('0.6');
		expect(wordValue(curve([0.5, 0.6]), 1, format)).toBe('0.5');
		expect(wordValue(curve([0.5, 0.6]), 3, format)).toBe('round 2: 0.6');
		expect(wordValue(curve([0.5, 0.6]), 0, format)).toBe('–');
		expect(wordValue(curve([0.5, 0.6], { isLevel: true }), 9, format)).toBe('0.6');
	});
});

describe('the lines of a saved picture', () => {
	const long = curve([0.1, 0.2, 0.3], { role: 'pinned', name: 'cohort 30', letter: 'A' });
	const short = curve([0.4], { role: 'pinned', name: 'cohort 5', letter: 'B' });
	const texts = (markedRound: number | null) =>
		curveLines([short, long, curve([0.5, 0.6])], markedRound, format).map(({ text }) => text);

	it('compare all runs after the newest round of the one on stage', () => {
		expect(texts(null)).toEqual([
			'federated · 0.6',
			'A  cohort 30 · 0.2',
			'B  cohort 5 · round 1: 0.4'
		]);
	});

	it('or after the round that is marked', () => {
		expect(texts(1)).toEqual(['federated · 0.5', 'A  cohort 30 · 0.1', 'B  cohort 5 · 0.4']);
	});

	it('show a piece of each line as it is on the page', () => {
		const alone = curve([0.7], { role: 'localOnly', name: 'each writer alone' });
		const strokes = curveLines([alone, long], 1, format).map(({ stroke }) => stroke);
		expect(strokes).toEqual(['curve pinned pin-A', 'curve localOnly']);
	});
});
