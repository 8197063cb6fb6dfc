import { describe, expect, it } from 'vitest';
import { areMet, parseConditions } from '../../src/lib/lessons/conditions';

const report = { accuracy: 0.85, rounds: 10, alone: 0.6, kind: 'noise', isOn: true };
const holds = (text: string) => areMet(parseConditions(text), report);

describe('conditions', () => {
	it.each([
		['accuracy >= 0.85', true],
		['accuracy > 0.85', false],
		['accuracy <= 0.85', true],
		['accuracy < 0.85', false],
		['rounds = 10', true],
		['rounds != 10', false],
		['alone < accuracy', true],
		['alone >= accuracy', false],
		["kind = 'noise'", true],
		["kind != 'noise'", false],
		['isOn = true', true],
		['isOn = false', false],
		['accuracy >= 0.8, rounds <= 10', true],
		['accuracy >= 0.8, rounds < 10', false],
		['accuracy > 1, rounds = 10', false]
	])('%s is %s', (text, expected) => {
		expect(holds(text)).toBe(expected);
	});

	it.each(['', 'accuracy', 'accuracy ~ 1', '>= 1', 'a = 1,', 'a = b c', "a = 'open"])(
		'refuses "%s"',
		(text) => {
			expect(() => parseConditions(text)).toThrow(/^expected .* got /);
		}
	);

	it('refuses a report without the field', () => {
		expect(() => holds('loss < 1')).toThrow('expected a report with "loss"');
		expect(() => holds('alone < loss')).toThrow('expected a report with "loss"');
	});
});
