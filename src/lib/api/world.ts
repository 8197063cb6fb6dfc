/** What the functions of a cell need of the place where it runs. */
import type { DatasetStore } from '../data/store';
import type { Learner } from '../federated/learner';
import type { RunConfig } from '../federated/config';
import type { FederationServer } from '../workers/federationServer';
import type { Output } from './output';

export interface World {
	store: DatasetStore;
	createLearner: (config: Pick<RunConfig, 'backend' | 'model'>) => Promise<Learner>;
	/** A federation in this thread. */
	createServer: () => FederationServer;
	/** Takes whatever is to be seen. */
	show: (output: Output) => void;
	/** Lets other messages be answered; rejects with Stopped when the cell is to end. */
	breathe: () => Promise<void>;
	/** The names of TensorFlow.js, for models of the learner's own. */
	tf: object;
}

/** The reader stopped the cell; what its session holds stays as it is. */
export class Stopped extends Error {
	override readonly name = 'Stopped';
	constructor() {
		super('The cell was stopped. What earlier cells have made is still there.');
	}
}

/** Throws one sentence where a number is not what a function can use. */
export function expectNumber(
	name: string,
	value: unknown,
	{ min, max = Infinity, isWhole = false }: { min: number; max?: number; isWhole?: boolean }
): number {
	const isFit =
		typeof value === 'number' &&
		value >= min &&
		value <= max &&
		(!isWhole || Number.isInteger(value));
	if (isFit) return value;
	const noun = isWhole ? 'a whole number' : 'a number';
	const range = max === Infinity ? `of at least ${min}` : `from ${min} to ${max}`;
	throw new RangeError(`${name}: expected ${noun} ${range}, got ${quote(value)}`);
}

function quote(value: unknown): string {
	if (typeof value === 'string') return `"${value}"`;
	return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
