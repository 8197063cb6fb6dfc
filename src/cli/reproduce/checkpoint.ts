/** A cell that was stopped, on disk: state.json says which settings and accuracies, and names the file of the model. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CellState } from './runCell';

/** What must be the same for a state to be taken up again. */
export interface CheckpointKey {
	cell: string;
	clientLr: number;
	seed: number;
}

interface SavedState extends CheckpointKey {
	accuracies: number[];
	/** Seconds of training so far. */
	seconds: number;
	paramsFile: string;
}

/** The folder of one cell, rate and seed below `out`. */
export function checkpointFolder(out: string, { cell, clientLr, seed }: CheckpointKey): string {
	return join(out, `${cell.replaceAll('/', '-')}-lr${clientLr}-seed${seed}`);
}

/** The new model is whole before state.json names it, and the old one goes last: whatever is cut off, one state stays. */
export function saveCheckpoint(
	folder: string,
	key: CheckpointKey,
	{ params, accuracies }: CellState,
	seconds: number
): void {
	const old = readState(folder);
	const paramsFile = `params-${accuracies.length}.bin`;
	const saved: SavedState = { ...key, accuracies: [...accuracies], seconds, paramsFile };
	try {
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, paramsFile), littleEndian(params));
		writeFileSync(join(folder, 'state.json.part'), JSON.stringify(saved, null, '\t') + '\n');
		renameSync(join(folder, 'state.json.part'), join(folder, 'state.json'));
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code ?? String(error);
		throw new Error(`out: expected a folder that can be written, got ${folder} (${code})`, {
			cause: error
		});
	}
	if (old && old.paramsFile !== paramsFile) rmSync(join(folder, old.paramsFile), { force: true });
}

/** The state of a stopped cell, or null where there is none. Throws one sentence where it cannot be used. */
export function loadCheckpoint(
	folder: string,
	numParams: number
): { state: CellState; seconds: number } | null {
	const saved = readState(folder);
	if (!saved) return null;
	const bytes = readFileSync(join(folder, saved.paramsFile));
	if (bytes.length !== 4 * numParams)
		throw new Error(
			`resume: expected ${4 * numParams} bytes in ${join(folder, saved.paramsFile)}, got ${bytes.length}`
		);
	const params = Float32Array.from({ length: numParams }, (_, i) => bytes.readFloatLE(4 * i));
	return { state: { params, accuracies: saved.accuracies }, seconds: saved.seconds };
}

function readState(folder: string): SavedState | null {
	try {
		return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as SavedState;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
		throw new Error(`resume: expected ${join(folder, 'state.json')} to hold JSON, got other text`, {
			cause: error
		});
	}
}

function littleEndian(params: Float32Array): Uint8Array {
	const bytes = Buffer.alloc(params.byteLength);
	params.forEach((value, i) => bytes.writeFloatLE(value, 4 * i));
	return bytes;
}
