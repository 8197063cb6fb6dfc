/** One lesson from its Markdown, and one glossary entry from its own; whatever does not fit is refused. */
import type { FootnoteDefinition, Heading, Root, RootContent } from 'mdast';
import type { GlossaryTerm, Lesson, LessonNode, Part } from '../../lib/lessons/document';
import { parseLessonFrontmatter, parseTermFrontmatter } from '../../lib/lessons/frontmatter';
import { compileNodes, type CompileContext } from './compileNodes';
import { LessonProblem } from './LessonProblem';
import { parseMarkdown } from './parseMarkdown';
import { headingId, lineOf, proseToHtml, textOf } from './prose';
import type { LessonWorld } from './world';

/** @param folder "01-move-the-model"; @throws LessonProblem */
export function compileLesson(
	text: string,
	file: string,
	folder: string,
	world: LessonWorld
): Lesson {
	const [, number, slug] = /^(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)$/.exec(folder) ?? [];
	if (!slug)
		throw new LessonProblem(file, 1, `expected a folder like "01-a-slug", got "${folder}"`);
	const parsed = parseMarkdown(text, file);
	const { title, outcome, minutes, needs, sources } = read(
		() => parseLessonFrontmatter(parsed.frontmatter),
		file
	);
	const headings = readHeadings(parsed.root, file);
	const context: CompileContext = {
		file,
		world,
		footnotes: readFootnotes(parsed.root),
		numNotes: 0
	};
	const nodes = compileNodes(parsed.root.children, context);
	const parts = listParts(nodes);
	checkNames(parts, file);
	const isTask = (part: Part) => part.kind === 'predict' || part.kind === 'challenge';
	return {
		...{ slug, number: Number(number), title, outcome, minutes, needs, sources },
		tasks: parts.filter(isTask).map((part) => ('name' in part ? part.name : '')),
		sections: headings
			.filter(({ depth }) => depth === 2)
			.map((heading) => ({ id: headingId(heading), title: textOf(heading) })),
		nodes
	};
}

/** @param id file name without ".md"; @throws LessonProblem */
export function compileTerm(
	text: string,
	file: string,
	id: string,
	world: LessonWorld
): GlossaryTerm {
	const parsed = parseMarkdown(text, file);
	const { term, sentence, source } = read(() => parseTermFrontmatter(parsed.frontmatter), file);
	const stray = parsed.root.children.find(({ type }) => type !== 'paragraph');
	if (stray || parsed.root.children.length === 0) {
		throw new LessonProblem(file, stray ? lineOf(stray) : 1, 'expected paragraphs of prose');
	}
	return { id, title: term, sentence, html: proseToHtml(parsed.root, { file, world }), source };
}

/** Every part of these nodes, in order, also those within others. */
export function listParts(nodes: readonly LessonNode[]): Part[] {
	return nodes.flatMap((node): Part[] => {
		if (node.kind === 'html') return [];
		if (node.kind === 'element') return listParts(node.children);
		return [node, ...listParts(innerNodes(node))];
	});
}

function innerNodes(part: Part): LessonNode[] {
	if (part.kind === 'note' || part.kind === 'term') return [...part.children];
	if (part.kind === 'predict') return [...part.question, ...part.explanation];
	if (part.kind !== 'challenge') return [];
	return [...part.task, ...part.hints.flat(), ...part.solution.explanation];
}

/** Names are unique, and what predictions and challenges look at is there. */
function checkNames(parts: readonly Part[], file: string): void {
	const refuse = (sentence: string) => {
		throw new LessonProblem(file, 1, sentence);
	};
	const names = parts.flatMap((part) => ('name' in part ? [part.name] : []));
	const double = names.find((name, index) => names.indexOf(name) !== index);
	if (double) refuse(`two parts have the name "${double}"`);
	const reporters = parts.flatMap((part) =>
		part.kind === 'figure' || part.kind === 'cell' ? [part.name] : []
	);
	for (const part of parts) {
		if (part.kind !== 'predict' && part.kind !== 'challenge') continue;
		const named =
			part.kind === 'predict'
				? [part.of]
				: [part.solution.of, ...part.criteria.map(({ of }) => of)];
		const unknown = named.find((name) => !reporters.includes(name));
		if (unknown)
			refuse(`"${part.name}" looks at "${unknown}", but no figure or cell has that name`);
	}
}

function readHeadings({ children }: Root, file: string): Heading[] {
	const headings = children.filter((node) => node.type === 'heading');
	const ids = headings.map(headingId);
	headings.forEach((heading, index) => {
		if (heading.depth !== 2 && heading.depth !== 3) {
			const marks = '#'.repeat(heading.depth);
			throw new LessonProblem(
				file,
				lineOf(heading),
				`expected a heading of ## or ###, got ${marks}`
			);
		}
		if (ids.indexOf(ids[index]) !== index) {
			throw new LessonProblem(file, lineOf(heading), `two headings read "${textOf(heading)}"`);
		}
	});
	return headings;
}

function readFootnotes({ children }: Root): Map<string, readonly RootContent[]> {
	const definitions = children.filter(
		(node): node is FootnoteDefinition => node.type === 'footnoteDefinition'
	);
	return new Map(definitions.map((definition) => [definition.identifier, definition.children]));
}

/** A sentence about the frontmatter gets the file's name. */
function read<Output>(parse: () => Output, file: string): Output {
	try {
		return parse();
	} catch (error) {
		throw new LessonProblem(file, 1, error instanceof Error ? error.message : String(error));
	}
}
