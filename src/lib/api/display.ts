/** What a cell can show besides its last value. */
import { describeValue } from './describeValue';
import { Digits } from './digits';
import type { ChartOutput, TableValue } from './output';
import { paramsOf, type Trained } from './measuring';
import { expectNumber, type World } from './world';

/** One value a step, or points of one's own. */
export type Series = readonly number[] | readonly (readonly [x: number, y: number])[];

export interface DisplayApi {
	/**
	 * Shows any value now, before the cell is done.
	 * @example
	 * show(writers[0].train.labelCounts);
	 */
	show(value: unknown): void;
	/**
	 * Shows digits as pictures, with their labels: the first 20, or `count`.
	 * @example
	 * showDigits(writers[0].train, { count: 10 });
	 */
	showDigits(digits: Digits, options?: { count?: number }): void;
	/**
	 * Shows numbers as square pictures: vermilion above zero and blue below (`signed`), ink (`ink`), or integers modulo 2^32
	 * (`ring`). Takes one vector of 784 numbers or several.
	 * @example
	 * showPictures([update.subarray(0, 784)], { captions: ['what changed'] });
	 */
	showPictures(
		vectors: ArrayLike<number> | readonly ArrayLike<number>[],
		options?: { captions?: readonly string[]; scale?: 'signed' | 'ink' | 'ring' }
	): void;
	/**
	 * Shows a softmax model, or an update of one, as ten pictures: the weight of each pixel for each digit.
	 * @example
	 * showModel(state);
	 */
	showModel(trained: Trained): void;
	/**
	 * Draws curves: an object with one list of values a name. Called again with the same title in one cell, it draws the
	 * chart anew, so a curve can grow.
	 * @example
	 * chart('Accuracy', { federated: [0.1, 0.4, 0.6], centralised: [0.3, 0.6, 0.7] }, { x: 'round' });
	 */
	chart(title: string, series: Record<string, Series>, options?: { x?: string }): void;
	/**
	 * Shows objects as a table, one row each.
	 * @example
	 * table(result.metrics.perClient);
	 */
	table(rows: readonly object[]): void;
	/**
	 * Tells the lesson what the cell computed; predictions and challenges listen. Numbers, switches and words only.
	 * @example
	 * report({ accuracy: metrics.accuracy, rounds: state.roundNum });
	 */
	report(values: Record<string, number | boolean | string>): void;
}

const MAX_PICTURES = 120;
const MAX_ROWS = 200;

export function createDisplayApi({ show }: World): DisplayApi {
	return {
		show: (value) => show(describeValue(value)),

		showDigits(digits, { count = 20 } = {}) {
			if (!(digits instanceof Digits))
				throw new TypeError('showDigits: expected digits, e.g. writers[0].train');
			expectNumber('count', count, { min: 1, isWhole: true });
			const shown = digits.take(Math.min(count, MAX_PICTURES));
			const items = Array.from(shown.labels, (label, i) => ({
				caption: String(label),
				values: shown.images.slice(i * 784, (i + 1) * 784)
			}));
			const numHidden = Math.min(count, digits.numExamples) - items.length;
			show({ kind: 'pictures', scale: 'ink', width: 28, items, numHidden });
		},

		showPictures(vectors, { captions = [], scale = 'signed' } = {}) {
			const several = isVector(vectors) ? [vectors] : [...vectors];
			const items = several.slice(0, MAX_PICTURES).map((vector, i) => ({
				caption: captions[i] ?? '',
				values: asNumbers(vector, scale)
			}));
			const width = Math.sqrt(items[0]?.values.length ?? 0);
			if (!Number.isInteger(width) || items.some(({ values }) => values.length !== width * width))
				throw new RangeError(
					'showPictures: expected square pictures of one size, e.g. of 784 numbers'
				);
			show({ kind: 'pictures', scale, width, items, numHidden: several.length - items.length });
		},

		showModel(trained) {
			const params = paramsOf(trained);
			if (params.length !== 7850)
				throw new RangeError(
					`showModel: expected a softmax model of 7,850 numbers, got ${params.length}`
				);
			const items = Array.from({ length: 10 }, (_, digit) => ({
				caption: String(digit),
				values: Float32Array.from({ length: 784 }, (_, pixel) => params[pixel * 10 + digit])
			}));
			show({ kind: 'pictures', scale: 'signed', width: 28, items, numHidden: 0 });
		},

		chart(title, series, { x = 'step' } = {}) {
			if (typeof series !== 'object' || series === null)
				throw new TypeError('chart: expected an object with one list of values a name');
			const drawn = Object.entries(series).map(([name, values]) => ({
				name,
				points: pointsOf(values)
			}));
			show({ kind: 'chart', key: `chart/${title}`, title, xLabel: x, series: drawn });
		},

		table(rows) {
			if (!Array.isArray(rows)) throw new TypeError('table: expected an array of objects');
			const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
			const cells = rows
				.slice(0, MAX_ROWS)
				.map((row) => columns.map((column) => cellOf((row as Record<string, unknown>)[column])));
			show({ kind: 'table', columns, rows: cells, numHidden: rows.length - cells.length });
		},

		report(values) {
			for (const [name, value] of Object.entries(values)) {
				if (!['number', 'boolean', 'string'].includes(typeof value))
					throw new TypeError(`report: expected a number, a switch or a word as ${name}`);
			}
			show({ kind: 'report', values: { ...values } });
		}
	};
}

function isVector(
	value: ArrayLike<number> | readonly ArrayLike<number>[]
): value is ArrayLike<number> {
	return typeof value[0] === 'number';
}

function asNumbers(vector: ArrayLike<number>, scale: 'signed' | 'ink' | 'ring') {
	if (scale === 'ink') return Uint8Array.from(vector);
	return scale === 'ring' ? Uint32Array.from(vector) : Float32Array.from(vector);
}

/** Values count from 1. */
function pointsOf(values: Series): ChartOutput['series'][number]['points'] {
	return [...values].map((value, i) =>
		typeof value === 'number' ? [i + 1, value] : [value[0], value[1]]
	);
}

function cellOf(value: unknown): TableValue {
	if (value === undefined || value === null) return null;
	if (['number', 'string', 'boolean'].includes(typeof value)) return value as TableValue;
	const described = describeValue(value);
	return described.kind === 'text' ? described.text : typeof value;
}
