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

	it('judge what a measurement costs by what training costs', () => {
		const text = describeFigures({
			evaluations: [
				{ model: 'softmax', trainUs: 2, measureUs: 0.5 },
				{ model: 'cnn', trainUs: 1000, measureUs: 1100 }
			]
		});
		expect(text).toMatch(/softmax\s+2\.00\s+0\.50\s+0\.25 \(≤ 1: yes\)/);
		expect(text).toMatch(/cnn\s+1000\.00\s+1100\.00\s+1\.10 \(≤ 1: no\)/);
	});

	it('judge rounds by the training inside them, and two workers by one', () => {
		const round = { model: 'cnn', wholeRoundMs: null, startUpMs: 500, trainingBytes: 1e6 } as const;
		const text = describeFigures({
			rounds: [
				{ ...round, numWorkers: 1, roundMs: 100, trainingMs: 90 },
				{ ...round, numWorkers: 2, roundMs: 60, trainingMs: 50 }
			]
		});
		expect(text).toMatch(/cnn\s+1\s+-\s+100\.00\s+90\.00\s+11 % \(≤ 15: yes\)/);
		expect(text).toMatch(/cnn\s+2\s+-\s+60\.00\s+50\.00\s+20 % \(≤ 15: no\)/);
		expect(text).toContain('two workers give 1.67 times the rounds of one (≥ 1.7: no)');
		expect(text).toContain('two threads without a server give 1.80 times the training');
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

	it('judge frames, memory and long tasks of the stage', () => {
		const text = describeFigures({
			stage: {
				frames: [
					{
						model: 'softmax',
						speed: '1×',
						cohortSize: 48,
						numFrames: 600,
						wallMs: { median: 5.9, high: 12, worst: 16.2 },
						processorMs: { median: 6.1, high: 8, worst: 15.9 },
						floor: {
							wallMs: { median: 0.4, high: 1, worst: 9.7 },
							processorMs: { median: 0.3, high: 0.5, worst: 2.2 }
						}
					}
				],
				crowd: {
					numClients: 289,
					seconds: 150.4,
					memory: [
						{ roundNum: 100, heapBytes: 30e6, totalBytes: 249e6 },
						{ roundNum: 200, heapBytes: 31e6, totalBytes: 251e6 }
					],
					numLongTasks: 0,
					longestTaskMs: 0
				}
			}
		});
		expect(text).toMatch(
			/48 {2}1×\s+600 {2}wall\s+5\.9 \(≤ 6: yes\)\s+12\.0\s+16\.2 \(≤ 16: no\)\s+0\.4\s+9\.7/
		);
		expect(text).toMatch(/processor\s+6\.1 \(≤ 6: no\)\s+8\.0\s+15\.9 \(≤ 16: yes\)\s+0\.3\s+2\.2/);
		expect(text).toContain('200 rounds in 150 s');
		expect(text).toContain('from round 100 to 200 it grows by 2.0 MB');
		expect(text).toMatch(/100\s+30\s+249 \(≤ 250: yes\)\n\s+200\s+31\s+251 \(≤ 250: no\)/);
	});
});
