/** Problems in the words of the page: labels in place of the names that links and the command line use. */
import { NUM_WRITERS } from '../../data/datasetIndex';
import { isKnobName, type ConfigProblem, type RunConfig } from '../../federated/config';
import { knobNames, knobs, type Knob } from '../../federated/knobs';

/** A change of settings that mends a problem, with the words of its button. */
export interface Remedy {
	label: string;
	change: Partial<RunConfig>;
}

export interface PageProblem extends ConfigProblem {
	/** Null where only the reader can tell what was meant. */
	remedy: Remedy | null;
}

/** Names that cannot be taken for ordinary words. */
const unmistakable = knobNames.filter((name) => /[A-Z]/.test(name));
const setting = /\b(\w+)=(\w+)/g;

/** The problem with visible labels, and with a way out where there is just one. */
export function wordProblem({ name, sentence }: ConfigProblem, config: RunConfig): PageProblem {
	if (name === 'dp' && config.dp === 'distributed' && !config.secureAggregation) {
		return {
			name,
			sentence: `${knobs.dp.label}: one share of distributed noise hides nobody alone, so it needs ${knobs.secureAggregation.label.toLowerCase()}`,
			remedy: {
				label: `Turn on ${knobs.secureAggregation.label.toLowerCase()}`,
				change: { secureAggregation: true }
			}
		};
	}
	const label = isKnobName(name) ? knobs[name].label : name;
	if (name === 'numClients' && config.partition === 'writers') {
		const { min } = knobs.numClients;
		const got = /got .*$/s.exec(sentence)?.[0] ?? '';
		const range = `a whole number from ${min} to ${NUM_WRITERS}`;
		return {
			name,
			sentence: `${label}: expected ${range} with “${knobs.partition.choices.writers}”, ${got}`,
			remedy: null
		};
	}
	const rest = sentence.startsWith(`${name}: `) ? sentence.slice(name.length) : `: ${sentence}`;
	return { name, sentence: label + nameLabels(rest), remedy: null };
}

/**
 * A number as it was typed: a decimal comma counts as a point where the knob is not a whole number, and a share may
 * come in percent, as the chips name it.
 */
export function readTyped(knob: Knob, input: unknown): unknown {
	if (knob.kind !== 'real' || typeof input !== 'string') return input;
	const text = /^\s*[-+]?\d*,\d+\s*%?\s*$/.test(input) ? input.replace(',', '.') : input;
	const percent = /^\s*(\d*\.?\d+)\s*%\s*$/.exec(text)?.[1];
	return percent !== undefined && knob.max <= 1 ? String(Number(percent) / 100) : text;
}

function nameLabels(text: string): string {
	const worded = text.replace(setting, (original, name: string, value: string) =>
		isKnobName(name) ? nameSetting(knobs[name], value) : original
	);
	return unmistakable.reduce(
		(result, name) =>
			result.replace(new RegExp(`\\b${name}\\b`, 'g'), () => `“${knobs[name].label}”`),
		worded
	);
}

function nameSetting(knob: Knob, value: string): string {
	if (knob.kind === 'choice') return `“${knob.choices[value] ?? value}”`;
	if (knob.kind === 'switch') return `“${knob.label}” ${value === 'true' ? 'on' : 'off'}`;
	return `“${knob.label}” ${value}`;
}
