import { describe, expect, it } from 'vitest';
import { countDone, emptyLessonRecord, parseProgress } from '../../src/lib/lessons/progress';

const lesson = { tasks: ['guess', 'repair'] };

describe('progress', () => {
	it('reads back what it wrote', () => {
		const record = {
			version: 1,
			lessons: { masks: { predictions: { guess: 2 }, challenges: ['repair'], isFinished: false } }
		};
		expect(parseProgress(JSON.stringify(record))).toEqual(record);
	});

	it.each(['', '[]', '{"version":2,"lessons":{}}', '{"version":1,"lessons":{"a":{}}}', 'null'])(
		'takes %s for no progress',
		(text) => {
			expect(parseProgress(text)).toBeNull();
		}
	);

	it('counts predictions and challenges of the lesson, and no others', () => {
		const record = { predictions: { guess: 0, old: 1 }, challenges: [], isFinished: false };
		expect(countDone(lesson, record)).toEqual({ numDone: 1, numTasks: 2, isDone: false });
		expect(countDone(lesson, { ...record, challenges: ['repair'] }).isDone).toBe(true);
	});

	it('takes the reader at their word', () => {
		expect(countDone(lesson, { ...emptyLessonRecord, isFinished: true }).isDone).toBe(true);
	});

	it('never calls a lesson without tasks done by itself', () => {
		expect(countDone({ tasks: [] }, emptyLessonRecord).isDone).toBe(false);
	});
});
