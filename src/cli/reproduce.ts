/** `npm run reproduce`: the published settings of McMahan et al. 2017 (arXiv 1602.05629), published against ours. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgress } from './progress';
import {
	helpText,
	listCells,
	parseReproduceArguments,
	type ReproduceArguments
} from './reproduce/arguments';
import { readDigits } from './reproduce/digits';
import { defaultRate } from './reproduce/rates';
import { bestOf, describeProgress, describeResults, type CellResult } from './reproduce/report';
import { reproduceCell } from './reproduce/reproduceCell';

let isInterrupted = false;
const progress = createProgress(process.stderr);

async function reproduce(given: ReproduceArguments): Promise<number> {
	// Heard again and again: a terminal, npm and the loader may each pass the same Ctrl-C on.
	const interrupt = () => void (isInterrupted = true);
	process.on('SIGINT', interrupt);
	process.on('SIGTERM', interrupt);
	const digits = await readDigits();
	const results: CellResult[] = [];
	for (const cell of given.cells) {
		for (const clientLr of given.rates ?? [defaultRate(cell)]) {
			if (isInterrupted) continue;
			const onRound = (roundNum: number, maxRounds: number, best: number) =>
				progress.step(roundNum / maxRounds, describeProgress(cell, roundNum, maxRounds, best));
			const shouldStop = () => isInterrupted;
			results.push(await reproduceCell({ ...given, cell, clientLr, digits, onRound, shouldStop }));
			progress.end();
		}
	}
	const best = bestOf(results);
	mkdirSync(given.out, { recursive: true });
	writeFileSync(join(given.out, 'results.json'), JSON.stringify(results, null, '\t') + '\n');
	console.log(given.isJson ? JSON.stringify(best, null, '\t') : describeResults(best));
	if (isInterrupted)
		progress.say(`Stopped; --resume goes on. What was trained is in ${given.out}.`);
	return isInterrupted ? 130 : 0;
}

const parsed = parseReproduceArguments(process.argv.slice(2));
if (parsed.kind === 'help') console.log(helpText);
else if (parsed.kind === 'list') console.log(listCells());
else if (parsed.kind === 'refused') {
	for (const sentence of parsed.sentences) console.error(sentence);
	process.exit(1);
} else {
	reproduce(parsed.arguments).then(
		(exitCode) => process.exit(exitCode),
		(error: unknown) => {
			console.error(error instanceof Error ? error.message : String(error));
			process.exit(1);
		}
	);
}
