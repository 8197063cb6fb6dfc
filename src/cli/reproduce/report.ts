/** What a reproduced cell says: published against ours. */
import type { Cell } from './cells';

export interface CellResult {
	cell: string;
	publishedRounds: number | null;
	/** Fractional, counted as the paper does; null where the target was not reached. */
	rounds: number | null;
	target: number;
	/** The best test accuracy of all rounds. */
	bestAccuracy: number;
	clientLr: number;
	seed: number;
	/** Rounds trained and tested. */
	roundsRun: number;
	/** False where it was stopped before the target and the last round. */
	isComplete: boolean;
	/** Seconds of training and testing. */
	seconds: number;
	/** Test accuracy by round, the untrained model first. */
	accuracies: readonly number[];
}

/** The best rate of each cell: fewest rounds; where none reached the target, the highest accuracy. */
export function bestOf(results: readonly CellResult[]): CellResult[] {
	const best = new Map<string, CellResult>();
	for (const result of results) {
		const rival = best.get(result.cell);
		if (!rival || isBetter(result, rival)) best.set(result.cell, result);
	}
	return [...best.values()];
}

function isBetter(a: CellResult, b: CellResult): boolean {
	if (a.rounds !== null || b.rounds !== null)
		return (a.rounds ?? Infinity) < (b.rounds ?? Infinity);
	return a.bestAccuracy > b.bestAccuracy;
}

/** A table for people. */
export function describeResults(results: readonly CellResult[]): string {
	const header = `${'Cell'.padEnd(32)}${'Target'.padStart(8)}${'Published'.padStart(11)}${'Ours'.padStart(9)}${'Rate'.padStart(8)}${'Best'.padStart(10)}${'Seconds'.padStart(9)}`;
	const lines = results.map((result) => {
		const { cell, target, publishedRounds, rounds, clientLr, bestAccuracy, seconds } = result;
		return (
			cell.padEnd(32) +
			`${Math.round(100 * target)} %`.padStart(8) +
			String(publishedRounds ?? 'never').padStart(11) +
			(rounds === null ? `> ${result.roundsRun}` : rounds.toFixed(1)).padStart(9) +
			String(clientLr).padStart(8) +
			`${(100 * bestAccuracy).toFixed(2)} %`.padStart(10) +
			seconds.toFixed(1).padStart(9)
		);
	});
	return ['Rounds to the target', header, ...lines].join('\n');
}

/** How a cell is named while it runs. */
export function describeProgress(
	cell: Cell,
	roundNum: number,
	maxRounds: number,
	best: number
): string {
	return `${cell.name}: round ${roundNum} of at most ${maxRounds}, best ${(100 * best).toFixed(2)} % of ${Math.round(100 * cell.target)} %`;
}
