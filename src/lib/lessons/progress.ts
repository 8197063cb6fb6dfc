/** How far a reader has come: what is kept in the browser, exported and read again. */
import * as v from 'valibot';
import type { LessonSummary } from './document';

const lessonSchema = v.object({
	/** What was predicted, by name: the number of the choice, or the number itself. */
	predictions: v.record(v.string(), v.number()),
	/** Challenges that were accepted. */
	challenges: v.array(v.string()),
	/** The reader said so. */
	isFinished: v.boolean()
});

const progressSchema = v.object({
	version: v.literal(1),
	lessons: v.record(v.string(), lessonSchema)
});

export type LessonRecord = v.InferOutput<typeof lessonSchema>;
export type ProgressRecord = v.InferOutput<typeof progressSchema>;

export const emptyLessonRecord: LessonRecord = {
	predictions: {},
	challenges: [],
	isFinished: false
};

export const emptyProgress: ProgressRecord = { version: 1, lessons: {} };

/** Reads kept or imported text; null where it is no progress of this site. */
export function parseProgress(text: string): ProgressRecord | null {
	try {
		const result = v.safeParse(progressSchema, JSON.parse(text));
		return result.success ? result.output : null;
	} catch {
		return null;
	}
}

/** Tasks done and tasks there are; a lesson that was called finished counts as done. */
export function countDone(
	{ tasks }: Pick<LessonSummary, 'tasks'>,
	record: LessonRecord
): { numDone: number; numTasks: number; isDone: boolean } {
	const done = tasks.filter(
		(task) => record.challenges.includes(task) || task in record.predictions
	);
	const isDone = record.isFinished || (tasks.length > 0 && done.length === tasks.length);
	return { numDone: done.length, numTasks: tasks.length, isDone };
}
