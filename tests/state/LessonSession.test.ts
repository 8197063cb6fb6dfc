import { describe, expect, it } from 'vitest';
import { parseConditions } from '../../src/lib/lessons/conditions';
import type { ChallengePart } from '../../src/lib/lessons/document';
import { LessonProgress } from '../../src/lib/state/LessonProgress.svelte';
import { LessonSession } from '../../src/lib/state/LessonSession.svelte';
import { createLessonWorkshop } from '../../src/lib/state/lessonWorkshop';

const solution = { of: 'Run', settings: { rounds: 10 }, code: null, explanation: [] };
const challenge: ChallengePart = {
	kind: 'challenge',
	name: 'both',
	task: [],
	criteria: [
		{ of: 'Run', when: parseConditions('accuracy >= 0.87'), label: [] },
		{ of: 'cell', when: parseConditions('rounds <= 10'), label: [] }
	],
	hints: [],
	solution
};

function createSession() {
	const kept = new Map<string, string>();
	const progress = new LessonProgress(() => ({
		getItem: (key) => kept.get(key) ?? null,
		setItem: (key, value) => void kept.set(key, value),
		removeItem: (key) => void kept.delete(key)
	}));
	const workshop = createLessonWorkshop('');
	const session = new LessonSession({ slug: 'masks', challenges: [challenge], progress, workshop });
	return { session, progress, kept };
}

describe('a lesson that is read', () => {
	it('accepts a challenge when all criteria hold of the latest reports, and then for good', () => {
		const { session, progress } = createSession();
		expect(session.judge(challenge)).toEqual([null, null]);
		session.report('Run', { accuracy: 0.9 });
		session.report('cell', { rounds: 11 });
		expect(session.judge(challenge)).toEqual([true, false]);
		session.report('Run', { accuracy: 0.8 });
		session.report('cell', { rounds: 10 });
		expect(session.judge(challenge)).toEqual([false, true]);
		expect(session.isAccepted('both')).toBe(false);
		session.report('Run', { accuracy: 0.87 });
		expect(session.isAccepted('both')).toBe(true);
		session.report('Run', { accuracy: 0 });
		expect(session.isAccepted('both')).toBe(true);
		expect(progress.of('masks').challenges).toEqual(['both']);
	});

	it('keeps predictions beside those made before', () => {
		const { session, progress } = createSession();
		expect(session.prediction('a')).toBeNull();
		session.predict('a', 0);
		session.predict('b', 0.5);
		session.predict('a', 2);
		expect(session.prediction('a')).toBe(2);
		expect(progress.of('masks').predictions).toEqual({ a: 2, b: 0.5 });
		expect(progress.of('other').predictions).toEqual({});
	});

	it('hands a solution to whoever offered to apply it, while it is there', async () => {
		const { session } = createSession();
		const applied: unknown[] = [];
		expect(session.canApply(solution)).toBe(false);
		const withdraw = session.offer('Run', (given) => void applied.push(given));
		expect(session.canApply(solution)).toBe(true);
		await session.apply(solution);
		expect(applied).toEqual([solution]);
		withdraw();
		expect(session.canApply(solution)).toBe(false);
	});
});

describe('progress', () => {
	it('comes back at the next visit, goes out as a file and comes in again', () => {
		const { session, progress, kept } = createSession();
		session.predict('a', 1);
		const storage = {
			getItem: (key: string) => kept.get(key) ?? null,
			setItem() {},
			removeItem() {}
		};
		const later = new LessonProgress(() => storage);
		later.load();
		expect(later.record).toEqual(progress.record);
		const file = progress.export();
		progress.reset();
		expect(progress.of('masks').predictions).toEqual({});
		progress.import(file);
		expect(progress.of('masks').predictions).toEqual({ a: 1 });
		expect(() => progress.import('{}')).toThrow('Expected a file of progress');
	});

	it('lasts for the page where storage is forbidden, full or spoilt, and says so', () => {
		const forbidden = new LessonProgress(() => {
			throw new Error('forbidden');
		});
		forbidden.load();
		expect(forbidden.problem).toMatch(/keeps nothing/);
		forbidden.update('masks', { isFinished: true });
		expect(forbidden.of('masks').isFinished).toBe(true);
		expect(forbidden.problem).toMatch(/save it as a file/);

		const full = new LessonProgress(() => ({
			getItem: () => 'no progress',
			setItem() {
				throw new Error('full');
			},
			removeItem() {}
		}));
		full.load();
		expect(full.problem).toMatch(/could not be read/);
		full.update('masks', { isFinished: true });
		expect(full.of('masks').isFinished).toBe(true);
		expect(full.problem).toMatch(/no room/);
	});
});
