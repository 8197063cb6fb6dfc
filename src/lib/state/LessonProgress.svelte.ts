/** The reader's progress through the lessons, kept in this browser where the browser lets us. */
import {
	emptyLessonRecord,
	emptyProgress,
	parseProgress,
	type LessonRecord,
	type ProgressRecord
} from '../lessons/progress';

const STORAGE_KEY = 'lesson-progress';

/** What of `localStorage` is needed; its methods throw where storage is full or forbidden. */
export type ProgressStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export class LessonProgress {
	readonly #openStorage: () => ProgressStorage;
	#record = $state.raw<ProgressRecord>(emptyProgress);
	#problem = $state<string | null>(null);

	/** `openStorage` may throw: to touch `localStorage` is forbidden in some browsers. */
	constructor(openStorage: () => ProgressStorage) {
		this.#openStorage = openStorage;
	}

	get record(): ProgressRecord {
		return this.#record;
	}

	/** Why progress lasts only as long as this page, or null. */
	get problem(): string | null {
		return this.#problem;
	}

	/** What is known of one lesson. */
	of(slug: string): LessonRecord {
		return this.#record.lessons[slug] ?? emptyLessonRecord;
	}

	/** Reads what was kept: at the start, and when another tab has written. */
	load(): void {
		try {
			const kept = this.#openStorage().getItem(STORAGE_KEY);
			const record = kept === null ? emptyProgress : parseProgress(kept);
			if (record) this.#record = record;
			else this.#problem = 'The progress kept in this browser could not be read; it starts anew.';
		} catch {
			this.#problem = 'This browser keeps nothing for this site: progress ends with this page.';
		}
	}

	/** Changes what is known of one lesson, and keeps it. */
	update(slug: string, change: Partial<LessonRecord>): void {
		const lessons = { ...this.#record.lessons, [slug]: { ...this.of(slug), ...change } };
		this.#keep({ ...this.#record, lessons });
	}

	/** Forgets everything. */
	reset(): void {
		this.#keep(emptyProgress);
	}

	/** The whole record as text, for a file. */
	export(): string {
		return JSON.stringify(this.#record, null, '\t');
	}

	/** Takes an exported record in place of this one. Throws one sentence where the text is none. */
	import(text: string): void {
		const record = parseProgress(text);
		if (!record) throw new Error('Expected a file of progress saved here, got something else.');
		this.#keep(record);
	}

	#keep(record: ProgressRecord): void {
		this.#record = record;
		try {
			this.#openStorage().setItem(STORAGE_KEY, JSON.stringify(record));
			this.#problem = null;
		} catch {
			this.#problem =
				'This browser has no room left for progress, or keeps none: save it as a file before you go.';
		}
	}
}
