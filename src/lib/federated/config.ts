/**
 * The run configuration: one schema for the page, the link, the command line and the exports.
 * Each bad value yields one sentence that says what was expected and what came.
 */
import * as v from 'valibot';
import { NUM_WRITERS } from '../data/datasetIndex';
import { knobNames, knobs, type Knob, type KnobName } from './knobs';

type ValueOf<K> = K extends { kind: 'choice'; choices: infer C }
	? keyof C
	: K extends { kind: 'switch' }
		? boolean
		: number;

export type RunConfig = { [Name in KnobName]: ValueOf<(typeof knobs)[Name]> };

/** A value that could not be used, named, with the sentence to show beside its control. */
export interface ConfigProblem {
	/** The knob, or the unknown name that came. */
	name: string;
	sentence: string;
}

export interface ParsedConfig {
	/** Complete and valid: defaults stand in for whatever was missing or refused. */
	config: RunConfig;
	problems: ConfigProblem[];
}

export const defaultConfig: RunConfig = Object.fromEntries(
	knobNames.map((name) => [name, knobs[name].default])
) as RunConfig;

/** "a learning rate above 0 and at most 10", without the name. */
export function describeRange(knob: Knob): string {
	if (knob.kind === 'choice') return `one of ${Object.keys(knob.choices).join(', ')}`;
	if (knob.kind === 'switch') return 'true or false';
	const noun = knob.kind === 'integer' ? 'a whole number' : 'a number';
	return knob.isMinExcluded
		? `${noun} above ${knob.min} and at most ${knob.max}`
		: `${noun} from ${knob.min} to ${knob.max}`;
}

/** Validates one value, given as itself or as text (from a link, a control or the command line). */
export function parseKnob<Name extends KnobName>(
	name: Name,
	input: unknown
): { value: RunConfig[Name] } | { problem: ConfigProblem } {
	const result = v.safeParse(schemas[name], input);
	if (result.success) return { value: result.output as RunConfig[Name] };
	const expected = `expected ${describeRange(knobs[name])}`;
	return { problem: { name, sentence: `${name}: ${expected}, got ${quote(input)}` } };
}

/** Validates a whole configuration: unknown names and bad values are named and left at their defaults. */
export function parseConfig(input: Readonly<Record<string, unknown>>): ParsedConfig {
	const config: Record<string, unknown> = { ...defaultConfig };
	const problems: ConfigProblem[] = [];
	for (const [name, value] of Object.entries(input)) {
		if (!isKnobName(name)) {
			problems.push({ name, sentence: `${name}: there is no knob of this name` });
			continue;
		}
		const parsed = parseKnob(name, value);
		if ('problem' in parsed) problems.push(parsed.problem);
		else config[name] = parsed.value;
	}
	const complete = config as RunConfig;
	return { config: complete, problems: [...problems, ...crossProblems(complete)] };
}

/** What single knobs cannot see. The caller decides whether to refuse or to show. */
function crossProblems(config: RunConfig): ConfigProblem[] {
	const problems: ConfigProblem[] = [];
	const refuse = (name: KnobName, expected: string) => {
		const sentence = `${name}: expected ${expected}, got ${String(config[name])}`;
		problems.push({ name, sentence });
	};
	if (config.cohortSize > config.numClients) {
		refuse('cohortSize', `at most numClients (${config.numClients})`);
	}
	if (config.partition === 'writers' && config.numClients > NUM_WRITERS) {
		refuse('numClients', `at most ${NUM_WRITERS} with partition=writers`);
	}
	if (config.dp === 'distributed' && !config.secureAggregation) {
		refuse('dp', 'secureAggregation=true with distributed noise');
	}
	if (config.onlyWhenReady && config.dp !== 'none') {
		refuse('onlyWhenReady', 'false with noise, whose price assumes that anybody may be chosen');
	}
	return problems;
}

/** Whether two configurations agree in every knob. */
export function sameSettings(one: RunConfig, other: RunConfig): boolean {
	return knobNames.every((name) => one[name] === other[name]);
}

export function isKnobName(name: string): name is KnobName {
	return Object.hasOwn(knobs, name);
}

type KnobSchema = v.GenericSchema<unknown, string | number | boolean>;
const schemas = Object.fromEntries(
	knobNames.map((name) => [name, createSchema(knobs[name])])
) as unknown as Record<KnobName, KnobSchema>;

function createSchema(knob: Knob) {
	if (knob.kind === 'choice') return v.picklist(Object.keys(knob.choices));
	if (knob.kind === 'switch') {
		const asBoolean = (input: unknown) =>
			input === 'true' || input === '1' ? true : input === 'false' || input === '0' ? false : input;
		return v.pipe(v.unknown(), v.transform(asBoolean), v.boolean());
	}
	const asNumber = (input: unknown) =>
		typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
	return v.pipe(
		v.unknown(),
		v.transform(asNumber),
		v.number(),
		v.check((value) => knob.kind === 'real' || Number.isSafeInteger(value)),
		v.check((value) => (knob.isMinExcluded ? value > knob.min : value >= knob.min)),
		v.maxValue(knob.max)
	);
}

function quote(input: unknown): string {
	if (typeof input === 'string') return input.trim() === '' ? 'nothing' : `"${input}"`;
	return typeof input === 'object' && input !== null ? 'an object' : String(input);
}
