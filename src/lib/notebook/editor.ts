/**
 * The editor of a cell: CodeMirror 6, with the lesson's colours and completion for what a cell has at hand. This file
 * owns the editor's DOM; it is fetched when a cell is first touched (148 KB gzip).
 */
import {
	autocompletion,
	closeBrackets,
	closeBracketsKeymap,
	completionKeymap,
	type Completion,
	type CompletionContext,
	type CompletionResult
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript, typescriptLanguage } from '@codemirror/lang-javascript';
import {
	bracketMatching,
	indentOnInput,
	indentUnit,
	syntaxHighlighting
} from '@codemirror/language';
import { EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';

export interface EditorOptions {
	code: string;
	/** Name of the text field, for screen readers. */
	label: string;
	/** What a cell has at hand. */
	completions: readonly Completion[];
	onchange: (code: string) => void;
	onrun: () => void;
}

export interface CodeEditor {
	/** Puts other code in, e.g. the original; nothing where it is the same. */
	setCode(code: string): void;
	/** Gives it the keyboard, with the caret at a place on the screen, and types what was typed meanwhile. */
	enter(caret: { x: number; y: number } | null, typed: string): void;
	destroy(): void;
}

/** Makes an editor inside `parent`. Tab indents; Escape and then Tab leaves. */
export function createEditor(parent: HTMLElement, options: EditorOptions): CodeEditor {
	const { code, label, completions, onchange, onrun } = options;
	const run = () => {
		onrun();
		return true;
	};
	const view = new EditorView({
		parent,
		state: EditorState.create({
			doc: code,
			extensions: [
				Prec.highest(
					keymap.of([
						{ key: 'Mod-Enter', run },
						{ key: 'Shift-Enter', run }
					])
				),
				keymap.of([
					...closeBracketsKeymap,
					...completionKeymap,
					...defaultKeymap,
					...historyKeymap,
					indentWithTab
				]),
				history(),
				drawSelection(),
				bracketMatching(),
				closeBrackets(),
				indentOnInput(),
				indentUnit.of('\t'),
				EditorState.tabSize.of(2),
				javascript({ typescript: true }),
				typescriptLanguage.data.of({ autocomplete: completeFrom(completions) }),
				autocompletion({ icons: false }),
				syntaxHighlighting(classHighlighter),
				EditorView.contentAttributes.of({
					'aria-label': label,
					spellcheck: 'false',
					tabindex: '0'
				}),
				EditorView.updateListener.of((update) => {
					if (update.docChanged) onchange(update.state.doc.toString());
				})
			]
		})
	});
	return {
		setCode(code) {
			if (code === view.state.doc.toString()) return;
			view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: code } });
		},
		enter(caret, typed) {
			const from = (caret && view.posAtCoords(caret)) ?? 0;
			const anchor = from + typed.length;
			view.dispatch({ changes: { from, insert: typed }, selection: { anchor } });
			view.focus();
		},
		destroy: () => view.destroy()
	};
}

/** Names at hand, once a word has begun; and words that stand in the cell already. */
function completeFrom(completions: readonly Completion[]) {
	return (context: CompletionContext): CompletionResult | null => {
		const word = context.matchBefore(/[\w$]+/);
		if (!word && !context.explicit) return null;
		const from = word?.from ?? context.pos;
		// After a dot stands a member, which nobody here knows.
		if (context.state.sliceDoc(from - 1, from) === '.') return null;
		return { from, options: [...completions], validFor: /^[\w$]*$/ };
	};
}
