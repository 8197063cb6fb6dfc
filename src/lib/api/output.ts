/** What a cell shows, as plain data: made where the cell runs, drawn by the page or printed by a terminal. */

export type Output =
	TextOutput | TableOutput | PicturesOutput | ChartOutput | FederationOutput | ReportOutput;

export interface TextOutput {
	kind: 'text';
	tone: 'log' | 'warning' | 'error' | 'value';
	text: string;
}

export type TableValue = string | number | boolean | null;

export interface TableOutput {
	kind: 'table';
	columns: string[];
	rows: TableValue[][];
	/** Rows left out at the end. */
	numHidden: number;
}

/** Square pictures of numbers, row by row. */
export interface PicturesOutput {
	kind: 'pictures';
	/** `ink`: 0 paper to 255; `signed`: around zero; `ring`: integers modulo 2^32. */
	scale: 'ink' | 'signed' | 'ring';
	width: number;
	items: { caption: string; values: Uint8Array | Float32Array | Uint32Array }[];
	numHidden: number;
}

/** Lines over steps. A later chart with the same key takes the place of the earlier one. */
export interface ChartOutput {
	kind: 'chart';
	key: string;
	title: string;
	/** What is counted on the horizontal axis. */
	xLabel: string;
	series: { name: string; points: [x: number, y: number][] }[];
}

/** A federation as it runs: each event of it replaces the picture before. */
export interface FederationOutput {
	kind: 'federation';
	key: string;
	/** The settings that differ from the default ones. */
	settings: Record<string, TableValue>;
	numRounds: number;
	/** Clients of the round under way, and those that have trained. */
	cohort: number[];
	trained: number[];
	/** Rounds that were evaluated. */
	accuracy: { roundNum: number; unseen: number; training: number }[];
	status: 'running' | 'done' | 'stopped';
}

/** What the lesson is told: predictions and challenges listen to it. */
export interface ReportOutput {
	kind: 'report';
	values: Record<string, number | boolean | string>;
}

/** Whether a later output with the same key replaces this one. */
export function keyOf(output: Output): string | null {
	return 'key' in output ? output.key : null;
}
