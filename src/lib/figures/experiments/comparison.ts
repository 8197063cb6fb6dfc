/** Which runs stand beside the one on stage, named by what differs between all of them. */
import type { RunConfig } from '../../federated/config';
import type { RoundMetrics } from '../../federated/events';
import { nameRuns } from '../../federated/experiments/settingWords';
import type { Comparison } from '../../scene/learningCurves';
import type { Experiments } from '../../state/Experiments.svelte';
import { isSameRun } from '../../state/PinnedRuns.svelte';
import { wordSilenced } from './interventionWords';

/** The part of a run that the comparison needs. */
interface ShownRun {
	config: RunConfig;
	metrics: readonly RoundMetrics[];
}

/** The pinned runs and the live curve; a pinned run that is the one on stage is left out. */
export function compareRuns(shown: ShownRun, { pins, live }: Experiments): Comparison {
	const hasShown = shown.metrics.length > 0;
	const others = [
		...pins.runs
			.filter((run) => !isSameRun(run, shown))
			.map(({ letter, config, metrics }) => ({ letter, config, metrics })),
		...(live.config ? [{ letter: null, config: live.config, metrics: live.metrics }] : [])
	];
	// The run that is about to be is one of them: others are named by what sets them apart from it.
	const [name, ...names] = nameAll([shown, ...others]);
	return {
		name: hasShown && others.length > 0 ? name : null,
		noun: shown.config.partition === 'writers' ? 'writer' : 'client',
		numRounds: shown.config.rounds,
		hasBaselines: shown.config.baselines,
		config: shown.config,
		others: others.map(({ letter, config, metrics }, index) => ({
			letter,
			config,
			metrics,
			name: names[index] + (letter === null ? wordBefore(live) : '')
		}))
	};
}

/** By settings, and by what was done by hand: neither alone makes a run what it is. */
function nameAll(runs: readonly ShownRun[]): string[] {
	const names = nameRuns(runs.map(({ config }) => withoutTheCurves(config)));
	return runs.map(({ metrics }, index) => names[index] + wordSilenced(metrics));
}

/** A live curve that stays while its settings have gone on says so. */
function wordBefore({ status }: Experiments['live']): string {
	return status.kind === 'slow' ? ', before the last change' : '';
}

/** Rounds on the axis: those of the longest run in the picture. */
export function longestRun(shown: RunConfig, { pins, live }: Experiments): number {
	const others = [...pins.runs, ...(live.config ? [{ config: live.config }] : [])];
	return Math.max(shown.rounds, ...others.map(({ config }) => config.rounds));
}

/** How often a run is measured, and beside which baselines, does not change what it learns. */
export function withoutTheCurves(config: RunConfig): RunConfig {
	return { ...config, evaluateEvery: 1, baselines: true };
}
