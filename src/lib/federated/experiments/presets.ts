/** Federations worth a look, each with the one sentence that says what it shows. Tests hold them to it. */
import { defaultConfig, type RunConfig } from '../config';

export interface Preset {
	id: string;
	title: string;
	sentence: string;
	/** What differs from the default configuration. */
	change: Readonly<Partial<RunConfig>>;
}

export const presets: readonly Preset[] = [
	{
		id: 'default',
		title: 'All writers, ten at a time',
		sentence: 'Every round, ten of 289 real writers train the shared model on their own digits.',
		change: {}
	},
	{
		id: 'twoDigits',
		title: 'Two digits per client',
		sentence:
			'Digits are sorted and cut into shards, two per client: most clients know only two digits, and the shared model staggers on its way.',
		change: { partition: 'shards', shardsPerClient: 2, numClients: 100, clientLr: 0.1 }
	},
	{
		id: 'tenHands',
		title: 'Ten hands, ten styles',
		sentence:
			'Ten real writers and nobody else, all of them in every round: ten styles have to serve 48 hands they never saw.',
		change: { numClients: 10, cohortSize: 10, rounds: 40 }
	},
	{
		id: 'halfDropOut',
		title: 'Half the phones drop out',
		sentence:
			'Every chosen client falls silent with a chance of one half, and the model learns all the same from those that answer.',
		change: { dropout: 0.5, cohortSize: 20, rounds: 40 }
	},
	{
		id: 'noise',
		title: 'Noise that hurts',
		sentence:
			'Strong noise for a small cohort: epsilon stays low, and so does the accuracy. A larger cohort would drown the same noise, at a higher epsilon.',
		change: { dp: 'central', noiseMultiplier: 2, clip: 0.5, sampling: 'poisson', rounds: 40 }
	},
	{
		id: 'oneHasAll',
		title: 'One client has almost everything',
		sentence:
			'Shuffled digits, dealt so unevenly that one of twenty clients holds nine tenths of them: a round learns much or little, depending on who is chosen.',
		change: {
			partition: 'iid',
			numClients: 20,
			quantitySkew: 3,
			cohortSize: 5,
			rounds: 40,
			seed: 23
		}
	}
];

/** The whole configuration of a preset. */
export function presetConfig({ change }: Preset): RunConfig {
	return { ...defaultConfig, ...change };
}
