import { describe, expect, it } from 'vitest';
import {
	roundsToCsv,
	runToJson,
	tableToCsv
} from '../../../src/lib/federated/experiments/exportRun';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const { metrics } = await finishRun(createTinyServer(), { ...tinyConfig, evaluateEvery: 2 });

/** Splits a table without quoted cells, which these are. */
function readCsv(text: string): Record<string, string>[] {
	const [head, ...lines] = text.trimEnd().split('\r\n');
	const columns = head.split(',');
	return lines.map((line) => {
		const cells = line.split(',');
		expect(cells).toHaveLength(columns.length);
		return Object.fromEntries(columns.map((column, index) => [column, cells[index]]));
	});
}

describe('roundsToCsv', () => {
	it('holds every figure of every round, and nothing where there is none', () => {
		const rows = readCsv(roundsToCsv(metrics));
		expect(rows.map(({ round }) => round)).toEqual(['1', '2', '3']);
		expect(rows[0]['evaluation.unseen.accuracy']).toBe('');
		for (const [
			index,
			{ evaluation, centralized, localOnly, trainingBytes }
		] of metrics.entries()) {
			const row = rows[index];
			const texts = [
				evaluation?.unseen.accuracy,
				evaluation?.worstTenth,
				centralized?.students.loss,
				localOnly?.unseenAccuracy,
				trainingBytes
			].map((value) => String(value ?? ''));
			expect([
				row['evaluation.unseen.accuracy'],
				row['evaluation.worstTenth'],
				row['centralized.students.loss'],
				row['localOnly.unseenAccuracy'],
				row.trainingBytes
			]).toEqual(texts);
		}
	});
});

it('quotes what would break a table', () => {
	const text = tableToCsv([{ name: 'a, "b"', value: 1 }, { value: 2 }]);
	expect(text).toBe('name,value\r\n"a, ""b""",1\r\n,2\r\n');
});

it('writes a run as JSON that reads back as it was', () => {
	const run = { config: tinyConfig, isComplete: true, interventions: ['x'], metrics };
	expect(JSON.parse(runToJson(run))).toEqual(run);
});
