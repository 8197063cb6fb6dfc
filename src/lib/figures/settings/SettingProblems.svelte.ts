/** What stands in the way of a run, in the words of the page: refused texts, bad settings, impossible deals. */
import { parseConfig, type ConfigProblem, type RunConfig } from '../../federated/config';
import { knobNames, type KnobName } from '../../federated/knobs';
import { findWrapProblem } from '../../federated/secureEncoding';
import type { Hands } from '../../state/Hands.svelte';
import { idleReason } from './knobGroups';
import { wordProblem, type PageProblem } from './problemWords';

export class SettingProblems {
	readonly #hands: Hands;
	readonly #config: () => RunConfig;
	/** What was typed and refused, by knob: the configuration still holds the values before. */
	#refusals = $state.raw<Partial<Record<KnobName, ConfigProblem | null>>>({});

	/** `config` reads the settings of the controls. */
	constructor(hands: Hands, config: () => RunConfig) {
		this.#hands = hands;
		this.#config = config;
	}

	/** The most pressing first; empty where a run can start. */
	readonly list: readonly PageProblem[] = $derived.by(() => {
		const config = this.#config();
		return [this.#refused(config), parseConfig(config).problems, this.#dealProblems(config)]
			.flat()
			.map((problem) => wordProblem(problem, config));
	});

	/** Takes note of a text that was refused; null when it no longer is. */
	refuse(name: KnobName, problem: ConfigProblem | null): void {
		if ((this.#refusals[name] ?? null) === problem) return;
		this.#refusals = { ...this.#refusals, [name]: problem };
	}

	#refused(config: RunConfig): ConfigProblem[] {
		return knobNames
			.filter((name) => idleReason(name, config) === null)
			.flatMap((name) => this.#refusals[name] ?? []);
	}

	/** What the data says about the settings, beside the control it names. */
	#dealProblems(config: RunConfig): ConfigProblem | ConfigProblem[] {
		const dealt = this.#hands.roster(config);
		if (dealt.problem) return [{ name: dealt.problem.split(':')[0], sentence: dealt.problem }];
		const sizes = dealt.clients.map((client) => client.numExamples);
		return findWrapProblem(config, sizes) ?? [];
	}
}
