/** What stops a build: one sentence about a lesson or a glossary entry, with the place that it is about. */
export class LessonProblem extends Error {
	/** @param line from 1 */
	constructor(file: string, line: number, sentence: string) {
		super(`${file}:${line}: ${sentence}`);
		this.name = 'LessonProblem';
	}
}
