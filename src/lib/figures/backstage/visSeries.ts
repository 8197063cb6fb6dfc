/**
 * Metrics as the series that tfjs-vis draws: one value an evaluation, the first at x = 1. Series are in
 * alphabetical order, as the library hands out its colours; those without any value are left out.
 */
import type { RoundMetrics } from '../../federated/events';
import type { VisChart } from './visLineChart.svelte';

type ValueOf = (round: RoundMetrics) => number | null | undefined;

interface Series {
	name: string;
	color: string;
	valueOf: ValueOf;
}

/** Digits behind the point that a reader of values is shown. */
const DIGITS = 4;
const HEIGHT = 200;

const accuracySeries: readonly Series[] = [
	{
		name: 'federated',
		color: 'var(--server)',
		valueOf: ({ evaluation }) => evaluation?.unseen.accuracy
	},
	{
		name: 'one place',
		color: 'var(--edge)',
		valueOf: ({ centralized }) => centralized?.unseen.accuracy
	}
];

const lossSeries: readonly Series[] = [
	{ name: 'clients', color: 'var(--learning)', valueOf: ({ trainLoss }) => trainLoss },
	{
		name: 'federated',
		color: 'var(--server)',
		valueOf: ({ evaluation }) => evaluation?.unseen.loss
	},
	{
		name: 'one place',
		color: 'var(--edge)',
		valueOf: ({ centralized }) => centralized?.unseen.loss
	}
];

/** Level at the newest value: a mean over a few more writers from time to time is no course. */
function aloneSeries(metrics: readonly RoundMetrics[]): readonly Series[] {
	const newest = metrics.findLast(({ localOnly }) => localOnly)?.localOnly;
	if (!newest) return [];
	const name = `alone, mean of ${newest.numClients}`;
	return [{ name, color: 'var(--rest-ink)', valueOf: () => newest.unseenAccuracy }];
}

/** Null until there are two evaluations: one point makes no line. */
export function chartAccuracy(
	metrics: readonly RoundMetrics[],
	evaluateEvery: number
): VisChart | null {
	return createChart(
		[...aloneSeries(metrics), ...accuracySeries],
		'accuracy',
		metrics,
		evaluateEvery
	);
}

/** Null until there are two evaluations: one point makes no line. */
export function chartLoss(
	metrics: readonly RoundMetrics[],
	evaluateEvery: number
): VisChart | null {
	return createChart(lossSeries, 'loss in nats', metrics, evaluateEvery);
}

function createChart(
	series: readonly Series[],
	yLabel: string,
	metrics: readonly RoundMetrics[],
	evaluateEvery: number
): VisChart | null {
	const rounds = metrics.filter(({ evaluation }) => evaluation !== null);
	const lines = series
		.map(({ name, color, valueOf }) => ({ name, color, values: line(rounds, valueOf) }))
		.filter(({ values }) => values.some((value) => value !== null));
	if (lines.length === 0 || rounds.length < 2) return null;
	return {
		series: lines.map(({ name, color }) => ({ name, color })),
		values: lines.map(({ values }) => values),
		xLabel: evaluateEvery === 1 ? 'round' : `evaluation, one every ${evaluateEvery} rounds`,
		yLabel,
		height: HEIGHT,
		run: metrics[0]
	};
}

/** The library counts x from 0; there is nothing to show before the first round. */
function line(rounds: readonly RoundMetrics[], valueOf: ValueOf): (number | null)[] {
	const rounded = (value: number) => Number(value.toFixed(DIGITS));
	return [
		null,
		...rounds.map((round) => {
			const value = valueOf(round) ?? null;
			return value === null ? null : rounded(value);
		})
	];
}
