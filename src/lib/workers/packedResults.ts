/**
 * Results of an evaluation as they cross a port: two arrays for all, as the tables of hundreds of devices one by one
 * take longer to copy than to count.
 */
import { NUM_CLASSES } from '../data/datasetIndex';
import type { EvaluationResult } from '../federated/records';

export interface PackedResults {
	/** Id, number of examples, number of correct ones and sum of losses of each result, [4 * numResults]. */
	figures: Float64Array;
	/** Confusion of each result, [100 * numResults]. */
	confusions: Uint16Array;
}

const NUM_FIGURES = 4;
const TABLE_SIZE = NUM_CLASSES ** 2;

export function packResults(results: readonly EvaluationResult[]): PackedResults {
	const figures = new Float64Array(NUM_FIGURES * results.length);
	const confusions = new Uint16Array(TABLE_SIZE * results.length);
	results.forEach(({ id, numExamples, numCorrect, lossSum, confusion }, i) => {
		figures.set([id, numExamples, numCorrect, lossSum], NUM_FIGURES * i);
		confusions.set(confusion, TABLE_SIZE * i);
	});
	return { figures, confusions };
}

/** Their tables share one memory. */
export function unpackResults({ figures, confusions }: PackedResults): EvaluationResult[] {
	return Array.from({ length: figures.length / NUM_FIGURES }, (_, i) => {
		const [id, numExamples, numCorrect, lossSum] = figures.subarray(NUM_FIGURES * i);
		const confusion = confusions.subarray(TABLE_SIZE * i, TABLE_SIZE * (i + 1));
		return { id, numExamples, numCorrect, lossSum, confusion };
	});
}
