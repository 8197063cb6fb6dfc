/** What crosses between the page and the worker of its cells. */
import type { Output } from '../api/output';
import type { WorkerAssets } from '../workers/workerAssets';
import type { CellFailure } from './cellFailure';

export type ToKernel =
	| { type: 'open'; assets: WorkerAssets }
	| { type: 'run'; runId: number; cell: string; source: string }
	/** Ends the cell at its next breath; a cell that takes none does not hear it. */
	| { type: 'stop' }
	| { type: 'ping' };

export type FromKernel =
	| { type: 'ready' }
	| { type: 'output'; runId: number; output: Output }
	/** An error that nobody caught, from the cell that ran last or from one before it. */
	| { type: 'stray'; runId: number; failure: CellFailure }
	| { type: 'ended'; runId: number; failure: CellFailure | null }
	/** The kernel itself could not start. */
	| { type: 'refused'; sentence: string }
	| { type: 'pong' };
