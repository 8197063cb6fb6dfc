/** Settings in two or three words, and runs named by what tells them apart: "cohort 10" and "cohort 30". */
import type { RunConfig } from '../config';
import { knobNames, knobs, type Knob, type KnobName } from '../knobs';

/** Where the label of the control would be too long beside a curve. */
const shortLabels: Partial<Record<KnobName, string>> = {
	numClients: 'clients',
	cohortSize: 'cohort',
	localEpochs: 'epochs',
	batchSize: 'batch',
	clientLr: 'rate',
	alpha: 'alpha',
	shardsPerClient: 'shards',
	evaluateEvery: 'evaluated every'
};

/** What a knob is called beside a value, in lower case: "cohort". */
export function shortLabel(name: KnobName): string {
	return shortLabels[name] ?? knobs[name].label.toLowerCase();
}

/** One setting in a few words: "cohort 10", "real writers", "secure aggregation on". */
export function wordSetting(name: KnobName, value: string | number | boolean): string {
	const knob: Knob = knobs[name];
	if (knob.kind === 'switch') return `${shortLabel(name)} ${value === true ? 'on' : 'off'}`;
	if (knob.kind === 'choice') {
		const words = (knob.choices[String(value)] ?? String(value)).split(/[,(]/)[0].trim();
		return name === 'dp' ? `noise: ${words.toLowerCase()}` : words;
	}
	if (name === 'dropout') return value === 0 ? 'no drop-outs' : `drop-outs ${percent(value)}`;
	if (name === 'batchSize' && value === 0) return 'batch of everything';
	return `${shortLabel(name)} ${value}`;
}

function percent(share: string | number | boolean): string {
	return `${Math.round(Number(share) * 1000) / 10}\u00a0%`;
}

/** Knobs that have an effect somewhere in these runs and are not the same in all of them. */
export function differingKnobs(configs: readonly RunConfig[]): KnobName[] {
	const matters = (name: KnobName) =>
		configs.some((config) => ((knobs[name] as Knob).idle?.(config) ?? null) === null);
	return knobNames.filter(
		(name) => matters(name) && configs.some((config) => config[name] !== configs[0][name])
	);
}

/**
 * A name for each run, by what differs between them. A run in which a differing knob has no effect does not
 * name it; runs of the same settings are all called so.
 */
export function nameRuns(configs: readonly RunConfig[]): string[] {
	const names = differingKnobs(configs);
	return configs.map((config) => {
		const words = names
			.filter((name) => ((knobs[name] as Knob).idle?.(config) ?? null) === null)
			.map((name) => wordSetting(name, config[name]));
		return words.length > 0 ? words.join(', ') : 'the same settings';
	});
}
