/** A cell from its start or its checkpoint to the target, to the last round, or to where it is stopped. */
import type { RunConfig } from '../../lib/federated/config';
import { roundsToTarget } from '../../lib/federated/roundsToTarget';
import { initialParams, modelSpecs } from '../../lib/model/modelSpec';
import { findWasmFiles } from '../../lib/workers/nodeHost';
import { NUM_CLIENTS, type Cell } from './cells';
import { checkpointFolder, loadCheckpoint, saveCheckpoint } from './checkpoint';
import type { Digits } from './digits';
import type { CellResult } from './report';
import { runCell, type CellState } from './runCell';
import { createTrainerPool } from './trainerPool';

export interface CellRun {
	cell: Cell;
	clientLr: number;
	seed: number;
	numWorkers: number;
	/** Rounds after which it is given up; null for three times the published number. */
	maxRounds: number | null;
	/** Folder of the checkpoints; null keeps none. */
	out: string | null;
	isResumed: boolean;
	digits: Digits;
	onRound?: (roundNum: number, maxRounds: number, bestAccuracy: number) => void;
	/** Asked after each round. */
	shouldStop?: () => boolean;
}

/** Rounds between two savings: what a power cut costs. */
const ROUNDS_PER_CHECKPOINT = 25;
/** Where the paper did not reach the target, rounds after which we give up. */
const PATIENCE_WITHOUT_FIGURE = 2000;

export async function reproduceCell(run: CellRun): Promise<CellResult> {
	const { cell, clientLr, seed, out, digits } = run;
	const model = modelOf(cell);
	const { epochs: numEpochs, batchSize, split, publishedRounds, target } = cell;
	const maxRounds = run.maxRounds ?? 3 * (publishedRounds ?? PATIENCE_WITHOUT_FIGURE);
	const key = { cell: cell.name, clientLr, seed };
	const folder = out === null ? null : checkpointFolder(out, key);
	const saved =
		folder && run.isResumed ? loadCheckpoint(folder, modelSpecs[model].numParams) : null;
	const untrained: CellState = { params: initialParams(modelSpecs[model], seed), accuracies: [] };
	const plan = { numEpochs, batchSize, learningRate: clientLr };
	const pool = await createTrainerPool(
		{ model, split, numClients: NUM_CLIENTS, seed, plan, digits, wasmUrls: findWasmFiles() },
		run.numWorkers
	);
	const started = performance.now();
	const secondsSoFar = () => (saved?.seconds ?? 0) + (performance.now() - started) / 1000;
	try {
		for await (const tested of runCell(cell, seed, saved?.state ?? untrained, pool)) {
			const accuracies = [...tested.accuracies, tested.accuracy];
			const roundNum = tested.accuracies.length;
			const bestAccuracy = Math.max(...accuracies);
			const rounds = roundsToTarget(accuracies, target);
			const isComplete = rounds !== null || roundNum >= maxRounds;
			run.onRound?.(roundNum, maxRounds, bestAccuracy);
			const isLast = isComplete || run.shouldStop?.() === true;
			if (folder && (isLast || roundNum % ROUNDS_PER_CHECKPOINT === 0))
				saveCheckpoint(folder, key, tested, secondsSoFar());
			if (!isLast) continue;
			const figures = { publishedRounds, rounds, target, bestAccuracy, isComplete, accuracies };
			return { ...key, ...figures, roundsRun: roundNum, seconds: secondsSoFar() };
		}
		throw new Error('expected rounds without end');
	} finally {
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
