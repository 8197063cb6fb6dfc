/** Plays some of the clients: holds their examples, trains and evaluates on them, lets none of them out. */
import { IMAGE_SIZE } from '../data/datasetIndex';
import { concatExamples, type Examples } from '../data/examples';
import { createPartition, type Partition } from '../data/partition/partition';
import type { DatasetStore } from '../data/store';
import type { FixedPoint } from '../masking/fixedPoint';
import { seededBytes, type RandomBytes } from '../masking/randomBytes';
import { randomStream } from '../math/random';
import type { BackendTrial } from './backendChoice';
import { centralizedBatches } from './baselines';
import { clientUpdate, trainEpochs, type Breathe } from './clientUpdate';
import type { RunConfig } from './config';
import { countConfusion, poolResults } from './evaluation';
import {
	compareOn,
	createClientWatch,
	listenTo,
	protectedStops,
	type ClientWatch
} from './clientWatch';
import type { ClientHost, EvaluationMessage } from './federation';
import type { Learner, Predictions } from './learner';
import { createLocalPlan } from './localPlan';
import type { BroadcastMessage, ClientOutput, EvaluationResult, Population } from './records';
import { addOwnNoise, clipOutput, encodeWithNoise } from './privateUpdate';
import { createFixedPoint, encodeOutput } from './secureEncoding';
import { createSecureParticipant, type SecureParticipant } from './secureParticipant';

export interface ClientHostOptions {
	store: DatasetStore;
	createLearner: (config: RunConfig) => Promise<Learner>;
	/** A short trial of every backend, for backend=auto. */
	tryBackends: (model: RunConfig['model']) => Promise<BackendTrial[]>;
	breathe: Breathe;
	/** The system's generator of secrets. */
	systemBytes: RandomBytes;
}

type Evaluated = Pick<EvaluationMessage, 'population' | 'ids' | 'params'>;

interface HostedRun {
	config: RunConfig;
	partition: Partition;
	learner: Learner;
	fixedPoint: FixedPoint;
	participant: SecureParticipant;
	/** Null in runs that nobody observes. */
	watch: ClientWatch | null;
}

/** Gradient steps between two breaths of the centralised baseline. */
const STEPS_PER_BREATH = 50;

export function createClientHost(options: ClientHostOptions): ClientHost {
	const { store, createLearner, tryBackends, breathe, systemBytes } = options;
	let run: HostedRun | null = null;
	const trainingSets = new Map<string, Promise<Examples>>();
	const groups = new Map<string, Promise<{ examples: Examples; ends: number[] }>>();
	let lastTrained: Promise<unknown> = Promise.resolve();

	function current() {
		if (!run) throw new Error('expected prepare() before any task');
		return run;
	}

	const trainingExamples = (clientId: number) =>
		remember(trainingSets, String(clientId), () =>
			store.clientExamples(current().partition.clients[clientId].train)
		);

	/** One client after the other: the next may have its digits by then, and waits. */
	function inTurn<Result>(train: () => Promise<Result>): Promise<Result> {
		const trained = lastTrained.then(train);
		lastTrained = trained.then(
			() => undefined,
			() => undefined
		);
		return trained;
	}

	function readPopulation(population: Population, id: number): Promise<Examples> {
		if (population === 'unseen') return store.unseenWriter(id);
		if (population === 'students') return store.students(id);
		return store.clientExamples(current().partition.clients[id].heldOut);
	}

	/** The digits of the group, one after the other, and where each member's end. */
	async function loadGroup(population: Population, ids: readonly number[]) {
		const parts = await Promise.all(ids.map((id) => readPopulation(population, id)));
		let end = 0;
		const ends = parts.map((part) => (end += part.labels.length));
		return { examples: concatExamples(parts), ends };
	}

	async function evaluate({ population, ids, params }: Evaluated): Promise<EvaluationResult[]> {
		const key = `${population}/${ids.join()}`;
		const { examples, ends } = await remember(groups, key, () => loadGroup(population, ids));
		return tellApart(current().learner.predict(params, examples, true), examples, ids, ends);
	}

	return {
		async prepare(config, lens) {
			const index = await store.index();
			run?.learner.dispose();
			run = null;
			trainingSets.clear();
			groups.clear();
			const learner = await createLearner(config);
			const partition = createPartition(index, config);
			const sizes = partition.clients.map((client) => client.train.length);
			const fixedPoint = createFixedPoint(config, sizes);
			const watch = lens && createClientWatch(lens);
			const participant = createSecureParticipant(
				(roundNum, clientId, purpose) =>
					config.maskKeys === 'system'
						? systemBytes
						: seededBytes(config.seed, roundNum, clientId, purpose),
				watch?.keepMask
			);
			run = { config, partition, learner, fixedPoint, participant, watch };
		},

		async train(message) {
			const { config, learner, watch } = current();
			const { clientId, roundNum } = message;
			const examples = await trainingExamples(clientId);
			const random = randomStream(config.seed, 'shuffle', roundNum, clientId);
			const plan = createLocalPlan(config);
			const watched = watch ? listenTo(learner) : { learner, stepLosses: [] };
			const trained = await inTurn(() =>
				clientUpdate(watched.learner, examples, message, plan, random, breathe)
			);
			const { fixedPoint, participant } = current();
			const clipped = clipOutput(trained, message, config, fixedPoint);
			const output = addOwnNoise(clipped, message, config);
			const input = encodeForSum(output, message, config, fixedPoint);
			if (watch) {
				const heldOut = await remember(trainingSets, `held out ${clientId}`, () =>
					readPopulation('training', clientId)
				);
				watch.keepTraining(roundNum, clientId, {
					stepLosses: Float32Array.from(watched.stepLosses),
					trained: trained.delta,
					...protectedStops(message, config, clipped, output, input),
					input,
					heldOut: compareOn(heldOut, learner, message.params, trained.delta)
				});
			}
			if (!input) return output;
			participant.hold(roundNum, clientId, input);
			return { ...output, delta: new Float32Array(0) };
		},

		observeTraining: async (clientId) => current().watch?.takeTraining(clientId) ?? null,

		async observeMasking(clientIds) {
			const { watch } = current();
			return clientIds.flatMap((clientId) => watch?.takeMasking(clientId) ?? []);
		},

		answerSecurely: async (requests) => requests.map(current().participant.answer),

		evaluate,

		async trainCentralized({ params, numExamplesSeen, numExamples, batchSize }) {
			const { config, learner, partition } = current();
			const pooled = await remember(trainingSets, 'pooled', () => pool(store, partition));
			const numPooled = pooled.labels.length;
			const batches = centralizedBatches(
				config.seed,
				numPooled,
				numExamplesSeen,
				numExamples,
				batchSize
			);
			for (let from = 0; from < batches.length; from += STEPS_PER_BREATH) {
				const next = batches.slice(from, from + STEPS_PER_BREATH);
				params = learner.train(params, pooled, next, config.clientLr).params;
				await breathe();
			}
			return params;
		},

		async trainAlone({ clientId, numEpochs, params }) {
			const { config, learner } = current();
			const examples = await trainingExamples(clientId);
			const plan = { ...createLocalPlan(config), numEpochs };
			const random = randomStream(config.seed, 'localOnly', 0, clientId);
			const alone = await trainEpochs(learner, examples, params, plan, random, breathe);
			const heldOut = await readPopulation('training', clientId);
			const numHeldOut = heldOut.labels.length;
			const predictions = learner.predict(alone.params, heldOut, false);
			const own = poolResults(tellApart(predictions, heldOut, [clientId], [numHeldOut]));
			return { params: alone.params, own: numHeldOut > 0 ? own : null };
		},

		tryBackends,
		kernels: async () => current().learner.kernels,
		numTensors: async () => run?.learner.numTensors() ?? 0,
		ping: async () => undefined
	};
}

/** The update as integers for a secure sum; null where it travels in the clear. */
function encodeForSum(
	output: ClientOutput,
	message: BroadcastMessage,
	config: RunConfig,
	fixedPoint: FixedPoint
): Uint32Array | null {
	if (!config.secureAggregation) return null;
	return config.dp === 'distributed'
		? encodeWithNoise(output, message, config)
		: encodeOutput(output, config, message.roundNum, fixedPoint);
}

/** Sums the predictions of a group member by member. */
function tellApart(
	{ predicted, isCorrect, losses }: Predictions,
	{ labels }: Examples,
	ids: readonly number[],
	ends: readonly number[]
): EvaluationResult[] {
	return ids.map((id, member) => {
		const [start, end] = [member > 0 ? ends[member - 1] : 0, ends[member]];
		return {
			id,
			numExamples: end - start,
			numCorrect: isCorrect.subarray(start, end).reduce((sum, one) => sum + one, 0),
			lossSum: losses.subarray(start, end).reduce((sum, loss) => sum + loss, 0),
			confusion: countConfusion(labels.subarray(start, end), predicted.subarray(start, end))
		};
	});
}

/** Reads once; a failed read is forgotten, so that a retry reads again. */
function remember<Value>(
	cache: Map<string, Promise<Value>>,
	key: string,
	read: () => Promise<Value>
): Promise<Value> {
	const known = cache.get(key);
	if (known) return known;
	const reading = read();
	cache.set(key, reading);
	reading.catch(() => cache.delete(key));
	return reading;
}

/** The training digits of all clients in one place, client by client. */
async function pool(store: DatasetStore, partition: Partition): Promise<Examples> {
	const total = partition.clients.reduce((sum, client) => sum + client.train.length, 0);
	const positions = new Uint32Array(total);
	let offset = 0;
	for (const { train } of partition.clients) {
		positions.set(train, offset);
		offset += train.length;
	}
	const pooled = await store.clientExamples(positions);
	if (pooled.images.length !== total * IMAGE_SIZE) {
		throw new Error(`expected ${total} pooled digits, got ${pooled.images.length / IMAGE_SIZE}`);
	}
	return pooled;
}
