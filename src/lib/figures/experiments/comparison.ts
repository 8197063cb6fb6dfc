/** Which runs stand beside the one on stage, named by what differs between all of them. */
import type { RunConfig } from '../../federated/config';
import type { RoundMetrics } from '../../federated/events';
import { nameRuns } from '../../federated/experiments/settingWords';
import type { Comparison } from '../../scene/learningCurves';
import type { Experiments } from '../../state/Experiments.svelte';

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
			.filter((run) => run.config !== shown.config || run.metrics.length !== shown.metrics.length)
			.map(({ letter, config, metrics }) => ({ letter, config, metrics })),
		...(live.config ? [{ letter: null, config: live.config, metrics: live.metrics }] : [])
	];
	const configs = [...(hasShown ? [shown.config] : []), ...others.map(({ config }) => config)];
	const names = nameRuns(configs.map(withoutTheCurves));
	return {
		name: hasShown && others.length > 0 ? names[0] : null,
		noun: shown.config.partition === 'writers' ? 'writer' : 'client',
		numRounds: shown.config.rounds,
		hasBaselines: shown.config.baselines,
		others: others.map(({ letter, metrics }, index) => ({
			letter,
			metrics,
			name: names[index + Number(hasShown)]
		}))
	};
}

/** Rounds on the axis: those of the longest run in the picture. */
export function longestRun(shown: RunConfig, { pins, live }: Experiments): number {
	const others = [...pins.runs, ...(live.config ? [{ config: live.config }] : [])];
	return Math.max(shown.rounds, ...others.map(({ config }) => config.rounds));
}

/** How often a run is measured, and beside which baselines, does not change what it learns. */
function withoutTheCurves(config: RunConfig): RunConfig {
	return { ...config, evaluateEvery: 1, baselines: true };
}
