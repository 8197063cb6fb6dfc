/**
 * A cell as its author wrote it, to code that shares one session with the other cells: TypeScript's types are
 * taken away (sucrase), names declared at the top live in the session, the last expression is the value, and
 * `await` works everywhere. Line numbers stay as they were, so that errors point at the author's lines.
 *
 * Sucrase and acorn are 83 KB gzip of the worker that cells have; ts-blank-space would bring the whole
 * TypeScript compiler.
 */
import { parse, type Program, type Statement, type ModuleDeclaration, type Pattern } from 'acorn';
import { transform } from 'sucrase';

export interface CompiledCell {
	/** The body of an async function, to be run with the session as its scope. */
	code: string;
	/** Names that the cell declares at its top. */
	names: readonly string[];
}

/** A cell that cannot be read: what is wrong, and in which line (from 1) of it. */
export class CellSyntaxError extends Error {
	override readonly name = 'SyntaxError';
	constructor(
		message: string,
		readonly line: number | null
	) {
		super(message);
	}
}

/** Throws a CellSyntaxError. */
export function compileCell(source: string): CompiledCell {
	const script = stripTypes(source);
	const program = parseScript(script);
	const edits: Edit[] = [];
	const names: string[] = [];
	const hoisted: string[] = [];
	program.body.forEach((statement, index) => {
		rewrite(statement, script, { edits, names, hoisted });
		const isLast = index === program.body.length - 1;
		if (isLast && statement.type === 'ExpressionStatement') {
			edits.push({ at: statement.start, insert: ';return (' });
			edits.push({ at: statement.expression.end, insert: ')' });
		}
	});
	// Functions may be called before the line that declares them.
	const head = hoisted.map((name) => `$session.${name}=${name};`).join('');
	return { code: head + applyEdits(script, edits), names };
}

interface Edit {
	at: number;
	/** Characters that go. */
	remove?: number;
	insert: string;
}

interface Rewriting {
	edits: Edit[];
	names: string[];
	hoisted: string[];
}

function stripTypes(source: string): string {
	try {
		return transform(source, {
			transforms: ['typescript'],
			disableESTransforms: true,
			keepUnusedImports: true
		}).code;
	} catch (error) {
		throw located(error, / \((\d+):\d+\)$/);
	}
}

function parseScript(script: string): Program {
	try {
		return parse(script, {
			ecmaVersion: 'latest',
			sourceType: 'module',
			allowAwaitOutsideFunction: true
		});
	} catch (error) {
		throw located(error, / \((\d+):\d+\)$/);
	}
}

/** Both parsers end their message with "(line:column)". */
function located(error: unknown, place: RegExp): CellSyntaxError {
	const message = error instanceof Error ? error.message : String(error);
	const line = place.exec(message)?.[1];
	const text = message.replace(place, '').replace(/^Error transforming.*?: /, '');
	return new CellSyntaxError(text, line === undefined ? null : Number(line));
}

function rewrite(
	statement: Statement | ModuleDeclaration,
	script: string,
	{ edits, names, hoisted }: Rewriting
): void {
	switch (statement.type) {
		case 'VariableDeclaration': {
			const { declarations, kind, start, end } = statement;
			const keyword = script.slice(start, declarations[0].start);
			// A name alone would not reset what an earlier cell put there: `let` does, `var` does not.
			edits.push({ at: start, remove: keyword.length, insert: ';' + keyword.replace(/\S/g, '') });
			for (const { id, init, start, end } of declarations) {
				names.push(...boundNames(id));
				edits.push({ at: start, insert: '(' });
				const empty = init || kind === 'var' ? '' : ' = undefined';
				edits.push({ at: end, insert: `${empty})` });
			}
			if (script[end - 1] !== ';') edits.push({ at: end, insert: ';' });
			break;
		}
		case 'FunctionDeclaration':
			names.push(statement.id.name);
			hoisted.push(statement.id.name);
			break;
		case 'ClassDeclaration':
			names.push(statement.id.name);
			edits.push({ at: statement.start, insert: `;${statement.id.name} = ` });
			edits.push({ at: statement.end, insert: ';' });
			break;
		case 'ImportDeclaration':
			throw new CellSyntaxError(
				'a cell imports nothing: tf and all functions of this notebook are at hand already',
				lineAt(script, statement.start)
			);
		case 'ExportNamedDeclaration':
		case 'ExportDefaultDeclaration':
		case 'ExportAllDeclaration':
			throw new CellSyntaxError(
				'a cell exports nothing: what it declares is there for the other cells',
				lineAt(script, statement.start)
			);
	}
}

/** The names that a pattern binds, e.g. `a`, `b` and `c` of `{ a, x: [b], ...c }`. */
function boundNames(pattern: Pattern): string[] {
	switch (pattern.type) {
		case 'Identifier':
			return [pattern.name];
		case 'ObjectPattern':
			return pattern.properties.flatMap((property) =>
				boundNames(property.type === 'RestElement' ? property.argument : property.value)
			);
		case 'ArrayPattern':
			return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
		case 'AssignmentPattern':
			return boundNames(pattern.left);
		case 'RestElement':
			return boundNames(pattern.argument);
		default:
			return [];
	}
}

function applyEdits(script: string, edits: readonly Edit[]): string {
	let result = '';
	let position = 0;
	// Stable: edits of one place stay in the order in which they were made.
	for (const { at, remove = 0, insert } of [...edits].sort((a, b) => a.at - b.at)) {
		result += script.slice(position, at) + insert;
		position = at + remove;
	}
	return result + script.slice(position);
}

function lineAt(script: string, position: number): number {
	return script.slice(0, position).split('\n').length;
}
