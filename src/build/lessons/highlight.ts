/** Code as coloured HTML, with the grammars and class names that the editor uses, so that nothing jumps. */
import { classHighlighter, highlightCode } from '@lezer/highlight';
import { parser as javascript } from '@lezer/javascript';
import { parser as python } from '@lezer/python';
import type { CodeText } from '../../lib/lessons/document';

const parsers = {
	ts: javascript.configure({ dialect: 'ts' }),
	js: javascript,
	python
};

export type CodeLanguage = keyof typeof parsers;
export const codeLanguages = Object.keys(parsers);

export function isCodeLanguage(name: string): name is CodeLanguage {
	return Object.hasOwn(parsers, name);
}

/** Spans carry `tok-` classes; lines are kept as they are. */
export function highlight(code: string, language: CodeLanguage): CodeText {
	const tree = parsers[language].parse(code);
	let highlighted = '';
	const putText = (text: string, classes: string) => {
		const escaped = escapeHtml(text);
		highlighted += classes ? `<span class="${classes}">${escaped}</span>` : escaped;
	};
	highlightCode(code, tree, classHighlighter, putText, () => (highlighted += '\n'));
	return { code, highlighted };
}

function escapeHtml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
