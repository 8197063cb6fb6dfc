/** Federated averaging step by step, as the hands-on of TensorFlow Federated has it. */
import { meanOf, weightedSum } from '../aggregation/mean';
import { defaultConfig, type RunConfig } from '../federated/config';
import type { ServerState } from '../federated/records';
import { clipOutput } from '../federated/privateUpdate';
import { createFixedPoint } from '../federated/secureEncoding';
import { noiseMean, serverUpdate } from '../federated/serverUpdate';
import { norm } from '../math/vector';
import { Digits } from './digits';
import type { CreateModel } from './models';
import { trainClient, type TrainedClient, type TrainingMetrics } from './training';
import { expectNumber, type World } from './world';

/** How a process trains. */
export interface FedAvgOptions {
	/** Learning rate of the gradient steps on the devices. */
	clientLr: number;
	/** How far the server moves along the mean update; 1 is plain averaging. */
	serverLr?: number;
	/** Starts every random stream; 7. */
	seed?: number;
	/** Longest update of one client; longer ones are shortened to it. Every client then counts as one. */
	clip?: number;
	/** Noise multiplier: sd of the noise on the sum of the updates, in units of `clip`; needs a clip. */
	noiseMultiplier?: number;
}

/** What a round measured while its clients trained. */
export interface RoundReport extends TrainingMetrics {
	/** From 1. */
	roundNum: number;
	numClients: number;
	/** Length of the mean update. */
	deltaNorm: number;
	/** One entry a client, in the order in which they came. */
	perClient: (TrainingMetrics & { id: number; deltaNorm: number })[];
}

/** The next state, what the round measured, and the update of each client as the server got it. */
export interface RoundResult {
	state: ServerState;
	metrics: RoundReport;
	updates: { id: number; delta: Float32Array }[];
}

/** A federation as two functions; every state is a value of its own, so an earlier one can be taken up again. */
export interface FedAvgProcess {
	/** The state before the first round: the initial model. */
	initialize(): ServerState;
	/** One round with these clients: broadcast, train, average, apply. The state given stays as it is. */
	next(state: ServerState, clients: readonly Digits[]): Promise<RoundResult>;
}

export interface LearningApi {
	/**
	 * Builds federated averaging, each client weighted by its examples. Call `initialize` once, then `next` for every
	 * round. The same seed gives the same bytes as the playground.
	 * @example
	 * const process = buildWeightedFedAvg(createSoftmaxModel, { clientLr: 0.02, serverLr: 1 });
	 * let state = process.initialize();
	 * const result = await process.next(state, writers.map(preprocess));
	 * state = result.state;
	 */
	buildWeightedFedAvg(createModel: CreateModel, options: FedAvgOptions): FedAvgProcess;
}

export function createLearningApi(world: World): LearningApi {
	return {
		buildWeightedFedAvg(createModel, options) {
			const config = configOf(options);
			const model = createModel();
			const learner = model.createLearner();
			return {
				initialize: () => ({
					roundNum: 0,
					clip: config.clip,
					params: model.initialParams(config.seed)
				}),
				async next(state, clients) {
					checkClients(state, clients, model.numParams);
					const outputs: TrainedClient[] = [];
					for (const digits of clients) {
						await world.breathe();
						outputs.push(await trainOne(digits, state, clients.length));
					}
					return finishRound(state, outputs, { ...config, cohortSize: clients.length });
				}
			};

			async function trainOne(digits: Digits, state: ServerState, cohortSize: number) {
				const message = {
					roundNum: state.roundNum + 1,
					clientId: digits.id,
					cohortSize,
					clip: state.clip,
					params: state.params
				};
				const { seed, clientLr } = config;
				const settings = { seed, learningRate: clientLr };
				const trained = await trainClient(await learner, digits, message, settings, world.breathe);
				const unused = createFixedPoint(config, [digits.numExamples]);
				return { ...trained, ...clipOutput(trained, message, config, unused) };
			}
		}
	};
}

/** The engine's own configuration, as far as a process has a say in it. */
function configOf(options: FedAvgOptions): RunConfig {
	const { clientLr, serverLr = 1, seed = 7, clip, noiseMultiplier = 0 } = options ?? {};
	expectNumber('clientLr', clientLr, { min: 0 });
	expectNumber('serverLr', serverLr, { min: 0 });
	expectNumber('seed', seed, { min: 0, max: 2 ** 32 - 1, isWhole: true });
	expectNumber('noiseMultiplier', noiseMultiplier, { min: 0 });
	if (clip !== undefined) expectNumber('clip', clip, { min: Number.MIN_VALUE });
	else if (noiseMultiplier > 0)
		throw new RangeError('noiseMultiplier: expected a clip beside it, got none');
	return {
		...defaultConfig,
		clientLr,
		serverLr,
		seed,
		noiseMultiplier,
		...(clip === undefined ? { dp: 'none' } : { dp: 'central', clip, adaptiveClip: false })
	};
}

function checkClients(state: ServerState, clients: readonly Digits[], numParams: number): void {
	if (!(state?.params instanceof Float32Array))
		throw new TypeError('next: expected a state from initialize() or from a round, got none');
	if (state.params.length !== numParams)
		throw new RangeError(
			`next: expected the state of a model with ${numParams} numbers, got ${state.params.length}`
		);
	if (!Array.isArray(clients) || !clients.every((client) => client instanceof Digits))
		throw new TypeError('next: expected an array of clients as preprocess makes them');
	if (clients.length === 0) throw new RangeError('next: expected at least one client, got none');
}

/** Mean, noise where there is any, and the server's step, each the engine's own. */
function finishRound(
	state: ServerState,
	outputs: readonly TrainedClient[],
	config: RunConfig
): RoundResult {
	const totalWeight = outputs.reduce((sum, { clientWeight }) => sum + clientWeight, 0);
	const mean = meanOf(weightedSum(outputs, state.params.length), totalWeight);
	const delta = mean && noiseMean(mean, config, state);
	const roundNum = state.roundNum + 1;
	return {
		state: {
			roundNum,
			clip: state.clip,
			params: delta ? serverUpdate(state.params, delta, config.serverLr) : state.params
		},
		metrics: {
			roundNum,
			numClients: outputs.length,
			...pool(outputs.map(({ metrics }) => metrics)),
			deltaNorm: delta ? norm(Float32Array.from(delta)) : 0,
			perClient: outputs.map(({ clientId, metrics, deltaNorm }) => ({
				id: clientId,
				...metrics,
				deltaNorm
			}))
		},
		updates: outputs.map(({ clientId, delta }) => ({ id: clientId, delta }))
	};
}

/** Over everything that all clients saw. */
function pool(metrics: readonly TrainingMetrics[]): TrainingMetrics {
	const sum = (of: (one: TrainingMetrics) => number) =>
		metrics.reduce((total, one) => total + of(one), 0);
	const numExamplesSeen = sum((one) => one.numExamplesSeen);
	return {
		accuracy: sum((one) => one.accuracy * one.numExamplesSeen) / numExamplesSeen,
		loss: sum((one) => one.loss * one.numExamplesSeen) / numExamplesSeen,
		numExamples: sum((one) => one.numExamples),
		numExamplesSeen
	};
}
