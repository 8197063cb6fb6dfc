/** An error of a cell, as it is shown: what happened, and the line of the cell where it did. */
import { CellSyntaxError } from './compileCell';

export interface CellFailure {
	/** Of the error, e.g. TypeError. */
	name: string;
	message: string;
	/** Line of the cell, from 1; null where the error came from elsewhere. */
	line: number | null;
	/** The cell that the line belongs to; null with the line. */
	cell: string | null;
}

/** Takes anything that was thrown. */
export function cellFailure(error: unknown): CellFailure {
	if (error instanceof CellSyntaxError) {
		const { name, message, line } = error;
		return { name, message: capitalized(message), line, cell: null };
	}
	if (!(error instanceof Error)) {
		return { name: 'Error', message: String(error), line: null, cell: null };
	}
	return { name: error.name, message: error.message, ...placeIn(error.stack ?? '') };
}

/** The innermost frame that lies in a cell; stacks of all engines say "cell/name:line:column". */
function placeIn(stack: string): { line: number | null; cell: string | null } {
	const place = /cell\/([^\s:)]+):(\d+)/.exec(stack);
	return place
		? { cell: decodeURIComponent(place[1]), line: Number(place[2]) }
		: { cell: null, line: null };
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
