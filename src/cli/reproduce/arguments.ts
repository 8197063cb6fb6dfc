/** Command line arguments of `npm run reproduce`. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { firstSentence, withSeparatedValues } from '../arguments';
import { cells, defaultCells, type Cell } from './cells';
import { defaultRate } from './rates';

export interface ReproduceArguments {
	cells: Cell[];
	/** Learning rates to try on each cell; null for the default one of each. */
	rates: number[] | null;
	/** Rounds after which a cell is given up; null for three times the published number. */
	maxRounds: number | null;
	seed: number;
	numWorkers: number;
	/** Folder for the results and for what is stopped. */
	out: string;
	isResumed: boolean;
	isJson: boolean;
}

/** Either arguments, or a list or help that was asked for, or the sentences that say why there are none. */
export type ParsedReproduce =
	| { kind: 'run'; arguments: ReproduceArguments }
	| { kind: 'help' }
	| { kind: 'list' }
	| { kind: 'refused'; sentences: string[] };

const MAX_WORKERS = 64;
const MAX_RATE = 10;
const MAX_ROUNDS = 100_000;
const MAX_SEED = 2 ** 32 - 1;

const options = {
	cell: { type: 'string', multiple: true },
	clientLr: { type: 'string' },
	rounds: { type: 'string' },
	seed: { type: 'string' },
	workers: { type: 'string' },
	out: { type: 'string' },
	resume: { type: 'boolean' },
	json: { type: 'boolean' },
	list: { type: 'boolean' },
	help: { type: 'boolean', short: 'h' }
} as const;

export function parseReproduceArguments(argv: readonly string[]): ParsedReproduce {
	let values;
	try {
		values = parseArgs({ args: withSeparatedValues(argv), options }).values;
	} catch (error) {
		return { kind: 'refused', sentences: [`${firstSentence(error)} (--help lists all options)`] };
	}
	if (values.help) return { kind: 'help' };
	if (values.list) return { kind: 'list' };

	const sentences: string[] = [];
	const whole = (name: string, text: string | undefined, min: number, max: number) => {
		const value = Number(text);
		if (text === undefined || (text.trim() !== '' && isWhole(value, min, max))) return value;
		sentences.push(`${name}: expected a whole number from ${min} to ${max}, got "${text}"`);
		return min;
	};
	const chosen = (values.cell ?? defaultCells).flatMap((name) => {
		const cell = cells.find((known) => known.name === name);
		if (!cell) sentences.push(`cell: expected a name that --list prints, got "${name}"`);
		return cell ? [cell] : [];
	});
	const rates = values.clientLr === undefined ? null : values.clientLr.split(',').map(Number);
	if (rates?.some((rate) => !(rate > 0 && rate <= MAX_RATE)))
		sentences.push(
			`clientLr: expected numbers above 0 and at most ${MAX_RATE}, separated by commas, got "${values.clientLr}"`
		);
	const maxRounds = whole('rounds', values.rounds, 1, MAX_ROUNDS);
	const seed = whole('seed', values.seed ?? '7', 0, MAX_SEED);
	const numWorkers = whole(
		'workers',
		values.workers ?? String(Math.min(MAX_WORKERS, availableParallelism())),
		0,
		MAX_WORKERS
	);
	if (sentences.length > 0) return { kind: 'refused', sentences };
	return {
		kind: 'run',
		arguments: {
			cells: chosen,
			rates,
			maxRounds: values.rounds === undefined ? null : maxRounds,
			seed,
			numWorkers,
			out: values.out ?? 'results/reproduce',
			isResumed: values.resume === true,
			isJson: values.json === true
		}
	};
}

/** The text of --list: every cell with its published number and the rate it is trained with. */
export function listCells(): string {
	const lines = cells.map((cell) => {
		const rounds = cell.publishedRounds ?? 'not reached';
		return `  ${cell.name.padEnd(32)}${String(rounds).padStart(12)}   rate ${defaultRate(cell)}`;
	});
	return ['  Cell                             Published rounds', ...lines].join('\n');
}

export const helpText = `Trains the published settings of McMahan et al. 2017 on MNIST, and counts the rounds to the published accuracy.

  npm run reproduce
  npm run reproduce -- --cell table1/2nn/iid/B10/C0.1 --clientLr 0.1,0.2

  --cell NAME       A cell of Table 1 or 2, as --list prints them; again for more. Default: ${defaultCells.join(' and ')}
  --clientLr RATES  Learning rates, separated by commas: each is tried, the best counts. Default: one for each cell
  --rounds N        Rounds after which a cell is given up; default three times the published number
  --seed N          Starts every random stream; default 7
  --workers N       Threads, from 0 (none) to ${MAX_WORKERS}; default one for each core. Results do not depend on it.
  --out FOLDER      Gets results.json, and what was stopped; default results/reproduce
  --resume          Goes on where Ctrl-C, or anything else, stopped it
  --json            Prints the results as JSON
  --list            Prints all cells
  --help            This text
`;

function isWhole(value: number, min: number, max: number): boolean {
	return Number.isInteger(value) && value >= min && value <= max;
}
