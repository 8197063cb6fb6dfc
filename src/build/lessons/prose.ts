/** Prose to HTML: formulas are set, addresses checked, headings get their ids. */
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import katex from 'katex';
import type { Heading, Link, Nodes, RootContent } from 'mdast';
import type { InlineMath, Math } from 'mdast-util-math';
import { toHast, type Handlers, type Options } from 'mdast-util-to-hast';
import { LessonProblem } from './LessonProblem';
import type { LessonWorld } from './world';

/** Where a piece of prose stands. */
export interface ProsePlace {
	file: string;
	world: LessonWorld;
}

/** The HTML of prose without parts. @throws LessonProblem */
export function proseToHtml(node: Nodes, place: ProsePlace): string {
	const options: Options = { handlers: createHandlers(place), allowDangerousHtml: true };
	// Named references, because the prerenderer's crawler takes the "#" of a numbered one for a fragment.
	const characterReferences = { useNamedReferences: true };
	return toHtml(toHast(node, options), { allowDangerousHtml: true, characterReferences });
}

/** The words of a node, without any markup. */
export function textOf(node: Nodes): string {
	if ('value' in node) return node.value;
	return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** "What the server sees" becomes "what-the-server-sees". */
export function headingId(heading: Heading): string {
	const words = textOf(heading).normalize('NFKD').toLowerCase();
	return words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}

export function lineOf(node: Nodes): number {
	return node.position?.start.line ?? 1;
}

function createHandlers({ file, world }: ProsePlace): Handlers {
	return {
		heading: (state, node: Heading): Element => ({
			type: 'element',
			tagName: `h${node.depth}`,
			properties: { id: headingId(node) },
			children: state.all(node)
		}),
		link: (state, node: Link): Element => ({
			type: 'element',
			tagName: 'a',
			properties: { href: resolveAddress(node, file, world) },
			children: state.all(node)
		}),
		inlineMath: (_, node: InlineMath) => setFormula(node, file, false),
		math: (_, node: Math) => setFormula(node, file, true)
	};
}

/** A page of this site must exist; other sites are taken at their word. */
function resolveAddress(node: Link, file: string, { base, pages, terms }: LessonWorld): string {
	const { url } = node;
	if (/^https?:/.test(url) || url.startsWith('#')) return url;
	const [, path, rest] = /^(\/[^?#]*)(.*)$/.exec(url) ?? [];
	const fragment = /#(.+)$/.exec(rest ?? '')?.[1];
	const isTerm = path === '/glossary' && fragment !== undefined;
	if (path && pages.has(path) && (!isTerm || terms.has(fragment))) return base + url;
	throw new LessonProblem(
		file,
		lineOf(node),
		`expected a page of this site or https://, got "${url}"`
	);
}

/** MathML, which browsers set and read aloud without any style sheet. */
function setFormula(node: InlineMath | Math, file: string, isBlock: boolean): ElementContent {
	try {
		const formula = katex.renderToString(node.value, {
			displayMode: isBlock,
			output: 'mathml',
			strict: 'error',
			throwOnError: true
		});
		// A long formula scrolls by itself, so the keyboard must be able to reach it.
		const open = '<div class="formula" role="group" aria-label="Formula" tabindex="0">';
		const value = isBlock ? `${open}${formula}</div>` : formula;
		return { type: 'raw', value } as unknown as ElementContent;
	} catch (error) {
		const sentence = error instanceof Error ? error.message : String(error);
		throw new LessonProblem(file, lineOf(node), sentence.replace(/^KaTeX parse error: /, ''));
	}
}

/** Whether prose begins here that stands on its own, or goes on within a paragraph. */
export function isBlock(node: RootContent): boolean {
	return ['paragraph', 'heading', 'list', 'table', 'blockquote', 'math', 'code'].includes(
		node.type
	);
}
