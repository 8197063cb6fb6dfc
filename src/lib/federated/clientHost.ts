/** Plays some of the clients: holds their examples, trains and evaluates on them, lets none of them out. */
import type { Examples } from '../data/examples';
import { createPartition } from '../data/partition/partition';
import type { DatasetStore } from '../data/store';
import type { FixedPoint } from '../masking/fixedPoint';
import { seededBytes, type RandomBytes } from '../masking/randomBytes';
import { randomStream } from '../math/random';
import type { BackendTrial } from './backendChoice';
import { centralizedBatches, centralizedSpan } from './baselines';
import { takeClients } from './claims';
import { clientUpdate, trainEpochs, type Breathe } from './clientUpdate';
import type { RunConfig } from './config';
import { countConfusion, groupMembers, poolResults } from './evaluation';
import {
	compareOn,
	createClientWatch,
	listenTo,
	protectedStops,
	type ClientWatch
} from './clientWatch';
import type { ClientHost, TrainedClient } from './federation';
import { createHostedDigits, type HostedDigits } from './hostedDigits';
import type { Learner, Predictions } from './learner';
import { createLocalPlan } from './localPlan';
import type { BroadcastMessage, ClientOutput, EvaluationResult } from './records';
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

interface HostedRun {
	config: RunConfig;
	digits: HostedDigits;
	learner: Learner;
	fixedPoint: FixedPoint;
	participant: SecureParticipant;
	/** Null in runs that nobody observes. */
	watch: ClientWatch | null;
}

/** Gradient steps between two breaths of the centralised baseline. */
const STEPS_PER_BREATH = 50;

export function createClientHost(options: ClientHostOptions): ClientHost {
	const { store, createLearner, tryBackends, systemBytes } = options;
	let run: HostedRun | null = null;
	let numStops = 0;

	function current() {
		if (!run) throw new Error('expected prepare() before any task');
		return run;
	}

	/** The breath of a task: it ends there where its run has been ended meanwhile. */
	function createBreath(): Breathe {
		const stopsBefore = numStops;
		return async () => {
			await options.breathe();
			if (numStops !== stopsBefore) throw new Error('the run was ended');
		};
	}

	async function trainClient(message: BroadcastMessage, breathe: Breathe): Promise<TrainedClient> {
		const { config, digits, learner, watch, fixedPoint, participant } = current();
		const { clientId, roundNum } = message;
		const examples = await digits.training(clientId);
		const random = randomStream(config.seed, 'shuffle', roundNum, clientId);
		const plan = createLocalPlan(config);
		const watched = watch ? listenTo(learner) : { learner, stepLosses: [] };
		const trained = await clientUpdate(watched.learner, examples, message, plan, random, breathe);
		const clipped = clipOutput(trained, message, config, fixedPoint);
		const output = addOwnNoise(clipped, message, config);
		const input = encodeForSum(output, message, config, fixedPoint);
		if (watch) {
			watch.keepTraining(roundNum, clientId, {
				stepLosses: Float32Array.from(watched.stepLosses),
				trained: trained.delta,
				...protectedStops(message, config, clipped, output, input),
				input,
				heldOut: compareOn(await digits.heldOut(clientId), learner, message.params, trained.delta)
			});
		}
		const view = watch?.takeTraining(clientId) ?? null;
		if (!input) return { output, view };
		participant.hold(roundNum, clientId, input);
		learner.reuse?.(trained.delta);
		return { output: { ...output, delta: new Float32Array(0) }, view };
	}

	return {
		async prepare(config, lens) {
			const index = await store.index();
			run?.learner.dispose();
			run = null;
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
			const digits = createHostedDigits(store, partition);
			run = { config, digits, learner, fixedPoint, participant, watch };
		},

		async train({ clientIds, claims, ...broadcast }, onTrained) {
			const breathe = createBreath();
			// All ask for their digits at once; who comes first trains meanwhile.
			for (const clientId of clientIds)
				current()
					.digits.training(clientId)
					.catch(() => {});
			for (const clientId of takeClients(clientIds, claims)) {
				onTrained(await trainClient({ ...broadcast, clientId }, breathe));
			}
		},

		reuse: async (deltas) => deltas.forEach((delta) => run?.learner.reuse?.(delta)),

		async observeMasking(clientIds) {
			const { watch } = current();
			return clientIds.flatMap((clientId) => watch?.takeMasking(clientId) ?? []);
		},

		answerSecurely: async (requests) => requests.map(current().participant.answer),

		async evaluate({ population, ids, params }) {
			const breathe = createBreath();
			const { digits, learner } = current();
			const results: EvaluationResult[] = [];
			for (const members of groupMembers(population, ids)) {
				const { examples, ends } = await digits.group(population, members);
				const predictions = learner.predict(params, examples, true);
				results.push(...tellApart(predictions, examples, members, ends));
				await breathe();
			}
			return results;
		},

		async trainCentralized({ params, numExamplesSeen, numExamples, batchSize }) {
			const breathe = createBreath();
			const { config, learner, digits } = current();
			const pooled = await digits.pooled();
			const { from: start, count } = centralizedSpan(config, numExamplesSeen, numExamples);
			const numPooled = pooled.labels.length;
			const batches = centralizedBatches(config.seed, numPooled, start, count, batchSize);
			for (let from = 0; from < batches.length; from += STEPS_PER_BREATH) {
				const next = batches.slice(from, from + STEPS_PER_BREATH);
				const before = params;
				params = learner.train(before, pooled, next, config.clientLr).params;
				if (from > 0) learner.reuse?.(before);
				await breathe();
			}
			return params;
		},

		async trainAlone({ clientId, numEpochs, params }) {
			const breathe = createBreath();
			const { config, learner, digits } = current();
			const examples = await digits.training(clientId);
			const plan = { ...createLocalPlan(config), numEpochs };
			const random = randomStream(config.seed, 'localOnly', 0, clientId);
			const alone = await trainEpochs(learner, examples, params, plan, random, breathe);
			const heldOut = await digits.heldOut(clientId);
			const numHeldOut = heldOut.labels.length;
			const predictions = learner.predict(alone.params, heldOut, false);
			const own = poolResults(tellApart(predictions, heldOut, [clientId], [numHeldOut]));
			return { params: alone.params, own: numHeldOut > 0 ? own : null };
		},

		async readHeldOut({ clientId, params }) {
			const { digits, learner } = current();
			const heldOut = await digits.heldOut(clientId);
			const { predicted } = learner.predict(params, heldOut, false);
			return { labels: heldOut.labels.slice(), predicted: predicted.slice() };
		},

		tryBackends,
		kernels: async () => current().learner.kernels,
		numTensors: async () => run?.learner.numTensors() ?? 0,
		stop: async () => void numStops++,
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
