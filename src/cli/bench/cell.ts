/** The published 2NN cell on shuffled digits, as `npm run reproduce` trains it. */
import { cells, defaultCells } from '../reproduce/cells';
import { readDigits } from '../reproduce/digits';
import { defaultRate } from '../reproduce/rates';
import { reproduceCell } from '../reproduce/reproduceCell';

export interface CellTiming {
	/** To 97 % on the test digits; null where it was not reached. */
	rounds: number | null;
	publishedRounds: number;
	clientLr: number;
	/** Seconds on two threads. */
	seconds: number;
	/** What they must not exceed. */
	mostSeconds: number;
}

export async function timeCell(): Promise<CellTiming> {
	const cell = cells.find(({ name }) => name === defaultCells[0])!;
	const clientLr = defaultRate(cell);
	const { rounds, seconds } = await reproduceCell({
		cell,
		clientLr,
		seed: 7,
		numWorkers: 2,
		maxRounds: null,
		out: null,
		isResumed: false,
		digits: await readDigits()
	});
	return { rounds, publishedRounds: cell.publishedRounds!, clientLr, seconds, mostSeconds: 45 };
}
