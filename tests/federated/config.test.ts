import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, parseConfig, parseKnob } from '../../src/lib/federated/config';
import { knobNames, knobs, type Knob } from '../../src/lib/federated/knobs';

const sentence = (input: Record<string, unknown>) => parseConfig(input).problems[0]?.sentence;

describe('parseConfig', () => {
	it('accepts its own defaults, as values and as text', () => {
		expect(parseConfig({ ...defaultConfig })).toEqual({ config: defaultConfig, problems: [] });
		const asText = Object.fromEntries(knobNames.map((name) => [name, String(defaultConfig[name])]));
		expect(parseConfig(asText)).toEqual({ config: defaultConfig, problems: [] });
	});

	it('says in one sentence what was expected and what came', () => {
		expect(sentence({ clientLr: '-1' })).toBe(
			'clientLr: expected a number above 0 and at most 10, got "-1"'
		);
		expect(sentence({ rounds: 2.5 })).toBe(
			'rounds: expected a whole number from 1 to 5000, got 2.5'
		);
		expect(sentence({ model: 'resnet' })).toBe(
			'model: expected one of softmax, 2nn, cnn-small, cnn, got "resnet"'
		);
		expect(sentence({ rounds: ' ' })).toBe(
			'rounds: expected a whole number from 1 to 5000, got nothing'
		);
		expect(sentence({ baselines: 'maybe' })).toBe('baselines: expected true or false, got "maybe"');
		expect(sentence({ colour: 'red' })).toBe('colour: there is no knob of this name');
		expect(sentence({ numClients: 300 })).toBe(
			'numClients: expected at most 289 with partition=writers, got 300'
		);
		expect(sentence({ numClients: 300, partition: 'iid' })).toBeUndefined();
		expect(sentence({ cohortSize: 30, numClients: 20 })).toBe(
			'cohortSize: expected at most numClients (20), got 30'
		);
	});

	it('keeps what is good and puts defaults for the rest', () => {
		const { config, problems } = parseConfig({ rounds: '12', seed: 'x', toString: 1 });
		expect(config).toEqual({ ...defaultConfig, rounds: 12 });
		expect(problems.map((problem) => problem.name)).toEqual(['seed', 'toString']);
	});

	it.each(['', ' ', 'NaN', 'Infinity', '1e999', '0x', null, undefined, {}, []])(
		'refuses %j as a number',
		(input) => expect(parseKnob('rounds', input)).toHaveProperty('problem')
	);

	it('never lets a value outside of the range through', () => {
		fc.assert(
			fc.property(fc.constantFrom(...knobNames), fc.anything(), (name, input) => {
				const parsed = parseKnob(name, input);
				const knob: Knob = knobs[name];
				if ('problem' in parsed) expect(parsed.problem.sentence).toContain(`${name}: expected`);
				else if (knob.kind === 'choice') expect(Object.keys(knob.choices)).toContain(parsed.value);
				else if (knob.kind === 'switch') expect(typeof parsed.value).toBe('boolean');
				else {
					expect(parsed.value).toBeGreaterThanOrEqual(knob.min);
					expect(parsed.value).toBeLessThanOrEqual(knob.max);
				}
			})
		);
	});

	it('every stop of every knob is a value it accepts', () => {
		for (const name of knobNames) {
			const knob: Knob = knobs[name];
			if (knob.kind !== 'integer' && knob.kind !== 'real') continue;
			for (const stop of knob.stops) expect(parseKnob(name, stop)).toEqual({ value: stop });
		}
	});
});
