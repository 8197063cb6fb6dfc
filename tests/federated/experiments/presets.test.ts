/** Every preset runs, for a few rounds and on the real digits, and shows what its sentence says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig, type RunConfig } from '../../../src/lib/federated/config';
import type { RoundMetrics, RunStarted } from '../../../src/lib/federated/events';
import { presetConfig, presets } from '../../../src/lib/federated/experiments/presets';
import { createNodeHost, type NodeHost } from '../../../src/lib/workers/nodeHost';

let host: NodeHost;

beforeAll(() => {
	host = createNodeHost({ dataFolder: 'static/data', numWorkers: 1 });
});
afterAll(() => host.dispose());

interface Tried {
	started: RunStarted;
	metrics: RoundMetrics[];
	/** Accuracy on unseen writers, one entry a round. */
	accuracies: number[];
}

async function tryPreset(id: string, change: Partial<RunConfig>): Promise<Tried> {
	const preset = presets.find((candidate) => candidate.id === id)!;
	await host.startRun({ ...presetConfig(preset), baselines: false, ...change });
	let started: RunStarted | null = null;
	const metrics: RoundMetrics[] = [];
	for (;;) {
		const { done, value } = await host.next();
		if (done) break;
		if (value.type === 'RunStarted') started = value;
		if (value.type === 'RoundCompleted') metrics.push(value.metrics);
	}
	const accuracies = metrics.flatMap((round) => round.evaluation?.unseen.accuracy ?? []);
	return { started: started!, metrics, accuracies };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
/** How much of what was learned is lost again from round to round. */
const stagger = (values: readonly number[]) =>
	sum(values.slice(1).map((value, index) => Math.max(0, values[index] - value)));

describe('presets', () => {
	it('are valid, have a title and one sentence, and differ', () => {
		for (const preset of presets) {
			expect(parseConfig(presetConfig(preset)).problems, preset.id).toEqual([]);
			expect(preset.title.length).toBeGreaterThan(0);
			expect(preset.sentence).toMatch(/^[A-Z].*\.$/);
		}
		expect(new Set(presets.map((preset) => JSON.stringify(presetConfig(preset)))).size).toBe(
			presets.length
		);
	});

	it('all writers, ten at a time: 289 of them, ten in every round', async () => {
		const { started, metrics } = await tryPreset('default', { rounds: 2 });
		expect(started.clients).toHaveLength(289);
		expect(metrics.map(({ numChosen }) => numChosen)).toEqual([10, 10]);
	});

	it('two digits per client: most know two, and the model staggers', async () => {
		const skewed = await tryPreset('twoDigits', { rounds: 14 });
		const numKnown = skewed.started.clients.map(
			({ labelCounts }) => labelCounts.filter((count) => count > 0).length
		);
		expect(Math.max(...numKnown)).toBeLessThanOrEqual(4);
		expect(numKnown.filter((count) => count === 2).length).toBeGreaterThan(numKnown.length / 2);
		const even = await tryPreset('twoDigits', { rounds: 14, partition: 'iid' });
		expect(stagger(skewed.accuracies)).toBeGreaterThan(4 * stagger(even.accuracies));
	});

	it('ten hands: the same ten in every round, 48 strangers to read', async () => {
		const { started, metrics, accuracies } = await tryPreset('tenHands', { rounds: 6 });
		expect(started.clients).toHaveLength(10);
		for (const { numChosen, numAnswered } of metrics) {
			expect([numChosen, numAnswered]).toEqual([10, 10]);
		}
		expect(accuracies.at(-1)).toBeGreaterThan(0.8);
	});

	it('half the phones drop out: about half answer, and it learns all the same', async () => {
		const { metrics, accuracies } = await tryPreset('halfDropOut', { rounds: 10 });
		const share = sum(metrics.map(({ numAnswered }) => numAnswered)) / (20 * metrics.length);
		expect(Math.abs(share - 0.5)).toBeLessThan(0.12);
		expect(accuracies.at(-1)).toBeGreaterThan(0.85);
	});

	it('noise that hurts: less so in a larger cohort, for a larger epsilon', async () => {
		const rounds = { rounds: 10, evaluateEvery: 10 };
		const noisy = await tryPreset('noise', rounds);
		const quiet = await tryPreset('noise', { ...rounds, dp: 'none' });
		const larger = await tryPreset('noise', { ...rounds, cohortSize: 50 });
		const [low, high, middle] = [noisy, quiet, larger].map(({ accuracies }) => accuracies.at(-1)!);
		expect(low).toBeLessThan(high - 0.15);
		expect(middle).toBeGreaterThan(low + 0.15);
		const [epsilon, largerEpsilon] = [noisy, larger].map(
			({ metrics }) => metrics.at(-1)!.privacy!.epsilonRdp!
		);
		expect(epsilon).toBeLessThan(1);
		expect(largerEpsilon).toBeGreaterThan(epsilon);
	});

	it('one client has almost everything: nine tenths, so rounds differ in what they learn from', async () => {
		const { started, metrics } = await tryPreset('oneHasAll', { rounds: 8, evaluateEvery: 8 });
		const sizes = started.clients.map(({ numExamples }) => numExamples);
		expect(sizes).toHaveLength(20);
		expect(Math.max(...sizes) / sum(sizes)).toBeGreaterThan(0.9);
		const learnedFrom = metrics.map(({ numExamples }) => numExamples);
		expect(Math.max(...learnedFrom)).toBeGreaterThan(10 * Math.min(...learnedFrom));
	});
});
