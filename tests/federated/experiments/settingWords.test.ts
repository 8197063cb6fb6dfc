import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/lib/federated/config';
import {
	differingKnobs,
	nameRuns,
	wordSetting
} from '../../../src/lib/federated/experiments/settingWords';

describe('nameRuns', () => {
	it('names runs by what tells them apart, and by nothing else', () => {
		const runs = [
			{ ...defaultConfig, cohortSize: 10 },
			{ ...defaultConfig, cohortSize: 30 }
		];
		expect(nameRuns(runs)).toEqual(['cohort 10', 'cohort 30']);
	});

	it('names all that differs, and leaves out what has no effect', () => {
		const runs = [
			{ ...defaultConfig, localEpochs: 5, clip: 2 },
			{ ...defaultConfig, clientLr: 0.2, clip: 1 }
		];
		expect(nameRuns(runs)).toEqual(['5 epochs, client rate 0.1', '1 epoch, client rate 0.2']);
		const noisy = { ...defaultConfig, dp: 'central', clip: 2 } as const;
		expect(nameRuns([defaultConfig, noisy])).toEqual(['no noise', 'central noise, clip 2']);
	});

	it('says of an option what it is of', () => {
		const coins = { ...defaultConfig, sampling: 'poisson' } as const;
		expect(nameRuns([defaultConfig, coins])).toEqual([
			'cohorts of a fixed size',
			'cohorts drawn by a coin for each client'
		]);
	});

	it('says so where nothing differs', () => {
		expect(nameRuns([defaultConfig, { ...defaultConfig }])).toEqual([
			'the same settings',
			'the same settings'
		]);
	});
});

it('finds knobs that differ in any of three runs', () => {
	const runs = [defaultConfig, { ...defaultConfig, seed: 8 }, { ...defaultConfig, rounds: 20 }];
	expect(differingKnobs(runs)).toEqual(['seed', 'rounds']);
});

it('words switches, choices and numbers', () => {
	expect(wordSetting('secureAggregation', true)).toBe('secure aggregation on');
	expect(wordSetting('partition', 'shards')).toBe('digits in shards');
	expect(wordSetting('model', '2nn')).toBe('2NN');
	expect(wordSetting('batchSize', 0)).toBe('batch of everything');
});
