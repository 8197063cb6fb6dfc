/** All lessons and the whole glossary of a project, read from its folders and checked against each other. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { GlossaryTerm, Lesson } from '../../lib/lessons/document';
import { compileLesson, compileTerm } from './compileLesson';
import { LessonProblem } from './LessonProblem';
import { parseMarkdown } from './parseMarkdown';
import { parseTermFrontmatter } from '../../lib/lessons/frontmatter';
import type { LessonWorld } from './world';

export interface Notebook {
	/** In the order of their folders. */
	lessons: readonly Lesson[];
	/** By title. */
	terms: readonly GlossaryTerm[];
}

/** Folders below the project that lessons are made of. */
export const lessonFolders = ['lessons', 'glossary', 'src/lib/figures/lessons'];

/** @param base path of the site, without a slash at its end; @throws LessonProblem */
export function readNotebook(root: string, base: string): Notebook {
	const folders = listFolder(root, 'lessons').filter((name) => /^\d/.test(name));
	const termFiles = listFolder(root, 'glossary').filter((name) => name.endsWith('.md'));
	const world: LessonWorld = {
		base,
		figures: listFigures(root),
		terms: new Map(termFiles.map((file) => readTermHead(root, file))),
		pages: new Set([...listPages(root), ...folders.map((name) => `/learn/${name.slice(3)}`)])
	};
	const lessons = folders.map((folder) => {
		const file = `lessons/${folder}/index.md`;
		if (!existsSync(path.join(root, file)))
			throw new LessonProblem(file, 1, 'there is no such file');
		return compileLesson(readText(root, file), file, folder, world);
	});
	checkOrder(lessons, folders);
	const terms = termFiles.map((name) => {
		const file = `glossary/${name}`;
		return compileTerm(readText(root, file), file, name.slice(0, -3), world);
	});
	return { lessons, terms: terms.sort((a, b) => a.title.localeCompare(b.title, 'en')) };
}

function readTermHead(root: string, name: string): [string, { title: string; sentence: string }] {
	const file = `glossary/${name}`;
	try {
		const { frontmatter } = parseMarkdown(readText(root, file), file);
		const { term, sentence } = parseTermFrontmatter(frontmatter);
		return [name.slice(0, -3), { title: term, sentence }];
	} catch (error) {
		if (error instanceof LessonProblem) throw error;
		throw new LessonProblem(file, 1, error instanceof Error ? error.message : String(error));
	}
}

/** Numbers and slugs are unique, and a lesson needs only earlier ones. */
function checkOrder(lessons: readonly Lesson[], folders: readonly string[]): void {
	lessons.forEach(({ slug, number, needs }, index) => {
		const file = `lessons/${folders[index]}/index.md`;
		const earlier = lessons.slice(0, index);
		if (earlier.some((lesson) => lesson.slug === slug || lesson.number === number)) {
			throw new LessonProblem(file, 1, 'another lesson has the same number or the same slug');
		}
		const missing = needs.find((need) => !earlier.some((lesson) => lesson.slug === need));
		if (missing) throw new LessonProblem(file, 1, `needs: there is no earlier lesson "${missing}"`);
	});
}

function listFigures(root: string): Set<string> {
	const files = listFolder(root, 'src/lib/figures/lessons', true);
	// Those right in the folder are what the figures share.
	const figures = files.filter((file) => file.endsWith('.svelte') && file.includes(path.sep));
	return new Set(figures.map((file) => path.basename(file, '.svelte')));
}

/** Addresses of pages without parameters. */
function listPages(root: string): string[] {
	return listFolder(root, 'src/routes', true)
		.filter((file) => path.basename(file) === '+page.svelte' && !file.includes('['))
		.map((file) => `/${path.dirname(file).split(path.sep).join('/').replace(/^\.$/, '')}`);
}

function listFolder(root: string, folder: string, recursive = false): string[] {
	const full = path.join(root, folder);
	return existsSync(full) ? readdirSync(full, { encoding: 'utf8', recursive }).sort() : [];
}

function readText(root: string, file: string): string {
	return readFileSync(path.join(root, file), 'utf8');
}
