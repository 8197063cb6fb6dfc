import { describe, expect, it } from 'vitest';
import {
	countConfusion,
	markCorrect,
	poolResults,
	summarizeEvaluation,
	worstTenth
} from '../../src/lib/federated/evaluation';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

/** Right answers are zeros taken for zeros, wrong ones zeros taken for ones. */
const result = (id: number, numExamples: number, numCorrect: number, lossSum: number) => ({
	id,
	numExamples,
	numCorrect,
	lossSum,
	confusion: Uint16Array.of(numCorrect, numExamples - numCorrect, ...new Array<number>(98).fill(0))
});

describe('poolResults', () => {
	it('weighs devices by their examples', () => {
		expect(poolResults([result(0, 10, 10, 1), result(1, 30, 15, 7)])).toEqual({
			accuracy: 25 / 40,
			loss: 0.2,
			numExamples: 40
		});
	});
});

describe('worstTenth', () => {
	it('is the mean of the lowest tenth, at least of one', () => {
		const accuracies = Array.from({ length: 25 }, (_, i) => (i + 1) / 100);
		expect(worstTenth([...accuracies].reverse())).toBeCloseTo(0.015, 12);
		expect(worstTenth([0.9, 0.4])).toBe(0.4);
	});
});

describe('summarizeEvaluation', () => {
	it('leaves clients without held-out digits out of the crowd', () => {
		const summary = summarizeEvaluation(
			[result(0, 4, 1, 4), result(1, 0, 0, 0), result(2, 2, 2, 1)],
			[result(0, 5, 4, 2)],
			[result(0, 5, 3, 3)]
		);
		expect(summary.perClient).toEqual([
			{ id: 0, accuracy: 0.25, numExamples: 4 },
			{ id: 2, accuracy: 1, numExamples: 2 }
		]);
		expect(summary.training.accuracy).toBe(0.5);
		expect(summary.worstTenth).toBe(0.25);
		expect([summary.unseen.accuracy, summary.students.accuracy]).toEqual([0.8, 0.6]);
		expect(summary.confusion.training.slice(0, 3)).toEqual([3, 3, 0]);
		expect(summary.confusion.students.slice(0, 3)).toEqual([3, 2, 0]);
	});
});

describe('the confusion of classes', () => {
	it('counts each digit once, in the row of its label and the column of its prediction', () => {
		const labels = Uint8Array.of(3, 3, 9, 0);
		const predicted = Uint8Array.of(3, 5, 9, 9);
		const counts = countConfusion(labels, predicted);
		expect([counts[33], counts[35], counts[99], counts[9]]).toEqual([1, 1, 1, 1]);
		expect(counts.reduce((sum, count) => sum + count, 0)).toBe(4);
		expect([...markCorrect(labels, predicted)]).toEqual([1, 0, 1, 0]);
	});
});

describe('a run', () => {
	it('reports as many right answers in the confusion of classes as in its accuracy', async () => {
		const { events } = await finishRun(createTinyServer(2), { ...tinyConfig, rounds: 1 });
		const { evaluation } = events.find((event) => event.type === 'ModelEvaluated')!;
		for (const population of ['training', 'unseen', 'students'] as const) {
			const counts = evaluation.confusion[population];
			const total = counts.reduce((sum, count) => sum + count, 0);
			const right = counts.reduce((sum, count, i) => sum + (i % 11 === 0 ? count : 0), 0);
			expect(total).toBe(evaluation[population].numExamples);
			expect(right / total).toBeCloseTo(evaluation[population].accuracy, 12);
		}
	});
});
