/** Pools what the evaluating devices report. Sums are pooled, so a mean never depends on who hosts whom. */
import { NUM_CLASSES } from '../data/datasetIndex';
import type { EvaluationResult, Population, PopulationMetrics, RoundEvaluation } from './records';

/** Losses are rounded to a millionth of a nat: the last bits of a logarithm differ between browsers. */
const LOSS_DECIMALS = 6;

/** Clients or unseen writers that are measured in one pass; a students' file has a pass of its own. */
const GROUP_SIZE = 16;

/** The pass that a member of a population belongs to. A function of the id, so that results depend on nothing else. */
export function groupOf(population: Population, id: number): number {
	return population === 'students' ? id : Math.floor(id / GROUP_SIZE);
}

/** Ascending ids, pass by pass. */
export function groupMembers(population: Population, ids: readonly number[]): number[][] {
	const groups = new Map<number, number[]>();
	for (const id of ids) {
		const group = groupOf(population, id);
		const members = groups.get(group);
		if (members) members.push(id);
		else groups.set(group, [id]);
	}
	return [...groups.values()];
}

/** Accuracy and mean loss over all examples of the results. NaN without examples. */
export function poolResults(
	results: readonly Omit<EvaluationResult, 'id' | 'confusion'>[]
): PopulationMetrics {
	let numExamples = 0;
	let numCorrect = 0;
	let lossSum = 0;
	for (const result of results) {
		numExamples += result.numExamples;
		numCorrect += result.numCorrect;
		lossSum += result.lossSum;
	}
	return {
		accuracy: numCorrect / numExamples,
		loss: roundLoss(lossSum / numExamples),
		numExamples
	};
}

/** Mean accuracy of the worst tenth (at least one) of the given accuracies. NaN without any. */
export function worstTenth(accuracies: readonly number[]): number {
	const ascending = [...accuracies].sort((a, b) => a - b);
	const numWorst = Math.max(1, Math.floor(ascending.length / 10));
	return ascending.slice(0, numWorst).reduce((sum, value) => sum + value, 0) / numWorst;
}

/** All populations of one evaluation of the global model. */
export function summarizeEvaluation(
	training: readonly EvaluationResult[],
	unseen: readonly EvaluationResult[],
	students: readonly EvaluationResult[]
): RoundEvaluation {
	const perClient = training
		.filter((result) => result.numExamples > 0)
		.map(({ id, numCorrect, numExamples }) => ({
			id,
			accuracy: numCorrect / numExamples,
			numExamples
		}));
	return {
		training: poolResults(training),
		worstTenth: worstTenth(perClient.map((client) => client.accuracy)),
		unseen: poolResults(unseen),
		students: poolResults(students),
		perClient,
		confusion: {
			training: poolConfusion(training),
			unseen: poolConfusion(unseen),
			students: poolConfusion(students)
		}
	};
}

/** Which classes were taken for which, [10 * label + predicted]. */
export function countConfusion(labels: Uint8Array, predicted: Uint8Array): Uint16Array {
	const counts = new Uint16Array(NUM_CLASSES ** 2);
	for (let i = 0; i < labels.length; i++) counts[NUM_CLASSES * labels[i] + predicted[i]]++;
	return counts;
}

/** 1 where the predicted class is the label. */
export function markCorrect(labels: Uint8Array, predicted: Uint8Array): Uint8Array {
	return labels.map((label, i) => Number(label === predicted[i]));
}

function poolConfusion(results: readonly EvaluationResult[]): number[] {
	const sum = new Array<number>(NUM_CLASSES ** 2).fill(0);
	for (const { confusion } of results) {
		for (let i = 0; i < sum.length; i++) sum[i] += confusion[i];
	}
	return sum;
}

/** A loss as it is reported, in nats. */
export function roundLoss(loss: number): number {
	return Number(loss.toFixed(LOSS_DECIMALS));
}
