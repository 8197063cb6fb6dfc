/** The laws of a session: what cells share, what they show, and where errors point. */
import { describe, expect, it } from 'vitest';
import { createSession, type Session } from '../../src/lib/kernel/session';

const open = (globals: Record<string, unknown> = {}) => createSession(globals);

async function valueOf(session: Session, source: string): Promise<unknown> {
	const result = await session.run(source, 'test');
	if (!result.isDone) throw new Error(`${result.failure.name}: ${result.failure.message}`);
	return result.value;
}

async function failureOf(session: Session, source: string) {
	const result = await session.run(source, 'test');
	if (result.isDone) throw new Error(`expected a failure, got ${String(result.value)}`);
	return result.failure;
}

describe('what cells share', () => {
	it.each([
		['const a = 2, b = a + 1;', 'a * 10 + b', 23],
		['let a = 5', 'a++; a', 6],
		['var a = 7;', 'a', 7],
		[
			'const { a, x: [b, ...c], ...rest } = { a: 1, x: [2, 3, 4], y: 5 };',
			'[a, b, c, rest.y]',
			[1, 2, [3, 4], 5]
		],
		['const [a = 9] = []', 'a', 9],
		['function twice(x: number): number { return 2 * x; }', 'twice(4)', 8],
		['class Pair { constructor(public a: number) {} }', 'new Pair(3).a', 3],
		['async function later() { return 6; }', 'await later()', 6],
		['undeclared = 4', 'undeclared', 4]
	])('%s, then %s', async (first, second, expected) => {
		const session = open();
		await session.run(first, 'first');
		expect(await valueOf(session, second)).toEqual(expected);
	});

	it('lets a cell run again, and a name be declared again', async () => {
		const session = open();
		expect(await valueOf(session, 'const a = 1; a')).toBe(1);
		expect(await valueOf(session, 'const a = 1; a')).toBe(1);
		expect(await valueOf(session, 'let a: string = "new"; a')).toBe('new');
		expect(await valueOf(session, 'let a; a')).toBe(undefined);
	});

	it('shows functions of earlier cells the later values', async () => {
		const session = open();
		await session.run('let rate = 1; const price = (n: number) => n * rate;', 'first');
		await session.run('rate = 3;', 'second');
		expect(await valueOf(session, 'price(2)')).toBe(6);
	});

	it('keeps names inside blocks and loops to themselves', async () => {
		const session = open();
		expect(
			await valueOf(session, 'let sum = 0; for (const x of [1, 2]) { let y = x; sum += y; }\nsum')
		).toBe(3);
		expect((await failureOf(session, 'x')).name).toBe('ReferenceError');
	});

	it('offers the globals, lets them be covered, and keeps sessions apart', async () => {
		const one = open({ answer: 42 });
		expect(await valueOf(one, 'answer')).toBe(42);
		expect(await valueOf(one, 'const answer = 1; answer')).toBe(1);
		expect(await valueOf(open({ answer: 42 }), 'answer')).toBe(42);
		expect(one.names()).toEqual(['answer']);
	});

	it('names functions as their declarations do', async () => {
		expect(await valueOf(open(), 'const build = () => 1; build.name')).toBe('build');
	});
});

describe('the value of a cell', () => {
	it.each([
		['1 + 1', 2],
		['await Promise.resolve(3)', 3],
		['const a = 1', undefined],
		['if (true) { 5 }', undefined],
		['({ a: 1 })', { a: 1 }],
		['[1, 2] // the pair', [1, 2]],
		['2;', 2],
		['const a = 4\n;[a].length', 1],
		['const a = 1\nconst b = 2\nb', 2],
		['const f = () => 1\n;(f())', 1],
		['', undefined],
		['// nothing', undefined],
		['interface Hand { id: number }\ntype Id = Hand["id"];\nconst id = 3 as Id;\nid!', 3],
		['hoisted();\nfunction hoisted() { return 1; }\nhoisted()', 1]
	])('%s', async (source, expected) => {
		expect(await valueOf(open(), source)).toEqual(expected);
	});
});

describe('errors', () => {
	it.each([
		['a line that fails', 'const a = 1;\n\nnull.x;', 'TypeError', 3],
		[
			'a line after types',
			'interface A {\n\tb: number;\n}\nconst c: A = { b: 1 };\nthrow new Error("here");',
			'Error',
			5
		],
		[
			'a rejected promise',
			'await 1;\nawait Promise.reject(new RangeError("no"));',
			'RangeError',
			2
		],
		['a function of the cell', 'function f() {\n\tmissing();\n}\nf();', 'ReferenceError', 2],
		['a syntax error', 'const a = 1;\nconst b = ;', 'SyntaxError', 2],
		['a brace that is missing', 'if (true) {\n1', 'SyntaxError', 2],
		['a name declared twice', 'const a = 1;\nconst a = 2;', 'SyntaxError', 2]
	])('point at %s', async (_, source, name, line) => {
		expect(await failureOf(open(), source)).toMatchObject({ name, line });
	});

	it('name the cell that holds the line', async () => {
		const session = open();
		await session.run('const f = () => {\n\tthrow new Error("inside");\n};', 'first cell');
		expect(await failureOf(session, 'f()')).toEqual({
			name: 'Error',
			message: 'inside',
			line: 2,
			cell: 'first cell'
		});
	});

	it('say of imports what to do instead', async () => {
		const failure = await failureOf(open(), "1;\nimport * as d3 from 'd3';");
		expect(failure.line).toBe(2);
		expect(failure.message).toMatch(/imports nothing/);
	});

	it('take whatever was thrown', async () => {
		expect(await failureOf(open(), 'throw "text"')).toMatchObject({ message: 'text', line: null });
	});
});
