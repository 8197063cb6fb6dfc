/** What a reader has changed in the cells of one lesson, kept in the browser. */
import type { ProgressStorage } from './LessonProgress.svelte';

export type Edits = Readonly<Record<string, string>>;

const FULL =
	'This browser has no room left for your code, or keeps none: save it as a file before you go.';

export interface KeptEdits {
	/** By name of the cell; nothing where none are kept or they cannot be read. */
	load(): Edits;
	/** One sentence where they could not be kept, else null. */
	save(edits: Edits): string | null;
}

/** `openStorage` may throw: to touch `localStorage` is forbidden in some browsers. */
export function createKeptEdits(slug: string, openStorage: () => ProgressStorage): KeptEdits {
	const key = `cells/${slug}`;
	return {
		load() {
			try {
				const kept: unknown = JSON.parse(openStorage().getItem(key) ?? '{}');
				if (typeof kept !== 'object' || kept === null) return {};
				return Object.fromEntries(
					Object.entries(kept).filter(([, code]) => typeof code === 'string')
				) as Edits;
			} catch {
				return {};
			}
		},
		save(edits) {
			try {
				const storage = openStorage();
				if (Object.keys(edits).length === 0) storage.removeItem(key);
				else storage.setItem(key, JSON.stringify(edits));
				return null;
			} catch {
				return FULL;
			}
		}
	};
}
