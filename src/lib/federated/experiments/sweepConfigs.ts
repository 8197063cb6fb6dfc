/** A sweep: the same run once for each sensible value of one knob. */
import { parseConfig, type RunConfig } from '../config';
import { knobs, type Knob, type KnobName } from '../knobs';

/** More would take long and could not be told apart. */
const MOST_VALUES = 8;

/**
 * The configurations of a sweep, ascending where values are numbers: the usual values of the knob and the one
 * it has now, as far as they go with the other settings. Fewer than two where there is nothing to sweep.
 */
export function sweepConfigs(config: RunConfig, name: KnobName): RunConfig[] {
	const knob: Knob = knobs[name];
	if (knob.idle?.(config)) return [];
	return valuesOf(knob, config[name])
		.map((value) => ({ ...config, [name]: value }))
		.filter((candidate) => parseConfig(candidate).problems.length === 0)
		.slice(0, MOST_VALUES);
}

/** Whether a knob can be swept with these settings. */
export function canSweep(config: RunConfig, name: KnobName): boolean {
	return sweepConfigs(config, name).length > 1;
}

function valuesOf(knob: Knob, current: RunConfig[KnobName]): (string | number | boolean)[] {
	if (knob.kind === 'switch') return [false, true];
	if (knob.kind === 'choice') return Object.keys(knob.choices);
	if (knob.stops.length === 0) return [];
	return [...new Set([...knob.stops, Number(current)])].sort((one, other) => one - other);
}

/** How many values a curve beside others needs at least; more would only cost time. */
const POINTS_OF_CURVE = 20;

/**
 * The run behind a curve that is drawn while knobs are tried: the same training, bit for bit, without baselines and
 * measured about twenty times. Measuring does not touch what is learned.
 */
export function curveOnly(config: RunConfig): RunConfig {
	const evaluateEvery = Math.max(config.evaluateEvery, Math.ceil(config.rounds / POINTS_OF_CURVE));
	return { ...config, baselines: false, evaluateEvery: Math.min(evaluateEvery, config.rounds) };
}
