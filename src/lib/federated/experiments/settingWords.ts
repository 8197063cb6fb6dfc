/** Settings in two or three words, and runs named by what tells them apart: "cohort 10" and "cohort 30". */
import type { RunConfig } from '../config';
import { knobNames, knobs, type ChoiceKnob, type Knob, type KnobName } from '../knobs';

type Value = string | number | boolean;

/** Where the label of the control would be too long beside a curve. */
const shortLabels: Partial<Record<KnobName, string>> = {
	numClients: 'clients',
	cohortSize: 'cohort',
	localEpochs: 'epochs',
	batchSize: 'batch',
	shardsPerClient: 'shards',
	evaluateEvery: 'evaluated every'
};

/** Options of a control that say what they are of, away from it. */
const optionWords: Partial<Record<KnobName, Readonly<Record<string, string>>>> = {
	partition: {
		writers: 'real writers',
		iid: 'digits shuffled evenly',
		dirichlet: 'Dirichlet label skew',
		shards: 'digits in shards'
	},
	model: { softmax: 'softmax', 'cnn-small': 'small CNN' },
	backend: { auto: 'fastest backend here' },
	sampling: {
		fixed: 'cohorts of a fixed size',
		poisson: 'cohorts drawn by a coin for each client'
	},
	dp: {
		none: 'no noise',
		central: 'central noise',
		local: 'local noise',
		distributed: 'distributed noise'
	},
	maskKeys: { seed: 'keys from the seed', system: 'keys from the system' },
	onlyWhenReady: { true: 'only ready devices', false: 'devices ready or not' }
};

/** Numbers that read better before what they count. */
const countWords: Partial<Record<KnobName, (value: Value) => string>> = {
	numClients: (value) => `${value} clients`,
	rounds: (value) => counted(value, 'round'),
	localEpochs: (value) => counted(value, 'epoch'),
	batchSize: (value) => (value === 0 ? 'batch of everything' : `batch ${value}`),
	shardsPerClient: (value) => `${counted(value, 'shard')} per client`,
	dropout: (value) => (value === 0 ? 'no drop-outs' : `drop-outs ${percent(value)}`),
	quantizeBits: (value) => `integers of ${value} bits`,
	quantizeRange: (value) => `integers for \u2212${value} to ${value}`,
	evaluateEvery: (value) => `evaluated every ${counted(value, 'round')}`
};

/** What a knob is called beside a value, in lower case: "cohort". */
export function shortLabel(name: KnobName): string {
	return shortLabels[name] ?? knobs[name].label.toLowerCase();
}

/** An option as its control names it, without what is in brackets: "Real writers", "CNN". */
export function wordOption(knob: ChoiceKnob, value: Value): string {
	return (knob.choices[String(value)] ?? String(value)).split(/[,(]/)[0].trim();
}

/** One setting in a few words that stand alone: "cohort 10", "real writers", "secure aggregation on". */
export function wordSetting(name: KnobName, value: Value): string {
	const knob: Knob = knobs[name];
	const words = optionWords[name]?.[String(value)] ?? countWords[name]?.(value);
	if (words !== undefined) return words;
	if (knob.kind === 'switch') return `${shortLabel(name)} ${value === true ? 'on' : 'off'}`;
	return knob.kind === 'choice' ? wordOption(knob, value) : `${shortLabel(name)} ${value}`;
}

function counted(value: Value, noun: string): string {
	return `${value} ${noun}${value === 1 ? '' : 's'}`;
}

function percent(share: Value): string {
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
