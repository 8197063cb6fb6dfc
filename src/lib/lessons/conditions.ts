/**
 * What a challenge accepts and which choice of a prediction comes true, as authors write it:
 * `unseenAccuracy >= 0.85, rounds <= 10, alone < federated, kind = 'noise'`. On the left stands a field of a
 * report; on the right a number, true or false, a text in single quotes, or another field.
 */
import type { Report, ReportValue } from './report';

const operators = {
	'>=': (field: ReportValue, value: ReportValue) => field >= value,
	'<=': (field: ReportValue, value: ReportValue) => field <= value,
	'!=': (field: ReportValue, value: ReportValue) => field !== value,
	'>': (field: ReportValue, value: ReportValue) => field > value,
	'<': (field: ReportValue, value: ReportValue) => field < value,
	'=': (field: ReportValue, value: ReportValue) => field === value
};

export type Operator = keyof typeof operators;

export interface Condition {
	field: string;
	operator: Operator;
	/** What the field is compared with: a value, or the field of this name. */
	value: ReportValue | { field: string };
}

const pattern = /^([A-Za-z]\w*)\s*(>=|<=|!=|>|<|=)\s*(\S.*)$/;

/** Reads conditions separated by commas; throws one sentence about the first that cannot be read. */
export function parseConditions(text: string): Condition[] {
	return text.split(',').map((part) => {
		const [, field, operator, value] = pattern.exec(part.trim()) ?? [];
		if (!field) {
			throw new Error(`expected a condition like "accuracy >= 0.85", got "${part.trim()}"`);
		}
		return { field, operator: operator as Operator, value: parseValue(value.trim()) };
	});
}

/** Whether all of them hold of this report. Throws where the report has no such field. */
export function areMet(conditions: readonly Condition[], report: Report): boolean {
	return conditions.every(({ field, operator, value }) => {
		const right = typeof value === 'object' ? readField(report, value.field) : value;
		return operators[operator](readField(report, field), right);
	});
}

function readField(report: Report, field: string): ReportValue {
	const value = report[field];
	if (value === undefined) {
		throw new Error(`expected a report with "${field}", got ${Object.keys(report).join(', ')}`);
	}
	return value;
}

function parseValue(text: string): Condition['value'] {
	if (text === 'true' || text === 'false') return text === 'true';
	if (Number.isFinite(Number(text))) return Number(text);
	const [, quoted] = /^'([^']*)'$/.exec(text) ?? [];
	if (quoted !== undefined) return quoted;
	if (/^[A-Za-z]\w*$/.test(text)) return { field: text };
	throw new Error(`expected a number, true, false, 'text' or a field, got "${text}"`);
}
