/** Problems in the words of the page: labels in place of the names that links and the command line use. */
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
	const rest = sentence.startsWith(`${name}: `) ? sentence.slice(name.length) : `: ${sentence}`;
	return { name, sentence: label + nameLabels(rest), remedy: null };
}

/** A number as it was typed: a decimal comma counts as a point where the knob is not a whole number. */
export function readTyped(knob: Knob, input: unknown): unknown {
	if (knob.kind !== 'real' || typeof input !== 'string') return input;
	return /^\s*[-+]?\d*,\d+\s*$/.test(input) ? input.replace(',', '.') : input;
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
