import { describe, expect, it } from 'vitest';
import { runsToCsv, runToJson, tableToCsv } from '../../../src/lib/federated/experiments/exportRun';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const { metrics } = await finishRun(createTinyServer(), { ...tinyConfig, evaluateEvery: 2 });

const run = { name: 'stage', config: tinyConfig, metrics };

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

describe('runsToCsv', () => {
	it('holds every figure of every round, and nothing where there is none', () => {
		const rows = readCsv(runsToCsv([run]));
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

	it('tells runs apart, and holds all settings of each', () => {
		const config = { ...tinyConfig, seed: 12 };
		const rows = readCsv(runsToCsv([run, { name: 'A', config, metrics: metrics.slice(0, 2) }]));
		expect(rows.map((row) => [row.run, row.round, row.seed])).toEqual([
			...['1', '2', '3'].map((round) => ['stage', round, String(tinyConfig.seed)]),
			...['1', '2'].map((round) => ['A', round, '12'])
		]);
		for (const [name, value] of Object.entries(config)) expect(rows[4][name]).toBe(String(value));
	});

	it('gives the bound on epsilon, the tight figure and their delta columns of their own', async () => {
		const settings = { dp: 'central', noiseMultiplier: 1, sampling: 'poisson' } as const;
		const config = { ...tinyConfig, ...settings };
		const noisy = await finishRun(createTinyServer(), config);
		const rows = readCsv(runsToCsv([{ name: 'stage', config, metrics: noisy.metrics }]));
		const { epsilonRdp, epsilonTight, delta, adjacency } = noisy.metrics[2].privacy!;
		expect(rows[2]).toMatchObject({
			'privacy.epsilonRdp': String(epsilonRdp),
			'privacy.epsilonTight': String(epsilonTight),
			'privacy.delta': String(delta),
			'privacy.adjacency': adjacency
		});
	});
});

it('calls epsilon infinite where there is no noise, in tables and in JSON', async () => {
	const config = { ...tinyConfig, dp: 'central', noiseMultiplier: 0 } as const;
	const { metrics } = await finishRun(createTinyServer(), config);
	const [row] = readCsv(runsToCsv([{ name: 'stage', config, metrics }]));
	expect(row['privacy.epsilonRdp']).toBe('Infinity');
	expect(row['privacy.epsilonTight'] ?? '').toBe('');
	const whole = { config, isComplete: true, interventions: [], metrics };
	const read = JSON.parse(runToJson(whole)) as { metrics: { privacy: object }[] };
	expect(read.metrics[0].privacy).toMatchObject({ epsilonRdp: 'Infinity', epsilonTight: null });
});

it('quotes what would break a table', () => {
	const text = tableToCsv([{ name: 'a, "b"', value: 1 }, { value: 2 }]);
	expect(text).toBe('name,value\r\n"a, ""b""",1\r\n,2\r\n');
});

it('writes a run as JSON that reads back as it was', () => {
	const whole = { config: tinyConfig, isComplete: true, interventions: ['x'], metrics };
	expect(JSON.parse(runToJson(whole))).toEqual(whole);
});
