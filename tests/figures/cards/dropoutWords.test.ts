import { describe, expect, it } from 'vitest';
import { dropoutRemark } from '../../../src/lib/figures/cards/dropoutWords';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const clear = { ...tinyConfig, rounds: 12, dropout: 0.6, secureAggregation: false };
const masked = { ...clear, secureAggregation: true };
const runs = await Promise.all(
	[clear, masked].map((config) => finishRun(createTinyServer(), config))
);
const [inTheClear, underMasks] = runs.map(({ metrics }) => metrics);
const other = { name: '', letter: 'A', config: masked, metrics: underMasks };
const numLost = (rounds: typeof underMasks) =>
	rounds.filter(({ numAnswered }) => numAnswered === 0).length;

describe('drop-outs of runs with and without masks', () => {
	it('are told apart with the rounds that each run has lost', () => {
		const remark = dropoutRemark(inTheClear, { config: clear, others: [other] }, null);
		expect(numLost(underMasks)).toBeGreaterThan(numLost(inTheClear));
		expect(remark).toContain(`lost whole (${numLost(underMasks)} of 12 rounds in run A)`);
		expect(remark).toContain(`(${numLost(inTheClear)} of 12 rounds in the run on stage)`);
	});

	it('count no round that is not shown yet', () => {
		const first = underMasks.findIndex(({ numAnswered }) => numAnswered === 0);
		const remark = dropoutRemark(inTheClear, { config: clear, others: [other] }, first);
		expect(remark).toContain(`(0 of ${first} rounds in run A)`);
	});

	it('need no word where nobody drops out, where masks are alike, or before there is a round', () => {
		const calm = { ...masked, dropout: 0 };
		const remark = (config: typeof clear, others = [other], metrics = inTheClear) =>
			dropoutRemark(metrics, { config, others }, null);
		expect(remark(masked)).toBeNull();
		expect(remark(clear, [])).toBeNull();
		expect(remark(clear, [{ ...other, config: calm }])).toBeNull();
		expect(remark(clear, [other], [])).toBeNull();
	});
});
