/** What the runs of a sweep have in common, on the page and in a saved picture. */
import { wordSetting } from '../../federated/experiments/settingWords';
import { knobNames, knobs, type Knob, type KnobName } from '../../federated/knobs';
import type { SweepRun } from '../../state/Sweep.svelte';
import { formatCounted } from '../../ui/format';
import type { PictureLine } from '../export/pictureFile';
import { wordBound } from '../cards/epsilonWords';
import type { SweepRow } from './sweepRows';

/** Where runs of a sweep are measured less than the same run on stage, in one sentence; else empty. */
export function sweepShortcuts(entries: readonly SweepRun[]): string {
	const strides = entries.map(({ ran }) => ran.evaluateEvery);
	const [least, most] = [Math.min(...strides), Math.max(...strides)];
	const shortcuts = [
		...(entries.some(({ config }) => config.baselines) ? ['without baselines'] : []),
		...(entries.some(({ config, ran }) => ran.evaluateEvery > config.evaluateEvery)
			? [`evaluated every ${least < most ? `${least} to ` : ''}${formatCounted(most, 'round')}`]
			: [])
	];
	if (shortcuts.length === 0) return '';
	return `Quicker than on stage: ${shortcuts.join(', ')}. What is learned is the same.`;
}

/** What all runs of a sweep share: every other setting with an effect in one of them, as they ran. */
export function sharedSettings(
	name: KnobName,
	entries: readonly SweepRun[]
): { label: string; value: string; words: string }[] {
	const configs = entries.map(({ ran }) => ran);
	const matters = (other: KnobName) =>
		configs.some((config) => ((knobs[other] as Knob).idle?.(config) ?? null) === null);
	const isShared = (other: KnobName) =>
		configs.every((config) => config[other] === configs[0][other]);
	return knobNames
		.filter((other) => other !== name && matters(other) && isShared(other))
		.map((other) => {
			const knob: Knob = knobs[other];
			const value = configs[0][other];
			const words =
				knob.kind === 'choice' ? knob.choices[String(value)] : value === true ? 'on' : value;
			return {
				label: knob.label,
				value: value === false ? 'off' : String(words),
				words: wordSetting(other, value)
			};
		});
}

/** What a saved picture of a sweep says beside its curves: the bound on each epsilon, and all settings. */
export function sweepPictureLines(
	name: KnobName,
	rows: readonly SweepRow[],
	entries: readonly SweepRun[]
): PictureLine[] {
	const bounds = rows
		.filter(({ final }) => final?.privacy)
		.map(({ value, final }) => `${wordBound(final)} (${value})`);
	const settings = sharedSettings(name, entries).map(({ words }) => words);
	return [
		{ text: 'unseen writers', colour: 'var(--server-text)' },
		{ text: 'worst tenth', colour: 'var(--mask-text)' },
		...(bounds.length > 0
			? [{ text: `ε at most: ${bounds.join(', ')}`, colour: 'var(--noise-text)' }]
			: []),
		{ text: settings.join(', '), colour: 'var(--ink-soft)', weight: 400 }
	];
}
