/** A run as files: everything as JSON, and the rounds as a table for spreadsheets (RFC 4180). */
import type { RunConfig } from '../config';
import type { RoundMetrics } from '../events';

export interface ExportedRun {
	config: RunConfig;
	/** Whether all rounds of the configuration are there. */
	isComplete: boolean;
	/** What a reader did by hand, outside of the seed. Empty where the configuration tells everything. */
	interventions: readonly string[];
	metrics: readonly RoundMetrics[];
}

/** The run as one JSON document, with a line break at its end. */
export function runToJson({ metrics, ...run }: ExportedRun): string {
	return JSON.stringify({ ...run, metrics: metrics.map(nameInfinity) }, null, '\t') + '\n';
}

/** Figures of a round for a file: where no epsilon bounds what is told it is infinite, not unknown. JSON has no such number. */
export function nameInfinity(round: RoundMetrics): object {
	const { privacy } = round;
	if (privacy?.epsilonRdp !== null) return round;
	return { ...round, privacy: { ...privacy, epsilonRdp: 'Infinity' } };
}

/** A run in a table with others. */
export interface TabledRun {
	/** What the run is called in its first column. */
	name: string;
	config: RunConfig;
	metrics: readonly RoundMetrics[];
}

/**
 * One row a round of each run: which run, every setting under its name on the command line, and the figures. Those
 * that a round does not have are empty; nested ones are "evaluation.unseen.accuracy".
 */
export function runsToCsv(runs: readonly TabledRun[]): string {
	return tableToCsv(
		runs.flatMap(({ name, config, metrics }) =>
			metrics.map((round) => ({ run: name, ...config, ...flatten(nameInfinity(round)) }))
		)
	);
}

/** Rows of named values as text; the columns are all names in order of first appearance. */
export function tableToCsv(rows: readonly Readonly<Record<string, unknown>>[]): string {
	const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
	return lines.map((line) => line.map(toCell).join(',') + '\r\n').join('');
}

function flatten(value: object, path = ''): Record<string, unknown> {
	const flat: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
		const key = path + name;
		if (Array.isArray(inner)) flat[key] = inner.join(' ');
		else if (typeof inner === 'object' && inner !== null)
			Object.assign(flat, flatten(inner, `${key}.`));
		// A figure that is missing as a whole has no column of its own; its parts have theirs.
		else if (inner !== null) flat[key] = inner;
	}
	return flat;
}

function toCell(value: unknown): string {
	if (value === null || value === undefined) return '';
	const text = String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
