/**
 * Markdown as lessons are written in: CommonMark, tables, strikethrough and footnotes of GitHub, formulas
 * between dollars, and parts as tags (`<Figure name="Rounds" />`). HTML is not taken over: a tag is a part.
 */
import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { mathFromMarkdown } from 'mdast-util-math';
import { mdxJsxFromMarkdown } from 'mdast-util-mdx-jsx';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { parse, YAMLParseError } from 'yaml';
import { LessonProblem } from './LessonProblem';

/** Tags are parts, so HTML, its autolinks, and code by indentation are switched off. */
const withoutHtml = { disable: { null: ['autolink', 'codeIndented', 'htmlFlow', 'htmlText'] } };

export interface ParsedMarkdown {
	frontmatter: unknown;
	root: Root;
}

/** @throws LessonProblem where it cannot be read */
export function parseMarkdown(text: string, file: string): ParsedMarkdown {
	const root = parseRoot(text, file);
	const [first, ...rest] = root.children;
	if (first?.type !== 'yaml') {
		throw new LessonProblem(file, 1, 'expected frontmatter between lines of "---", got none');
	}
	return { frontmatter: parseYaml(first.value, file), root: { ...root, children: rest } };
}

function parseRoot(text: string, file: string): Root {
	try {
		return fromMarkdown(text, {
			extensions: [frontmatter(['yaml']), gfm(), math(), mdxJsx(), withoutHtml],
			mdastExtensions: [
				frontmatterFromMarkdown(['yaml']),
				gfmFromMarkdown(),
				mathFromMarkdown(),
				mdxJsxFromMarkdown()
			]
		});
	} catch (error) {
		const { reason, line } = error as { reason?: string; line?: number };
		if (!reason) throw error;
		// Some complaints carry their line only in words: "... for `<Hint>` (9:1-9:7)".
		const told = /\((\d+):\d+/.exec(reason)?.[1];
		const sentence = `${reason.split('\n')[0]} (a "<" that begins no tag is written "\\<")`;
		throw new LessonProblem(file, line ?? Number(told ?? 1), sentence);
	}
}

function parseYaml(text: string, file: string): unknown {
	try {
		return parse(text);
	} catch (error) {
		if (!(error instanceof YAMLParseError)) throw error;
		const line = (error.linePos?.[0].line ?? 0) + 1;
		throw new LessonProblem(file, line, error.message.split('\n')[0]);
	}
}
