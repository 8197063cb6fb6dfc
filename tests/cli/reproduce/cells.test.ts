import { describe, expect, it } from 'vitest';
import { cells, defaultCells } from '../../../src/cli/reproduce/cells';
import { cohortSizeOf } from '../../../src/cli/reproduce/runCell';

const cellOf = (name: string) => cells.find((cell) => cell.name === name)!;

describe('the published cells', () => {
	it('are 40 of Table 1 and 18 of Table 2, each with a name of its own', () => {
		expect(cells).toHaveLength(58);
		expect(new Set(cells.map(({ name }) => name)).size).toBe(58);
		expect(cells.filter(({ publishedRounds }) => publishedRounds === null)).toHaveLength(5);
	});

	it('recompute the speed-ups that Table 2 prints over FedSGD', () => {
		const speedUps = (split: string) =>
			['E5/Binf', 'E1/B50', 'E20/Binf', 'E1/B10', 'E5/B50', 'E20/B50', 'E5/B10', 'E20/B10'].map(
				(row) =>
					(
						cellOf(`table2/cnn/${split}/E1/Binf`).publishedRounds! /
						cellOf(`table2/cnn/${split}/${row}`).publishedRounds!
					).toFixed(1)
			);
		expect(speedUps('iid').join()).toBe('3.5,9.6,2.7,18.4,21.6,19.6,31.3,34.8');
		expect(speedUps('shards').join()).toBe('0.5,0.8,0.7,1.4,1.4,1.1,2.1,2.8');
	});

	it('recompute the speed-ups that Table 1 prints over one client a round', () => {
		const speedUps = (column: string, fractions: number[]) =>
			fractions.map((fraction) =>
				(
					cellOf(`table1/${column}/C0`).publishedRounds! /
					cellOf(`table1/${column}/C${fraction}`).publishedRounds!
				).toFixed(1)
			);
		expect(speedUps('2nn/iid/B10', [0.1, 0.2, 0.5, 1]).join()).toBe('3.6,4.1,4.2,4.5');
		expect(speedUps('2nn/shards/B10', [0.1, 0.2, 0.5, 1]).join()).toBe('4.9,5.3,7.4,8.6');
		expect(speedUps('cnn/iid/Binf', [0.1, 0.2, 0.5, 1]).join()).toBe('1.1,1.1,2.4,1.6');
		expect(speedUps('cnn/shards/B10', [0.1, 0.2, 0.5, 1]).join()).toBe('4.6,4.8,3.7,9.9');
	});

	it('begin with 87 and 664 rounds, ten clients a round', () => {
		const [iid, shards] = defaultCells.map(cellOf);
		expect([iid.publishedRounds, shards.publishedRounds]).toEqual([87, 664]);
		expect(cohortSizeOf(iid)).toBe(10);
		expect(cohortSizeOf({ fraction: 0 })).toBe(1);
		expect(cohortSizeOf({ fraction: 1 })).toBe(100);
	});
});
