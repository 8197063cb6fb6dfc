/** `npm run reproduce`: the published settings of McMahan et al. 2017 (arXiv 1602.05629), published against ours. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../lib/federated/config';
import { roundsToTarget } from '../lib/federated/roundsToTarget';
import { initialParams, modelSpecs } from '../lib/model/modelSpec';
import { findWasmFiles } from '../lib/workers/nodeHost';
import { createProgress } from './progress';
import {
	helpText,
	listCells,
	parseReproduceArguments,
	type ReproduceArguments
} from './reproduce/arguments';
import { NUM_CLIENTS, type Cell } from './reproduce/cells';
import { checkpointFolder, loadCheckpoint, saveCheckpoint } from './reproduce/checkpoint';
import { readDigits, type Digits } from './reproduce/digits';
import { defaultRate } from './reproduce/rates';
import { bestOf, describeProgress, describeResults, type CellResult } from './reproduce/report';
import { runCell, type CellState } from './reproduce/runCell';
import { createTrainerPool } from './reproduce/trainerPool';

/** Rounds between two savings: what a power cut costs. */
const ROUNDS_PER_CHECKPOINT = 25;
/** Where the paper did not reach the target, rounds after which we give up. */
const PATIENCE_WITHOUT_FIGURE = 2000;

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
			if (!isInterrupted) results.push(await reproduceCell(cell, clientLr, given, digits));
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

async function reproduceCell(
	cell: Cell,
	clientLr: number,
	{ seed, numWorkers, out, isResumed, maxRounds: wished }: ReproduceArguments,
	digits: Digits
): Promise<CellResult> {
	const model: RunConfig['model'] = modelOf(cell);
	const maxRounds = wished ?? 3 * (cell.publishedRounds ?? PATIENCE_WITHOUT_FIGURE);
	const key = { cell: cell.name, clientLr, seed };
	const folder = checkpointFolder(out, key);
	const { numParams } = modelSpecs[model];
	const saved = isResumed ? loadCheckpoint(folder, numParams) : null;
	const start: CellState = saved?.state ?? {
		params: initialParams(modelSpecs[model], seed),
		accuracies: []
	};
	const started = performance.now();
	const secondsSoFar = () => (saved?.seconds ?? 0) + (performance.now() - started) / 1000;
	const { epochs: numEpochs, batchSize, split } = cell;
	const plan = { numEpochs, batchSize, learningRate: clientLr };
	const pool = await createTrainerPool(
		{ model, split, numClients: NUM_CLIENTS, seed, plan, digits, wasmUrls: findWasmFiles() },
		numWorkers
	);
	try {
		for await (const tested of runCell(cell, seed, start, pool)) {
			const accuracies = [...tested.accuracies, tested.accuracy];
			const roundNum = tested.accuracies.length;
			const bestAccuracy = Math.max(...accuracies);
			const rounds = roundsToTarget(accuracies, cell.target);
			const isComplete = rounds !== null || roundNum >= maxRounds;
			progress.step(
				roundNum / maxRounds,
				describeProgress(cell, roundNum, maxRounds, bestAccuracy)
			);
			if (isComplete || isInterrupted || roundNum % ROUNDS_PER_CHECKPOINT === 0)
				saveCheckpoint(folder, key, tested, secondsSoFar());
			if (!isComplete && !isInterrupted) continue;
			const { publishedRounds, target } = cell;
			const figures = { publishedRounds, rounds, target, bestAccuracy, isComplete, accuracies };
			return { ...key, ...figures, roundsRun: roundNum, seconds: secondsSoFar() };
		}
		throw new Error('expected rounds without end');
	} finally {
		progress.end();
		pool.dispose();
	}
}

/** The model of a cell, where this version has it. */
function modelOf({ name, model }: Cell): RunConfig['model'] {
	if (Object.hasOwn(modelSpecs, model)) return model as RunConfig['model'];
	throw new Error(
		`${name}: expected a model among ${Object.keys(modelSpecs).join(', ')}, got ${model}`
	);
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
