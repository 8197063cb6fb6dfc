/** Which classes a model takes for which, ready to be read. */

export interface Mistake {
	label: number;
	predicted: number;
	count: number;
}

/** Rows by label, columns by prediction, from counts [numClasses * label + predicted]. */
export function confusionRows(counts: readonly number[]): number[][] {
	const numClasses = Math.sqrt(counts.length);
	return Array.from({ length: numClasses }, (_, label) =>
		counts.slice(label * numClasses, (label + 1) * numClasses)
	);
}

/** The mistakes made most often, at most so many, most frequent first. */
export function commonMistakes(counts: readonly number[], most: number): Mistake[] {
	return confusionRows(counts)
		.flatMap((row, label) => row.map((count, predicted) => ({ label, predicted, count })))
		.filter(({ label, predicted, count }) => label !== predicted && count > 0)
		.sort((a, b) => b.count - a.count)
		.slice(0, most);
}
