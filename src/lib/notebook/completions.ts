/** What the editor offers to complete, from the public API's own descriptions; fetched with the editor. */
import type { Completion } from '@codemirror/autocomplete';

/** Words of the language that cells use. */
const words = ['const', 'let', 'await', 'async', 'function', 'return', 'for', 'of', 'if', 'else'];

let loading: Promise<readonly Completion[]> | null = null;

/** Reads them once. */
export function completions(): Promise<readonly Completion[]> {
	return (loading ??= read());
}

async function read(): Promise<readonly Completion[]> {
	const { groups } = await import('virtual:api');
	return [
		...groups.flatMap(({ members }) =>
			members.map(({ name, summary }) => ({
				label: name,
				type: 'function',
				info: summary,
				boost: 1
			}))
		),
		...words.map((label) => ({ label, type: 'keyword' })),
		{ label: 'console', type: 'variable', info: 'log, warn, error and table show below the cell.' }
	];
}
