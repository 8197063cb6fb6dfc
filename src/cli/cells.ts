/**
 * `npm run cells -- <lesson or file.ts>`: runs the code cells of a lesson, or a file of code with the same functions at
 * hand, in the terminal. Exits with 1 at the first cell that fails.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readNotebook } from '../build/lessons/readLessons';
import type { Output } from '../lib/api/output';
import { createCellRunner } from '../lib/kernel/cellRunner';
import type { FromKernel } from '../lib/kernel/messages';
import type { CellPart, LessonNode } from '../lib/lessons/document';
import { createNodeWorld } from './nodeWorld';

const project = fileURLToPath(new URL('../..', import.meta.url));

interface Cell {
	name: string;
	code: string;
}

/** The cells of the lesson with this address, or the file as one cell; throws one sentence. */
async function findCells(name: string): Promise<Cell[]> {
	if (/\.[jt]s$/.test(name)) {
		const code = await readFile(name, 'utf8').catch(() => {
			throw new Error(`expected a file of code, found no ${name}`);
		});
		return [{ name, code }];
	}
	const { lessons } = readNotebook(project, '');
	const lesson = lessons.find(({ slug }) => slug === name);
	const slugs = lessons.map(({ slug }) => slug).join(', ');
	if (!lesson) throw new Error(`expected a file or one of ${slugs}, got "${name}"`);
	return lesson.nodes.flatMap(cellsIn);
}

function cellsIn(node: LessonNode): CellPart[] {
	if (node.kind === 'element') return node.children.flatMap(cellsIn);
	return node.kind === 'cell' ? [node] : [];
}

/** An output in lines of text; what changes in place is left to the page. */
function print(output: Output): void {
	if (output.kind === 'text') console.log(output.text);
	else if (output.kind === 'report') console.log('report', output.values);
	else if (output.kind === 'pictures') console.log(`[${output.items.length} pictures]`);
	else if (output.kind === 'table')
		console.table(
			output.rows.map((row) =>
				Object.fromEntries(row.map((value, i) => [output.columns[i], value]))
			)
		);
	else if (output.kind === 'federation' && output.status === 'done')
		console.log(`[a federation of ${output.numRounds} rounds]`, output.accuracy.at(-1));
	else if (output.kind === 'chart')
		for (const { name, points } of output.series) console.log(output.title, name, points.at(-1));
}

async function runCells(cells: readonly Cell[]): Promise<boolean> {
	let hasFailed = false;
	const receive = (message: FromKernel) => {
		if (message.type === 'output') print(message.output);
		const failure = message.type === 'ended' || message.type === 'stray' ? message.failure : null;
		if (!failure) return;
		hasFailed = true;
		const place = failure.line === null ? '' : ` (line ${failure.line})`;
		console.error(`${failure.name}: ${failure.message}${place}`);
	};
	const runner = createCellRunner(await createNodeWorld(`${project}static/data`), receive);
	for (const [index, { name, code }] of cells.entries()) {
		if (cells.length > 1) console.log(`\n--- ${name}`);
		await runner.run(index + 1, name, code);
		if (hasFailed) return false;
	}
	return true;
}

try {
	const [name] = process.argv.slice(2);
	if (!name) throw new Error('expected the address of a lesson or a file of code, got nothing');
	if (!(await runCells(await findCells(name)))) process.exitCode = 1;
} catch (error) {
	console.error((error as Error).message);
	process.exitCode = 1;
}
