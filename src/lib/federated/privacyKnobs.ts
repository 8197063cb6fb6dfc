/** Knobs of secure aggregation and of differential privacy. */
import { choice, integer, real, toggle, type KnobValues } from './knob';

const onlyMasked = (values: KnobValues) =>
	values.secureAggregation ? null : 'only secure aggregation uses it';
const onlyFixedPoint = (values: KnobValues) =>
	values.dp === 'distributed' ? 'distributed noise chooses its own grid' : onlyMasked(values);
const onlyPrivate = (values: KnobValues) =>
	values.dp === 'none' ? 'only differential privacy uses it' : null;
const onlyInTheClear = (values: KnobValues) =>
	values.dp !== 'central'
		? 'only central noise uses it'
		: values.secureAggregation
			? 'under secure aggregation nobody counts the clipped updates'
			: null;

export const privacyKnobs = {
	secureAggregation: toggle({
		label: 'Secure aggregation',
		help: 'The server gets the sum of the updates and no single one: clients hide theirs under pair masks, which cancel in the sum. A client’s training loss is sent for the pictures of this page only.',
		unit: '',
		default: false
	}),
	quantizeBits: integer({
		label: 'Bits',
		help: 'Masked updates travel as integers; more bits round less, but their sum must stay below 2^31.',
		unit: 'bits',
		min: 2,
		max: 24,
		default: 16,
		stops: [4, 8, 12, 16, 20],
		idle: onlyFixedPoint
	}),
	quantizeRange: real({
		label: 'Range',
		help: 'Coordinates of an update are cut off at plus and minus this before they become integers.',
		unit: '',
		min: 0,
		max: 100,
		isMinExcluded: true,
		default: 1,
		stops: [0.1, 0.5, 1, 2, 5],
		idle: onlyFixedPoint
	}),
	maskKeys: choice({
		label: 'Keys from',
		help: 'Keys from the seed make a run repeatable; keys from the system are secret. The sum is the same.',
		unit: '',
		choices: { seed: 'The seed (repeatable)', system: 'The system (secret)' },
		default: 'seed',
		idle: onlyMasked
	}),
	dp: choice({
		label: 'Noise',
		help: 'Differential privacy: updates are clipped, and noise hides what any one person adds.',
		unit: '',
		choices: {
			none: 'None',
			central: 'Central, by the server',
			local: 'Local, by each client',
			distributed: 'Distributed, by secure aggregation'
		},
		default: 'none'
	}),
	noiseMultiplier: real({
		label: 'Noise multiplier',
		help: 'z: standard deviation of the noise on the sum of updates, in units of the clip (local: of the noise on each update).',
		unit: '',
		min: 0,
		max: 100,
		default: 0.5,
		stops: [0, 0.1, 0.25, 0.5, 1, 2],
		idle: onlyPrivate
	}),
	clip: real({
		label: 'Clip',
		help: 'Updates longer than this are shortened to it, so that nobody can move the model far.',
		unit: '',
		min: 0,
		max: 1000,
		isMinExcluded: true,
		default: 0.5,
		stops: [0.05, 0.1, 0.25, 0.5, 1, 2],
		idle: onlyPrivate
	}),
	adaptiveClip: toggle({
		label: 'Adaptive clip',
		help: 'The clip follows the median length of the updates, learned with noise of its own.',
		unit: '',
		default: false,
		idle: onlyInTheClear
	}),
	delta: real({
		label: 'Delta',
		help: 'The chance with which the promise may fail; it should be below 1 / number of clients.',
		unit: '',
		min: 0,
		max: 0.5,
		isMinExcluded: true,
		default: 0.001,
		stops: [0.00001, 0.0001, 0.001, 0.01],
		idle: onlyPrivate
	}),
	sampling: choice({
		label: 'Cohorts by',
		help: 'A fixed number of clients, or a coin for each client, as the tight accountant assumes.',
		unit: '',
		choices: { fixed: 'Fixed size', poisson: 'A coin for each (Poisson)' },
		default: 'fixed'
	})
} as const;
