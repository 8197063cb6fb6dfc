/** The code cells of a lesson: what is in them, what they showed, and the session they share. */
import { createContext } from 'svelte';
import { keyOf, type Output } from '../api/output';
import type { CellFailure } from '../kernel/cellFailure';
import type { CellKernel, RunEnd } from '../kernel/CellKernel';
import type { CellPart } from '../lessons/document';
import type { Report } from '../lessons/report';
import type { KeptEdits } from './keptEdits';

/** `lost`: it had run, but its session is gone. */
export type CellStatus = 'fresh' | 'waiting' | 'running' | 'done' | 'failed' | 'stopped' | 'lost';

export class LessonCell {
	readonly name: string;
	/** As the lesson has it. */
	readonly original: string;
	#code = $state('');
	/** What ran last; null before the first run of this session. */
	#ranCode = $state<string | null>(null);
	status = $state<CellStatus>('fresh');
	/** Its place in the order in which cells ran in this session, from 1. */
	runNumber = $state<number | null>(null);
	outputs = $state.raw<readonly Output[]>([]);
	failure = $state.raw<CellFailure | null>(null);
	/** One sentence beside the outputs, e.g. that the session is gone. */
	notice = $state<string | null>(null);
	/** The worker has not answered for a while. */
	isSilent = $state(false);
	readonly #onedit: () => void;

	constructor({ name, code }: Pick<CellPart, 'name' | 'code'>, edited: string, onedit: () => void) {
		this.name = name;
		this.original = code;
		this.#code = edited;
		this.#onedit = onedit;
	}

	get code(): string {
		return this.#code;
	}

	set code(code: string) {
		if (code === this.#code) return;
		this.#code = code;
		this.#onedit();
	}

	get isEdited(): boolean {
		return this.#code !== this.original;
	}

	/** What is shown came from other code than what is in the cell now. */
	get isStale(): boolean {
		return this.#ranCode !== null && this.#ranCode !== this.#code;
	}

	get isBusy(): boolean {
		return this.status === 'waiting' || this.status === 'running';
	}

	begin(): string {
		this.status = 'running';
		this.outputs = [];
		this.failure = null;
		this.notice = null;
		this.#ranCode = this.#code;
		return this.#code;
	}

	/** Adds an output, or puts it in the place of the one with its key. */
	add(output: Output): void {
		const key = keyOf(output);
		const known = key === null ? -1 : this.outputs.findIndex((other) => keyOf(other) === key);
		this.outputs = known < 0 ? [...this.outputs, output] : this.outputs.with(known, output);
	}
}

export interface LessonCellsOptions {
	cells: readonly Pick<CellPart, 'name' | 'code'>[];
	edits: KeptEdits;
	/** Made when the first cell runs. */
	createKernel: () => Promise<CellKernel>;
	/** A cell told the lesson what it computed. */
	onreport: (cell: string, report: Report) => void;
}

export class LessonCells {
	readonly cells: readonly LessonCell[];
	readonly #options: LessonCellsOptions;
	#kernel: CellKernel | null = null;
	/** Cells that wait their turn, in order. */
	#queue: LessonCell[] = [];
	#isRunning = $state(false);
	#numRuns = 0;
	#problem = $state<string | null>(null);

	constructor(options: LessonCellsOptions) {
		this.#options = options;
		this.cells = options.cells.map((part) => new LessonCell(part, part.code, () => this.#keep()));
	}

	/** Puts back what the reader had written; in a browser only. */
	load(): void {
		const edits = this.#options.edits.load();
		for (const cell of this.cells) cell.code = edits[cell.name] ?? cell.code;
	}

	of(name: string): LessonCell {
		const cell = this.cells.find((one) => one.name === name);
		if (!cell) throw new Error(`expected a cell of this lesson, got "${name}"`);
		return cell;
	}

	get isRunning(): boolean {
		return this.#isRunning;
	}

	/** Why edits last only as long as this page, or null. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Runs a cell when those before it are done. */
	async run(cell: LessonCell): Promise<void> {
		if (cell.isBusy) return;
		cell.status = 'waiting';
		this.#queue.push(cell);
		await this.#work();
	}

	/** Runs all cells in their order, up to the first that fails. */
	async runAll(): Promise<void> {
		for (const cell of this.cells) {
			if (cell.isBusy) continue;
			cell.status = 'waiting';
			this.#queue.push(cell);
		}
		await this.#work();
	}

	/** Ends the cell that runs; those that wait do not run. */
	stop(): void {
		this.#clearQueue();
		this.#kernel?.stop();
	}

	/** Ends the session: what cells have made is gone, their code stays. */
	restart(): void {
		this.#clearQueue();
		this.#kernel?.restart();
		this.#loseSession(null);
	}

	/** All code of the lesson, cell by cell, for a file. */
	export(title: string): string {
		const parts = this.cells.map(({ name, code }) => `// --- ${name}\n${code}\n`);
		return [`// ${title}\n`, ...parts].join('\n');
	}

	dispose(): void {
		this.#clearQueue();
		this.#kernel?.restart();
	}

	async #work(): Promise<void> {
		if (this.#isRunning) return;
		this.#isRunning = true;
		try {
			for (let cell = this.#queue.shift(); cell; cell = this.#queue.shift()) {
				if (!(await this.#runOne(cell))) this.#clearQueue();
			}
		} finally {
			this.#isRunning = false;
		}
	}

	/** Whether the next one may run. */
	async #runOne(cell: LessonCell): Promise<boolean> {
		const source = cell.begin();
		const addFailure = (failure: CellFailure) => void (cell.failure = failure);
		try {
			this.#kernel ??= await this.#options.createKernel();
			const end = await this.#kernel.run(cell.name, source, {
				onoutput: (output) => this.#take(cell, output),
				onstray: addFailure,
				onsilence: (isSilent) => (cell.isSilent = isSilent)
			});
			return this.#finish(cell, end);
		} catch (error) {
			cell.status = 'failed';
			cell.notice = error instanceof Error ? error.message : String(error);
			return false;
		}
	}

	#finish(cell: LessonCell, end: RunEnd): boolean {
		if (end.kind === 'lost') {
			this.#loseSession(cell);
			cell.status = 'stopped';
			cell.notice = end.sentence;
			return false;
		}
		cell.runNumber = ++this.#numRuns;
		if (end.kind === 'done') {
			cell.status = cell.failure ? 'failed' : 'done';
			return !cell.failure;
		}
		const isStopped = end.failure.name === 'Stopped';
		cell.status = isStopped ? 'stopped' : 'failed';
		if (isStopped) cell.notice = end.failure.message;
		else cell.failure = this.#explain(end.failure);
		return false;
	}

	/** A name that is missing because the cell that makes it has not run: says which one. */
	#explain(failure: CellFailure): CellFailure {
		const missing = /^(?:Can't find variable: )?(\w+)(?: is not defined)?$/.exec(failure.message);
		if (failure.name !== 'ReferenceError' || !missing) return failure;
		const declaration = new RegExp(
			`\\b(const|let|var|function|class)\\b[^=;(]*\\b${missing[1]}\\b`
		);
		const at = this.cells.findIndex(
			({ runNumber, code }) => runNumber === null && declaration.test(code)
		);
		if (at < 0) return failure;
		return {
			...failure,
			message: `${failure.message}. Cell ${at + 1} makes it: run that one first`
		};
	}

	#take(cell: LessonCell, output: Output): void {
		if (output.kind === 'report') this.#options.onreport(cell.name, output.values);
		else cell.add(output);
	}

	#loseSession(except: LessonCell | null): void {
		this.#numRuns = 0;
		for (const cell of this.cells) {
			if (cell !== except && cell.runNumber !== null) cell.status = 'lost';
			cell.runNumber = null;
		}
	}

	#clearQueue(): void {
		for (const cell of this.#queue) cell.status = cell.runNumber === null ? 'fresh' : 'done';
		this.#queue = [];
	}

	#keep(): void {
		const edited = this.cells.filter((cell) => cell.isEdited);
		this.#problem = this.#options.edits.save(
			Object.fromEntries(edited.map(({ name, code }) => [name, code]))
		);
	}
}

const [getContext, setContext] = createContext<LessonCells>();

/** The cells around a component; call it while the component is set up. */
export const getCells = getContext;
export const provideCells = setContext;
