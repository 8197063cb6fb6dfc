/** Runs one cell after the other in one session and sends what they show. Knows no worker: a test can hold it. */
import { describeLine, describeValue } from '../api/describeValue';
import { createManyHands } from '../api/manyHands';
import type { Output, TextOutput } from '../api/output';
import { Stopped, type World } from '../api/world';
import { createGuardedArrays } from './guardedArrays';
import type { FromKernel } from './messages';
import { createSession } from './session';

export interface CellRunner {
	/** Runs to the end; never rejects. Cells run one at a time. */
	run(runId: number, cell: string, source: string): Promise<void>;
	/** The cell that runs now ends at its next breath. */
	stop(): void;
	/** An error that nobody caught. */
	stray(error: unknown): void;
}

/** Outputs of one run after which the rest is left out: a loop may print without end. */
const MAX_OUTPUTS = 1000;

export function createCellRunner(
	world: Omit<World, 'show'>,
	post: (message: FromKernel) => void
): CellRunner {
	let current = 0;
	let numOutputs = 0;
	let isStopped = false;

	function show(output: Output): void {
		if (++numOutputs > MAX_OUTPUTS) {
			if (numOutputs === MAX_OUTPUTS + 1)
				post({
					type: 'output',
					runId: current,
					output: note('warning', `More than ${MAX_OUTPUTS} outputs: the rest is left out.`)
				});
			return;
		}
		post({ type: 'output', runId: current, output });
	}

	const functions = createManyHands({
		...world,
		show,
		async breathe() {
			await world.breathe();
			if (isStopped) throw new Stopped();
		}
	});
	const session = createSession({
		...functions,
		...createGuardedArrays(),
		console: createConsole(show, functions.table)
	});

	return {
		async run(runId, cell, source) {
			current = runId;
			numOutputs = 0;
			isStopped = false;
			const result = await session.run(source, cell);
			if (result.isDone && result.value !== undefined) show(describeValue(result.value));
			const failure = result.isDone ? null : result.failure;
			post({ type: 'ended', runId, failure });
		},
		stop: () => (isStopped = true),
		stray: (error) => post({ type: 'stray', runId: current, failure: session.locate(error) })
	};
}

function note(tone: TextOutput['tone'], text: string): TextOutput {
	return { kind: 'text', tone, text };
}

/** The console of the cells: what is logged is shown below the cell. */
function createConsole(show: (output: Output) => void, table: (rows: readonly object[]) => void) {
	const log =
		(tone: TextOutput['tone']) =>
		(...values: unknown[]) =>
			show(note(tone, describeLine(values)));
	return {
		log: log('log'),
		info: log('log'),
		debug: log('log'),
		warn: log('warning'),
		error: log('error'),
		table: (rows: unknown) =>
			Array.isArray(rows) && rows.every((row) => typeof row === 'object' && row !== null)
				? table(rows)
				: show(describeValue(rows))
	};
}
