import { describe, expect, it } from 'vitest';
import { parseReproduceArguments } from '../../../src/cli/reproduce/arguments';

function accepted(...argv: string[]) {
	const parsed = parseReproduceArguments(argv);
	if (parsed.kind !== 'run') throw new Error(JSON.stringify(parsed));
	return parsed.arguments;
}

function refused(...argv: string[]): string[] {
	const parsed = parseReproduceArguments(argv);
	return parsed.kind === 'refused' ? parsed.sentences : [];
}

describe('arguments of npm run reproduce', () => {
	it('default to both 2NN cells at their own rates', () => {
		const given = accepted();
		expect(given.cells.map(({ publishedRounds }) => publishedRounds)).toEqual([87, 664]);
		expect(given).toMatchObject({ rates: null, maxRounds: null, seed: 7, isResumed: false });
	});

	it('take cells, rates and the rest', () => {
		const line = '--cell table2/cnn/iid/E5/B50 --clientLr 0.1,0.2 --rounds 9 --seed 0 --workers 0';
		const given = accepted(...line.split(' '), '--resume', '--json', '--out', 'x');
		expect(given.cells.map(({ name }) => name)).toEqual(['table2/cnn/iid/E5/B50']);
		expect(given).toMatchObject({ rates: [0.1, 0.2], maxRounds: 9, seed: 0, numWorkers: 0 });
		expect(given).toMatchObject({ isResumed: true, isJson: true, out: 'x' });
	});

	it.each([
		[['--cell', 'table3'], 'cell: expected a name that --list prints, got "table3"'],
		[
			['--clientLr', '0.1,-1'],
			'clientLr: expected numbers above 0 and at most 10, separated by commas, got "0.1,-1"'
		],
		[
			['--clientLr', ''],
			'clientLr: expected numbers above 0 and at most 10, separated by commas, got ""'
		],
		[['--rounds', '0'], 'rounds: expected a whole number from 1 to 100000, got "0"'],
		[['--rounds', ''], 'rounds: expected a whole number from 1 to 100000, got ""'],
		[['--seed', '1.5'], 'seed: expected a whole number from 0 to 4294967295, got "1.5"'],
		[['--workers', 'two'], 'workers: expected a whole number from 0 to 64, got "two"']
	])('refuse %j in one sentence', (argv, sentence) => {
		expect(refused(...argv)).toEqual([sentence]);
	});

	it('refuse options that do not exist', () => {
		expect(refused('--cells', 'x')[0]).toContain("Unknown option '--cells'");
	});
});
