/** backend=auto: which backend trains the chosen model, out of a short trial of those that this machine has. */
import type { RunConfig } from './config';
import { knobs } from './knobs';

/** What can train: every backend but the wish for the best one. */
export type TrainingBackend = Exclude<RunConfig['backend'], 'auto'>;

export interface BackendTrial {
	backend: TrainingBackend;
	/** Milliseconds a gradient step took; null where the backend did not start. */
	msPerStep: number | null;
	/** True where the trial was cut short, because even a step of one digit took longer than a whole one elsewhere. */
	isCutShort: boolean;
}

export interface BackendChoice {
	backend: TrainingBackend;
	/** What was chosen and why, one sentence. */
	sentence: string;
}

/** The fastest; throws one sentence where none started. */
export function chooseBackend(
	model: RunConfig['model'],
	trials: readonly BackendTrial[]
): BackendChoice {
	const started = trials.filter(({ msPerStep }) => msPerStep !== null);
	const ranked = [...started].sort((a, b) => a.msPerStep! - b.msPerStep!);
	const [best, ...others] = ranked;
	if (!best) throw new Error('expected one backend to start, but this machine refused them all');
	const missing = trials.filter(({ msPerStep }) => msPerStep === null);
	const rivals = others.map((trial) => `${describeTime(trial)} on ${nameOf(trial.backend)}`);
	const absent = listOf(missing.map(({ backend }) => nameOf(backend)));
	const sentence =
		`backend=auto chose ${nameOf(best.backend)}: ${describeTime(best)} a step of ${model} in a trial on this machine` +
		(rivals.length > 0 ? `, against ${listOf(rivals)}` : '') +
		(absent ? `; ${absent} did not start` : '') +
		'.';
	return { backend: best.backend, sentence };
}

/** "a, b and c". */
function listOf(words: readonly string[]): string {
	const last = words.slice(-1);
	return [...(words.length > 1 ? [words.slice(0, -1).join(', ')] : []), ...last].join(' and ');
}

function describeTime({ msPerStep, isCutShort }: BackendTrial): string {
	return `${isCutShort ? 'over ' : ''}${Number(msPerStep!.toPrecision(2))} ms`;
}

function nameOf(backend: TrainingBackend): string {
	return knobs.backend.choices[backend];
}
