/** Any value as text, short enough to read: the last value of a cell, and what console.log gets. */
import { Digits } from './digits';
import type { TextOutput } from './output';

const MAX_ITEMS = 12;
const MAX_DEPTH = 3;
const MAX_LENGTH = 20_000;

/** A value as an output. */
export function describeValue(value: unknown): TextOutput {
	return { kind: 'text', tone: 'value', text: cut(textOf(value)) };
}

/** What console.log prints of its arguments. */
export function describeLine(values: readonly unknown[]): string {
	return cut(values.map((value) => (typeof value === 'string' ? value : textOf(value))).join(' '));
}

function textOf(value: unknown, depth = 0, above: readonly object[] = []): string {
	if (typeof value === 'string') return depth === 0 ? value : JSON.stringify(value);
	if (typeof value === 'number') return numberText(value);
	if (typeof value === 'bigint') return `${value}n`;
	if (typeof value === 'function') return `[function ${value.name || 'without name'}]`;
	if (typeof value !== 'object' || value === null) return String(value);
	if (above.includes(value)) return '[itself]';
	return objectText(value, depth, [...above, value]);
}

function objectText(value: object, depth: number, above: readonly object[]): string {
	const inner = (part: unknown) => textOf(part, depth + 1, above);
	if (value instanceof Error) return `${value.name}: ${value.message}`;
	if (value instanceof Digits)
		return `Digits { id: ${value.id}, numExamples: ${value.numExamples} }`;
	if (value instanceof Date) return value.toISOString();
	if (value instanceof Promise) return '[promise: put await before it]';
	if (isTensor(value)) return value.toString();
	if (depth >= MAX_DEPTH) return Array.isArray(value) ? `[${value.length} items]` : '{ … }';
	if (ArrayBuffer.isView(value) && 'length' in value) {
		const numbers = value as unknown as ArrayLike<number>;
		return `${value.constructor.name}(${numbers.length}) ${listText(numbers, inner)}`;
	}
	if (Array.isArray(value)) return listText(value, inner);
	if (value instanceof Map) return `Map(${value.size}) ${listText([...value], inner)}`;
	if (value instanceof Set) return `Set(${value.size}) ${listText([...value], inner)}`;
	return recordText(value, depth, inner);
}

function listText(items: ArrayLike<unknown>, inner: (part: unknown) => string): string {
	const shown = Array.from({ length: Math.min(items.length, MAX_ITEMS) }, (_, i) =>
		inner(items[i])
	);
	const rest = items.length - shown.length;
	return `[${[...shown, ...(rest > 0 ? [`… ${rest} more`] : [])].join(', ')}]`;
}

/** One line where it fits, else one field a line. */
function recordText(value: object, depth: number, inner: (part: unknown) => string): string {
	const fields = Object.entries(value).map(([name, part]) => `${name}: ${inner(part)}`);
	const { constructor } = value;
	const isPlain = !constructor || constructor === Object;
	const head = isPlain ? '' : `${constructor.name} `;
	if (fields.length === 0) return `${head}{}`;
	const line = `${head}{ ${fields.join(', ')} }`;
	if (line.length <= 72 && !line.includes('\n')) return line;
	const indent = '  '.repeat(depth + 1);
	return `${head}{\n${fields.map((field) => indent + field).join(',\n')}\n${'  '.repeat(depth)}}`;
}

/** At most six figures: enough for a loss, and 0.1 + 0.2 reads 0.3. */
function numberText(value: number): string {
	return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function isTensor(value: object): boolean {
	return 'dataId' in value && 'shape' in value;
}

function cut(text: string): string {
	if (text.length <= MAX_LENGTH) return text;
	return `${text.slice(0, MAX_LENGTH)}… (${text.length - MAX_LENGTH} characters more)`;
}
