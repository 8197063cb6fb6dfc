/**
 * Gives lessons and glossary to the page as modules that the build writes: `virtual:lessons` (all heads, and how
 * to load each lesson), `virtual:lesson/<slug>` and `virtual:glossary`. A lesson that does not fit stops the build.
 */
import path from 'node:path';
import type { Plugin } from 'vite';
import type { Lesson, LessonSummary } from '../../lib/lessons/document';
import { lessonFolders, readNotebook, type Notebook } from './readLessons';

const PREFIX = 'virtual:';
/** Vite's mark for modules that are no files. */
const RESOLVED = '\0';

/** @param base path of the site, without a slash at its end */
export function lessonsPlugin(base: string): Plugin {
	let root = '';
	let notebook: Notebook | null = null;

	return {
		name: 'many-hands:lessons',
		configResolved: (config) => void (root = config.root),
		buildStart: () => void (notebook = null),
		resolveId: (id) => (isOurs(id) ? RESOLVED + id : undefined),
		load(id) {
			const name = id.startsWith(RESOLVED) ? id.slice(RESOLVED.length) : '';
			if (!isOurs(name)) return undefined;
			notebook ??= readNotebook(root, base);
			return writeModule(name.slice(PREFIX.length), notebook);
		},
		configureServer({ watcher, moduleGraph, ws }) {
			const folders = lessonFolders.map((folder) => path.join(root, folder));
			watcher.add(folders);
			watcher.on('all', (_, file) => {
				if (!/\.md$/.test(file) || !folders.some((folder) => file.startsWith(folder))) return;
				notebook = null;
				moduleGraph.invalidateAll();
				ws.send({ type: 'full-reload' });
			});
		}
	};
}

function isOurs(id: string): boolean {
	return /^virtual:(lessons|glossary|lesson\/[a-z0-9-]+)$/.test(id);
}

function writeModule(name: string, { lessons, terms }: Notebook): string {
	if (name === 'glossary') return `export const terms = ${JSON.stringify(terms)};`;
	if (name === 'lessons') {
		const loaders = lessons.map(({ slug }) => `"${slug}": () => import("virtual:lesson/${slug}")`);
		return [
			`export const lessons = ${JSON.stringify(lessons.map(summarize))};`,
			`export const loadLesson = { ${loaders.join(', ')} };`
		].join('\n');
	}
	const lesson = lessons.find(({ slug }) => `lesson/${slug}` === name);
	return `export const lesson = ${JSON.stringify(lesson)};`;
}

function summarize(lesson: Lesson): LessonSummary {
	const { slug, number, title, outcome, minutes, needs, tasks } = lesson;
	return { slug, number, title, outcome, minutes, needs, tasks };
}
