/** A sweep as a table: one row a value, with its figures after the last round. */
import { shortLabel, wordOption, wordSetting } from '../../federated/experiments/settingWords';
import type { RoundMetrics } from '../../federated/events';
import { nameInfinity, runsToCsv } from '../../federated/experiments/exportRun';
import { knobs, type Knob, type KnobName } from '../../federated/knobs';
import type { SweepRun } from '../../state/Sweep.svelte';
import {
	formatBytes,
	formatCount,
	formatLoss,
	formatPercent,
	formatWholePercent
} from '../../ui/format';
import { wordBound, wordTight } from '../cards/epsilonWords';

export interface SweepRow {
	run: SweepRun;
	/** The value alone, for an axis: "10", "Real writers". */
	value: string;
	/** The value with its knob: "cohort 10". */
	name: string;
	/** The last round, once the run is complete. */
	final: RoundMetrics | null;
}

export function sweepRows(name: KnobName, entries: readonly SweepRun[]): SweepRow[] {
	const knob: Knob = knobs[name];
	return entries.map((run) => {
		const words = wordSetting(name, run.config[name]);
		const value =
			knob.kind === 'choice'
				? wordOption(knob, run.config[name])
				: knob.kind === 'switch'
					? run.config[name] === true
						? 'on'
						: 'off'
					: String(run.config[name]);
		return { run, value, name: words, final: run.isComplete ? (run.metrics.at(-1) ?? null) : null };
	});
}

/** How far a run is that has no last round yet, in rounds: its result will stand there, in percent. */
export function wordProgress({ numRounds, config }: SweepRun, isRunning: boolean): string {
	if (numRounds === 0) return isRunning ? 'waiting' : 'not run';
	return isRunning
		? `round ${formatCount(numRounds)} of ${formatCount(config.rounds)}`
		: `stopped after ${formatCount(numRounds)} of ${formatCount(config.rounds)}`;
}

/** A share of work that goes on, rounded down: nothing is at 100 % before it is over. */
export function wordUnfinished(share: number): string {
	// What is a whole percent may lie a hair below it.
	return formatWholePercent(Math.min(99, Math.floor(share * 100 + 1e-9)) / 100);
}

/** A column of the table: what it is called, and what it says of the last round; "–" before that. */
export interface SweepFigure {
	name: string;
	word: (final: RoundMetrics | null) => string;
}

/** How well each run reads, how surprised it is, and what it has cost; the first figure counts most. */
export function sweepFigures(rows: readonly SweepRow[]): SweepFigure[] {
	const measured =
		(word: (evaluation: NonNullable<RoundMetrics['evaluation']>) => string) =>
		(final: RoundMetrics | null) => (final?.evaluation ? word(final.evaluation) : '–');
	const isPrivate = rows.some(({ final }) => final?.privacy);
	const hasTight = rows.some(({ final }) => typeof final?.privacy?.epsilonTight === 'number');
	return [
		{ name: 'unseen writers', word: measured(({ unseen }) => formatPercent(unseen.accuracy)) },
		{ name: 'high school', word: measured(({ students }) => formatPercent(students.accuracy)) },
		{ name: 'worst tenth', word: measured(({ worstTenth }) => formatPercent(worstTenth)) },
		{ name: 'loss', word: measured(({ unseen }) => formatLoss(unseen.loss)) },
		...(isPrivate ? [{ name: 'ε at most', word: wordBound }] : []),
		...(hasTight ? [{ name: 'ε tight', word: wordTight }] : []),
		{ name: 'sent to train', word: (final) => (final ? formatBytes(final.trainingBytes) : '–') }
	];
}

/**
 * The runs that read best, as far as so many digits can tell: those within a standard error of a share,
 * sqrt(p (1 - p) / n), of the highest accuracy on unseen writers.
 */
export function bestRows(rows: readonly SweepRow[]): { rows: readonly SweepRow[]; error: number } {
	const measured = rows.filter(({ final }) => final?.evaluation);
	const unseenOf = ({ final }: SweepRow) => final!.evaluation!.unseen;
	if (measured.length === 0) return { rows: [], error: 0 };
	const { accuracy, numExamples } = unseenOf(
		measured.reduce((best, row) => (unseenOf(row).accuracy > unseenOf(best).accuracy ? row : best))
	);
	const error = Math.sqrt((accuracy * (1 - accuracy)) / numExamples);
	return { rows: measured.filter((row) => unseenOf(row).accuracy >= accuracy - error), error };
}

/** What the values of a knob and the figures do not say by themselves; empty for most, before there are two. */
export function sweepRemarks(name: KnobName, rows: readonly SweepRow[]): string[] {
	const isSilent = rows.some(({ run }) => run.config.noiseMultiplier === 0);
	const best = bestRows(rows);
	return [
		...(best.rows.length > 1
			? [
					`${formatCount(best.rows.length)} runs read best, all within one standard error (${formatPercent(best.error)}) of the highest on these digits, and with one seed.`
				]
			: []),
		...(name === 'noiseMultiplier' && isSilent
			? [
					'A noise multiplier of 0 still clips updates: it is not the run without noise, and without noise no ε is promised (∞).'
				]
			: [])
	];
}

/** Every measured round of every run, with its whole configuration: enough to run each of them again. */
export function sweepToCsv(name: KnobName, entries: readonly SweepRun[]): string {
	return runsToCsv(
		entries.map(({ config, ran, metrics }) => ({
			name: wordSetting(name, config[name]),
			config: ran,
			metrics: measuredOf(metrics)
		}))
	);
}

/** The same as JSON. */
export function sweepToJson(name: KnobName, entries: readonly SweepRun[]): string {
	const runs = entries.map(({ ran, isComplete, metrics }) => ({
		config: ran,
		isComplete,
		metrics: measuredOf(metrics).map(nameInfinity)
	}));
	return JSON.stringify({ sweptKnob: name, runs }, null, '\t') + '\n';
}

function measuredOf(metrics: readonly RoundMetrics[]): RoundMetrics[] {
	return metrics.filter(({ evaluation }) => evaluation);
}

/** "Sweep of cohort", for titles and file names. */
export function sweepTitle(name: KnobName): string {
	return `Sweep of ${shortLabel(name)}`;
}
