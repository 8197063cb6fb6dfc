/** Markdown to the nodes of a lesson: prose becomes HTML, and what does something becomes a part. */
import type { Code, FootnoteReference, Link, Nodes, RootContent } from 'mdast';
import type {
	CellPart,
	HtmlNode,
	LessonNode,
	ListingPart,
	NotePart
} from '../../lib/lessons/document';
import { compilePart } from './compileParts';
import { highlight, isCodeLanguage } from './highlight';
import { LessonProblem } from './LessonProblem';
import { isBlock, lineOf, proseToHtml, type ProsePlace } from './prose';
import { isTag, unwrapTags } from './tags';

/** One lesson being compiled. */
export interface CompileContext extends ProsePlace {
	/** What each footnote says, by its identifier. */
	footnotes: ReadonlyMap<string, readonly RootContent[]>;
	/** Remarks so far. */
	numNotes: number;
}

/** Elements that stand around parts within prose. */
const elementTags: Partial<Record<RootContent['type'], string>> = {
	paragraph: 'p',
	emphasis: 'em',
	strong: 'strong',
	blockquote: 'blockquote',
	listItem: 'li',
	delete: 'del'
};

/** Several nodes in a row; neighbouring pieces of plain prose become one. @throws LessonProblem */
export function compileNodes(nodes: readonly RootContent[], context: CompileContext): LessonNode[] {
	const compiled: LessonNode[] = [];
	for (const node of unwrapTags(nodes)) {
		if (node.type === 'footnoteDefinition') continue;
		const next = compileNode(node, compiled, context);
		const last = compiled[compiled.length - 1];
		if (next?.kind === 'html' && last?.kind === 'html') last.html += next.html;
		else if (next) compiled.push(next);
	}
	return compiled;
}

/** Null where the node went into the one before it. */
function compileNode(
	node: RootContent,
	before: readonly LessonNode[],
	context: CompileContext
): LessonNode | null {
	if (isTag(node)) {
		if (node.name === 'SideNote') return createNote(node.children, context);
		return compilePart(node, context);
	}
	if (node.type === 'code') return compileCode(node, before, context);
	if (node.type === 'footnoteReference') return compileFootnote(node, context);
	if (node.type === 'link' && isTermLink(node)) return compileTerm(node, context);
	if (!hasPart(node)) return compileProse(node, context);
	const tag = node.type === 'list' ? (node.ordered ? 'ol' : 'ul') : elementTags[node.type];
	if (!tag || !('children' in node)) {
		const sentence = `parts, terms and notes cannot stand within a ${node.type}`;
		throw new LessonProblem(context.file, lineOf(node), sentence);
	}
	return { kind: 'element', tag, children: compileNodes(node.children, context) };
}

/** Blocks end with a line break, so that the page's source stays readable; words run on. */
function compileProse(node: RootContent, context: CompileContext): HtmlNode {
	const html = proseToHtml(node, context);
	return { kind: 'html', html: isBlock(node) ? `${html}\n` : html };
}

function hasPart(node: Nodes): boolean {
	if (isTag(node) || node.type === 'code' || node.type === 'footnoteReference') return true;
	if (node.type === 'link' && isTermLink(node)) return true;
	return 'children' in node && node.children.some(hasPart);
}

/**
 * "```ts cell name" is a cell, "```python original" the words of TensorFlow Federated for the cell above,
 * and any other fence is code to read.
 */
function compileCode(
	node: Code,
	before: readonly LessonNode[],
	{ file }: CompileContext
): CellPart | ListingPart | null {
	const refuse = (sentence: string): never => {
		throw new LessonProblem(file, lineOf(node), sentence);
	};
	const language = node.lang ?? '';
	if (!isCodeLanguage(language))
		return refuse(`expected code in ts, js or python, got "${language}"`);
	const text = highlight(node.value, language);
	const [role, name, ...rest] = (node.meta ?? '').split(/\s+/).filter(Boolean);
	if (!role) return { kind: 'listing', ...text };
	if (role === 'cell' && name && rest.length === 0) {
		return { kind: 'cell', name, ...text, original: null };
	}
	const cell = before[before.length - 1];
	if (role !== 'original' || name) refuse(`expected "cell name" or "original", got "${node.meta}"`);
	if (cell?.kind !== 'cell') return refuse('expected a cell right above its original');
	cell.original = text;
	return null;
}

function compileFootnote(node: FootnoteReference, context: CompileContext): NotePart {
	const definition = context.footnotes.get(node.identifier);
	if (!definition) {
		throw new LessonProblem(context.file, lineOf(node), `there is no footnote "${node.label}"`);
	}
	const isText = definition.every((paragraph) => paragraph.type === 'paragraph');
	if (!isText) {
		throw new LessonProblem(
			context.file,
			lineOf(node),
			'a footnote is text, without parts or lists'
		);
	}
	const content = definition.flatMap((paragraph) =>
		'children' in paragraph ? paragraph.children : []
	);
	return createNote(content, context);
}

function createNote(content: readonly RootContent[], context: CompileContext): NotePart {
	context.numNotes++;
	const number = context.numNotes;
	return { kind: 'note', number, children: compileNodes(content, context) };
}

function isTermLink({ url }: Link): boolean {
	return url.startsWith('/glossary#');
}

function compileTerm(node: Link, context: CompileContext): LessonNode {
	const id = node.url.slice('/glossary#'.length);
	const term = context.world.terms.get(id);
	if (!term) {
		throw new LessonProblem(context.file, lineOf(node), `there is no glossary term "${id}"`);
	}
	const { title, sentence } = term;
	return { kind: 'term', id, title, sentence, children: compileNodes(node.children, context) };
}
