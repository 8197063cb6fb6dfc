/**
 * What a challenge accepts and which choice of a prediction comes true, as authors write it:
 * `unseenAccuracy >= 0.85, rounds <= 10`. Each condition speaks of one field of a report.
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
	value: ReportValue;
}

const pattern = /^([A-Za-z]\w*)\s*(>=|<=|!=|>|<|=)\s*(\S.*)$/;

/** Reads conditions separated by commas; throws one sentence about the first that cannot be read. */
export function parseConditions(text: string): Condition[] {
	return text.split(',').map((part) => {
		const [, field, operator, value] = pattern.exec(part.trim()) ?? [];
		if (!field) {
			throw new Error(`expected a condition like "accuracy >= 0.85", got "${part.trim()}"`);
		}
		return { field, operator: operator as Operator, value: parseValue(value) };
	});
}

/** Whether all of them hold of this report. Throws where the report has no such field. */
export function areMet(conditions: readonly Condition[], report: Report): boolean {
	return conditions.every(({ field, operator, value }) => {
		const reported = report[field];
		if (reported === undefined) {
			throw new Error(`expected a report with "${field}", got ${Object.keys(report).join(', ')}`);
		}
		return operators[operator](reported, value);
	});
}

/** `true`, `false`, a number, or the text itself. */
function parseValue(text: string): ReportValue {
	if (text === 'true' || text === 'false') return text === 'true';
	const number = Number(text);
	return Number.isNaN(number) ? text : number;
}
