/** Knobs of data, model and training. Names follow McMahan et al. 2017 (arXiv 1602.05629) where it has one. */
import { choice, integer, real, toggle, type KnobValues } from './knob';

const onlyFor = (partition: string) => (values: KnobValues) =>
	values.partition === partition ? null : `only the ${partition} partition uses it`;
const fixedByFedSgd = (values: KnobValues) =>
	values.algorithm === 'fedsgd' ? 'FedSGD takes one step on all local digits' : null;

export const trainingKnobs = {
	seed: integer({
		label: 'Seed',
		help: 'Starts every random stream; the same seed and settings give the same bytes.',
		unit: '',
		min: 0,
		max: 4294967295,
		default: 7,
		stops: []
	}),
	partition: choice({
		label: 'Who holds what',
		help: 'How the digits are dealt to clients; real writers differ in hand, count and labels.',
		unit: '',
		choices: {
			writers: 'Real writers',
			iid: 'Shuffled evenly (IID)',
			dirichlet: 'Dirichlet label skew',
			shards: 'Shards (few digits each)'
		},
		default: 'writers'
	}),
	numClients: integer({
		label: 'Clients',
		help: 'How many devices take part; with real writers, how many of them.',
		unit: 'clients',
		min: 2,
		max: 1000,
		default: 289,
		stops: [10, 30, 60, 100, 200, 289]
	}),
	alpha: real({
		label: 'Dirichlet alpha',
		help: 'For each digit, shares over clients ~ Dir(alpha); not the per-client alpha of Hsu et al. 2019.',
		unit: '',
		min: 0,
		max: 1000,
		isMinExcluded: true,
		default: 0.5,
		stops: [0.05, 0.1, 0.3, 0.5, 1, 10, 100],
		idle: onlyFor('dirichlet')
	}),
	shardsPerClient: integer({
		label: 'Shards per client',
		help: 'Digits are sorted by label and cut into shards; two per client is the classic hard case.',
		unit: 'shards',
		min: 1,
		max: 20,
		default: 2,
		stops: [1, 2, 3, 5, 10],
		idle: onlyFor('shards')
	}),
	quantitySkew: real({
		label: 'Quantity skew',
		help: 'Spread of client sizes (sigma of a log-normal); 0 gives every client the same number.',
		unit: '',
		min: 0,
		max: 3,
		default: 0,
		stops: [0, 0.5, 1, 2, 3],
		idle: onlyFor('iid')
	}),
	model: choice({
		label: 'Model',
		help: 'What is trained. One step of 2NN takes about 10 times as long as one of softmax, of the small CNN 150 times, of the CNN 700 times; an update has 4 bytes a parameter.',
		unit: '',
		choices: {
			softmax: 'Softmax, 7,850 parameters',
			'2nn': '2NN, 199,210 parameters',
			'cnn-small': 'Small CNN, 28,938 parameters',
			cnn: 'CNN, 1,663,370 parameters'
		},
		default: 'softmax'
	}),
	algorithm: choice({
		label: 'Algorithm',
		help: 'FedAvg averages locally trained models; FedSGD averages one gradient step each.',
		unit: '',
		choices: { fedavg: 'FedAvg', fedsgd: 'FedSGD' },
		default: 'fedavg'
	}),
	rounds: integer({
		label: 'Rounds',
		help: 'How often the server sends the model out and averages what comes back.',
		unit: 'rounds',
		min: 1,
		max: 5000,
		default: 60,
		stops: [10, 30, 60, 100, 200]
	}),
	cohortSize: integer({
		label: 'Cohort size',
		help: 'Clients chosen at random in each round.',
		unit: 'clients',
		min: 1,
		max: 1000,
		default: 10,
		stops: [1, 5, 10, 20, 30, 50]
	}),
	localEpochs: integer({
		label: 'Local epochs',
		help: 'Times a client goes through its own digits before it answers.',
		unit: 'epochs',
		min: 1,
		max: 100,
		default: 1,
		stops: [1, 2, 5, 10, 20],
		idle: fixedByFedSgd
	}),
	batchSize: integer({
		label: 'Batch size',
		help: 'Digits in one gradient step; 0 takes all of a client at once (B = infinity).',
		unit: 'digits',
		min: 0,
		max: 1000,
		default: 10,
		stops: [0, 5, 10, 20, 50],
		idle: fixedByFedSgd
	}),
	clientLr: real({
		label: 'Client rate',
		help: 'Learning rate of the gradient steps on the devices.',
		unit: '',
		min: 0,
		max: 10,
		isMinExcluded: true,
		default: 0.1,
		stops: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
	}),
	serverLr: real({
		label: 'Server rate',
		help: 'How far the shared model moves along the average update; 1 is plain averaging.',
		unit: '',
		min: 0,
		max: 10,
		isMinExcluded: true,
		default: 1,
		stops: [0.25, 0.5, 1, 1.5, 2]
	}),
	dropout: real({
		label: 'Drop-outs',
		help: 'Chance, from 0 to 1, that a chosen client falls silent before the round is over: flat battery, lost connection. Under masks it may be after it has sent.',
		unit: '',
		min: 0,
		max: 1,
		default: 0,
		stops: [0, 0.1, 0.25, 0.5, 0.75]
	}),
	onlyWhenReady: toggle({
		label: 'Only ready devices',
		help: 'Only devices that charge, lie idle and are on Wi-Fi may be chosen; simulated, about one in four.',
		unit: '',
		default: false
	}),
	evaluateEvery: integer({
		label: 'Evaluate every',
		help: 'Rounds from one evaluation to the next; the last round is always evaluated.',
		unit: 'rounds',
		min: 1,
		max: 1000,
		default: 1,
		stops: [1, 2, 5, 10]
	}),
	baselines: toggle({
		label: 'Baselines',
		help: 'Also train with all data in one place, and each writer alone, with the same budget.',
		unit: '',
		default: true
	}),
	backend: choice({
		label: 'Backend',
		help: 'What computes the training: WebAssembly with own kernels, the graphics card, plain JavaScript, or whichever is fastest here.',
		unit: '',
		choices: {
			wasm: 'WebAssembly',
			webgpu: 'WebGPU',
			webgl: 'WebGL',
			cpu: 'JavaScript',
			auto: 'Fastest here'
		},
		default: 'wasm'
	})
} as const;
