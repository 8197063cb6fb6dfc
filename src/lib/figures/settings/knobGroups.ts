/** How the knobs are laid out: essentials by subject, the rest under "More". */
import { defaultConfig, type RunConfig } from '../../federated/config';
import { knobNames, knobs, type Knob, type KnobName } from '../../federated/knobs';

export interface KnobGroup {
	title: string;
	names: KnobName[];
}

/** Knobs that are always in sight. */
const essentials: readonly KnobGroup[] = [
	{ title: 'Data', names: ['partition', 'numClients'] },
	{ title: 'Model and algorithm', names: ['model', 'algorithm'] },
	{ title: 'Rounds and clients', names: ['rounds', 'cohortSize', 'dropout', 'seed'] },
	{ title: 'Local training', names: ['localEpochs', 'batchSize', 'clientLr'] },
	{ title: 'Privacy', names: ['secureAggregation', 'dp'] }
];

/** Knobs that join a group while the other settings give them an effect. */
const guests: Partial<Record<KnobName, string>> = {
	alpha: 'Data',
	shardsPerClient: 'Data',
	quantitySkew: 'Data',
	quantizeBits: 'Privacy',
	quantizeRange: 'Privacy',
	maskKeys: 'Privacy',
	noiseMultiplier: 'Privacy',
	clip: 'Privacy',
	adaptiveClip: 'Privacy',
	delta: 'Privacy',
	sampling: 'Rounds and clients'
};

/** Why a knob has no effect with these settings, or null. */
export function idleReason(name: KnobName, config: RunConfig): string | null {
	const knob: Knob = knobs[name];
	return knob.idle?.(config) ?? null;
}

/** Groups to show at once, and the names of all other knobs. */
export function groupKnobs(config: RunConfig): { groups: KnobGroup[]; more: KnobName[] } {
	const groups = essentials.map(({ title, names }) => ({
		title,
		names: [
			...names,
			...knobNames.filter((name) => guests[name] === title && idleReason(name, config) === null)
		]
	}));
	const shown = new Set(groups.flatMap(({ names }) => names));
	return { groups, more: knobNames.filter((name) => !shown.has(name)) };
}

/** How many of these have an effect and are not at their defaults. */
export function countChanged(names: readonly KnobName[], config: RunConfig): number {
	return names.filter(
		(name) => config[name] !== defaultConfig[name] && idleReason(name, config) === null
	).length;
}
