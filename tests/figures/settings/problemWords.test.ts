import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig, parseKnob } from '../../../src/lib/federated/config';
import { knobNames, knobs } from '../../../src/lib/federated/knobs';
import { readTyped, wordProblem } from '../../../src/lib/figures/settings/problemWords';

/** The first problem of these settings, in the words of the page. */
function problemOf(changes: Partial<typeof defaultConfig>) {
	const config = { ...defaultConfig, ...changes };
	return wordProblem(parseConfig(config).problems[0], config);
}

describe('wordProblem', () => {
	it('names every knob by its label when its value is refused', () => {
		for (const name of knobNames) {
			const parsed = parseKnob(name, 'nonsense');
			if (!('problem' in parsed)) throw new Error(`${name} took nonsense`);
			const { sentence } = wordProblem(parsed.problem, defaultConfig);
			expect(sentence).toMatch(/: expected .*, got "nonsense"$/);
			expect(sentence.startsWith(`${knobs[name].label}: `)).toBe(true);
		}
	});

	it('uses labels inside the sentence, too', () => {
		expect(problemOf({ numClients: 10, cohortSize: 50 }).sentence).toBe(
			'Cohort size: expected at most “Clients” (10), got 50'
		);
		expect(problemOf({ numClients: 300 }).sentence).toBe(
			'Clients: expected a whole number from 2 to 289 with “Real writers”, got 300'
		);
	});

	it('gives the bound that holds at once, whatever was typed', () => {
		const wordsOf = (typed: string, partition: 'writers' | 'iid') => {
			const parsed = parseKnob('numClients', typed);
			if (!('problem' in parsed)) throw new Error(`clients took ${typed}`);
			return wordProblem(parsed.problem, { ...defaultConfig, partition }).sentence;
		};
		expect(wordsOf('0', 'writers')).toContain('from 2 to 289 with “Real writers”, got "0"');
		expect(wordsOf('', 'writers')).toContain('from 2 to 289 with “Real writers”, got nothing');
		expect(wordsOf('0', 'iid')).toBe('Clients: expected a whole number from 2 to 1000, got "0"');
	});

	it('offers the one setting that lets distributed noise run', () => {
		const config = { ...defaultConfig, dp: 'distributed' } as const;
		const { sentence, remedy } = problemOf(config);
		expect(sentence).toBe(
			'Noise: one share of distributed noise hides nobody alone, so it needs secure aggregation'
		);
		expect(remedy?.label).toBe('Turn on secure aggregation');
		expect(parseConfig({ ...config, ...remedy?.change }).problems).toEqual([]);
	});
});

describe('readTyped', () => {
	it('takes a decimal comma for a point', () => {
		expect(parseKnob('clientLr', readTyped(knobs.clientLr, '0,1'))).toEqual({ value: 0.1 });
		expect(parseKnob('clientLr', readTyped(knobs.clientLr, ',25 '))).toEqual({ value: 0.25 });
	});

	it('takes shares in percent, and nothing else', () => {
		for (const typed of ['50 %', '50%', ' 50,0 % ']) {
			expect(parseKnob('dropout', readTyped(knobs.dropout, typed))).toEqual({ value: 0.5 });
		}
		expect(readTyped(knobs.dropout, '0.5')).toBe('0.5');
		expect('problem' in parseKnob('dropout', readTyped(knobs.dropout, '150 %'))).toBe(true);
		expect(readTyped(knobs.clientLr, '50 %')).toBe('50 %');
		expect(readTyped(knobs.rounds, '50 %')).toBe('50 %');
	});

	it('does not guess at thousands or at anything else', () => {
		expect(readTyped(knobs.rounds, '1,000')).toBe('1,000');
		expect(readTyped(knobs.clientLr, '1,000,5')).toBe('1,000,5');
		expect(readTyped(knobs.clientLr, 0.5)).toBe(0.5);
	});
});
