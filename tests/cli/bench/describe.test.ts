import { describe, expect, it } from 'vitest';
import { describe as describeFigures } from '../../../src/cli/bench/describe';
import { stepSettings } from '../../../src/cli/bench/targets';

const softmax = stepSettings.find(({ model }) => model === 'softmax')!;
const twoLayers = stepSettings.find(({ model }) => model === '2nn')!;

describe('the tables of the benchmark', () => {
	it('judge a ratio by its target, and leave out what is not present', () => {
		const text = describeFigures({
			steps: [
				{ ...softmax, oursMs: 0.3, opByOpMs: 1, stockMs: 2, torchMs: 0.4, numpyMs: null },
				{ ...twoLayers, oursMs: 0.4, opByOpMs: 2, stockMs: 8, torchMs: 1, numpyMs: 0.5 }
			],
			absences: ['numpy: not present.']
		});
		const [first, second] = text.split('\n').filter((line) => /^ {2}(softmax|2nn)/.test(line));
		expect(first).toMatch(/0\.75 \(≤ 0\.6: no\)\s+2\.50\s+-$/);
		expect(second).toMatch(/0\.40 \(≤ 0\.5: yes\)\s+2\.00 \(≤ 1\.5: no\)\s+0\.80$/);
		expect(text).toContain('numpy: not present.');
	});

	it('print only the parts that were measured', () => {
		const cell = {
			rounds: 80.4,
			publishedRounds: 87,
			clientLr: 0.1,
			seconds: 50,
			mostSeconds: 45
		};
		const text = describeFigures({ cell });
		expect(text.split('\n')).toHaveLength(2);
		expect(text).toContain('80.4 rounds (published 87: yes) in 50.0 s (≤ 45: no)');
	});
});
