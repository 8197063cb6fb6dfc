import { describe, expect, it } from 'vitest';
import { chartAccuracy, chartLoss } from '../../../src/lib/figures/backstage/visSeries';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const config = { ...tinyConfig, rounds: 5, evaluateEvery: 2 };
const { metrics } = await finishRun(createTinyServer(), config);

describe('series for tfjs-vis', () => {
	it('are as long as the library needs, with nothing at x = 0', () => {
		for (const chart of [chartAccuracy(metrics, 2), chartLoss(metrics, 2)]) {
			expect(chart?.values.map((values) => values.length)).toEqual([4, 4, 4]);
			expect(chart?.values.every(([first]) => first === null)).toBe(true);
			expect(chart?.xLabel).toBe('evaluation, one every 2 rounds');
		}
	});

	it('hold the metrics under their names', () => {
		const { series, values } = chartAccuracy(metrics, 2)!;
		const federated = values[series.findIndex(({ name }) => name === 'federated')];
		const accuracies = metrics.flatMap(({ evaluation }) => evaluation?.unseen.accuracy ?? []);
		expect(federated).toHaveLength(1 + accuracies.length);
		accuracies.forEach((accuracy, index) => {
			expect(Math.abs(federated[index + 1]! - accuracy)).toBeLessThanOrEqual(0.00005);
			expect(String(federated[index + 1]).length).toBeLessThanOrEqual('0.1234'.length);
		});
	});

	it('show the writers alone level at their newest mean, and say of how many it is one', () => {
		const { series, values } = chartAccuracy(metrics, 2)!;
		const newest = metrics[4].localOnly!;
		expect(series[0].name).toBe(`alone, mean of ${newest.numClients}`);
		expect(new Set(values[0].slice(1))).toEqual(
			new Set([Number(newest.unseenAccuracy.toFixed(4))])
		);
	});

	it('belong to their run', () => {
		expect(chartLoss(metrics, 2)?.run).toBe(metrics[0]);
		expect(chartLoss(metrics.slice(0, 4), 2)?.run).toBe(chartAccuracy(metrics, 2)?.run);
	});

	it('are in alphabetical order, in which the library hands out colours', () => {
		for (const chart of [chartAccuracy(metrics, 1), chartLoss(metrics, 1)]) {
			const names = chart?.series.map(({ name }) => name) ?? [];
			expect(names).toHaveLength(3);
			expect([...names].sort()).toEqual(names);
		}
	});

	it('leave out what has no value, and wait until there is a line to draw', async () => {
		const lonely = await finishRun(createTinyServer(), { ...config, baselines: false });
		const names = chartAccuracy(lonely.metrics, 2)?.series.map(({ name }) => name);
		expect(names).toEqual(['federated']);
		expect(chartAccuracy(lonely.metrics.slice(0, 3), 2)).toBeNull();
		expect(chartAccuracy(lonely.metrics.slice(0, 4), 2)).not.toBeNull();
	});
});
