/**
 * What the cells of one page share: the names they declare, with the notebook's functions beneath them. A name may
 * be declared again, so a cell may run again; a function declared at the top sees later values of the others.
 */
import { compileCell } from './compileCell';
import { cellFailure, type CellFailure } from './cellFailure';

export type CellResult = { isDone: true; value: unknown } | { isDone: false; failure: CellFailure };

export interface Session {
	/** Runs a cell to its end; never rejects. `cell` is its name, as errors say it. */
	run(source: string, cell: string): Promise<CellResult>;
	/** Where an error that nobody caught came from. */
	locate(error: unknown): CellFailure;
	/** Names that cells have declared so far. */
	names(): string[];
}

/** `globals` are at hand in every cell and may be covered by names of the session. */
export function createSession(globals: Readonly<Record<string, unknown>>): Session {
	const scope: Record<string, unknown> = Object.assign(Object.create(null), globals);
	const declared = new Set<string>();

	async function execute(source: string, cell: string): Promise<unknown> {
		const { code, names } = compileCell(source);
		for (const name of names) {
			declared.add(name);
			// `with` finds only names that are there already.
			if (!(name in scope)) scope[name] = undefined;
		}
		return evaluate(code, cell)(scope);
	}

	return {
		async run(source, cell) {
			try {
				return { isDone: true, value: await execute(source, cell) };
			} catch (error) {
				return { isDone: false, failure: cellFailure(error) };
			}
		},
		locate: cellFailure,
		names: () => [...declared]
	};
}

/** On the first line, so that line 1 of the cell is line 1 of what runs. */
function evaluate(code: string, cell: string): (scope: object) => Promise<unknown> {
	const source = `(async function ($session) { with ($session) { ${code}\n}})\n//# sourceURL=${sourceName(cell)}`;
	// By the global's own method: then the code sees the global scope and runs in sloppy mode, which `with` needs.
	return globalThis.eval(source) as (scope: object) => Promise<unknown>;
}

/** How the cell is called in the stack of an error. */
function sourceName(cell: string): string {
	return `cell/${encodeURIComponent(cell)}`;
}
