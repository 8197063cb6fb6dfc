import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listParts } from '../../../src/build/lessons/compileLesson';
import { readNotebook } from '../../../src/build/lessons/readLessons';

const root = path.join(import.meta.dirname, '../../..');

describe('the lessons of this project', () => {
	const { lessons, terms } = readNotebook(root, '');

	it('compile, in the order of their folders', () => {
		expect(lessons.length).toBeGreaterThan(0);
		const numbers = lessons.map(({ number }) => number);
		expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
	});

	it.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
		'%s has a live figure, a prediction and a challenge',
		(_, { nodes, sources }) => {
			const kinds = listParts(nodes).map(({ kind }) => kind);
			expect(kinds).toEqual(expect.arrayContaining(['figure', 'predict', 'challenge']));
			expect(sources.length).toBeGreaterThan(0);
		}
	);

	it('have no line of code that a cell on a small laptop would cut', () => {
		const cells = lessons.flatMap(({ nodes }) =>
			listParts(nodes).filter((part) => part.kind === 'cell')
		);
		const lines = cells.flatMap(({ code }) => code.replaceAll('\t', '  ').split('\n'));
		expect(lines.length).toBeGreaterThan(100);
		expect(lines.filter((line) => line.length > 75)).toEqual([]);
	});

	it('stand beside a glossary', () => {
		expect(terms.map(({ id }) => id)).toContain('cohort');
	});
});

describe('a project', () => {
	const first = 'lessons/01-move-the-model/index.md';

	/** A copy of what lessons are made of, to spoil. */
	function copyProject(): string {
		const folder = mkdtempSync(path.join(tmpdir(), 'many-hands-lessons-'));
		for (const part of ['glossary', 'src/lib/figures/lessons', 'src/routes', path.dirname(first)]) {
			cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
		}
		return folder;
	}
	const write = (folder: string, file: string, text: string) => {
		mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
		writeFileSync(path.join(folder, file), text);
	};
	const text = readFileSync(path.join(root, first), 'utf8');

	it('links its lessons to each other', () => {
		const folder = copyProject();
		const linked = `${text.replace('needs: []', 'needs: [move-the-model]')}\n[back](/learn/move-the-model)\n`;
		write(folder, 'lessons/02-next/index.md', linked);
		expect(readNotebook(folder, '').lessons.map(({ slug }) => slug)).toEqual([
			'move-the-model',
			'next'
		]);
		write(folder, 'lessons/02-next/index.md', linked.replace('(/learn/move', '(/learn/moved'));
		expect(() => readNotebook(folder, '')).toThrow(/02-next\/index.md:\d+: expected a page/);
	});

	it('refuses lessons that need later ones, share a slug, or are not there', () => {
		const folder = copyProject();
		write(folder, first, text.replace('needs: []', 'needs: [next]'));
		write(folder, 'lessons/02-next/index.md', text);
		expect(() => readNotebook(folder, '')).toThrow('no earlier lesson "next"');
		const doubled = copyProject();
		write(doubled, 'lessons/02-move-the-model/index.md', text);
		expect(() => readNotebook(doubled, '')).toThrow('the same slug');
		const empty = copyProject();
		mkdirSync(path.join(empty, 'lessons/02-empty'));
		expect(() => readNotebook(empty, '')).toThrow('lessons/02-empty/index.md:1: there is no such');
	});

	it('refuses a glossary entry without its sentence', () => {
		const folder = copyProject();
		write(folder, 'glossary/mask.md', '---\nterm: Mask\n---\nText.\n');
		expect(() => readNotebook(folder, '')).toThrow('glossary/mask.md:1: sentence: expected');
	});
});
