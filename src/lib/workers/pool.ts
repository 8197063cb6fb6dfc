/**
 * A pool of client hosts: each slot plays its share of the clients of a round and measures on its share of the others.
 * A slot that stops answering is replaced and what it was doing starts again: tasks are functions of their
 * messages, so a retry gives the same bytes. Under masks it first does again what its clients had done in the round.
 */
import type { ClientMessage } from '../masking/messages';
import type { BackendTrial } from '../federated/backendChoice';
import type { RunConfig } from '../federated/config';
import type {
	ClientHost,
	CohortMessage,
	CohortObserver,
	Federation,
	ReadingTask,
	TrainedClient
} from '../federated/federation';
import type { DigitReading, ModelLens } from '../federated/observation';
import type { WireRecorder } from '../federated/wireLog';
import { groupOf } from '../federated/evaluation';
import type { EvaluationResult, Population } from '../federated/records';
import { createCohortDeal, createSharedTakers, type CohortDeal } from './cohortDeal';
import { dealCohort, dealGroups, type FederationSizes, type Homes } from './dealing';
import { createRoundTrail } from './roundTrail';
import { createSlot, type Slot, type SpawnHost } from './slot';
import {
	logBroadcast,
	logEvaluation,
	logOutput,
	logSecureAnswer,
	logSecureRequest
} from './wireTap';

export interface Pool extends Federation {
	readonly numSlots: number;
	/** Gets every host ready for a run. */
	prepare(config: RunConfig, lens: ModelLens | null, sizes: FederationSizes): Promise<void>;
	/** Tries the backends in the first slot: all run on the same machine. */
	tryBackends(model: RunConfig['model']): Promise<BackendTrial[]>;
	/** Which kernels train, in words for people. */
	kernels(): Promise<string>;
	/** What a model takes the held-out digits of a client for, read where the client lives. */
	readHeldOut(task: ReadingTask): Promise<DigitReading>;
	/** Rejects all tasks that are not at a host yet. */
	cancel(): void;
	/** Tells the pool that a host is known to be dead. */
	reportDead(slot: number, reason: string): void;
	/** Tensors alive in each slot's backend. */
	numTensors(): Promise<number[]>;
	/** Ends all hosts. */
	dispose(): void;
}

export function createPool(
	numSlots: number,
	spawnHost: SpawnHost,
	readRecorder: () => WireRecorder
): Pool {
	let run: { config: RunConfig; lens: ModelLens | null; sizes: FederationSizes } | null = null;
	let homes: Homes | null = null;
	/** Where the clients of the round under way are played. */
	const players = new Map<number, Slot>();
	const trails = Array.from({ length: numSlots }, () =>
		createRoundTrail(() => run?.config.maskKeys === 'seed')
	);
	const slots: Slot[] = trails.map((trail, slot) =>
		createSlot(slot, spawnHost, async (host) => {
			if (!run) return;
			await host.prepare(run.config, run.lens);
			await trail.repeat(host);
		})
	);
	const trailOf = new Map(slots.map((slot, i) => [slot, trails[i]]));
	const homeOf = (population: Population, id: number) =>
		homes?.[population][groupOf(population, id)] ?? 0;
	const slotOfClient = (clientId: number) =>
		players.get(clientId) ?? slots[homeOf('training', clientId)];

	function endRound() {
		players.clear();
		for (const trail of trails) trail.end();
	}

	/** Asks every slot that has some of the ids about those it has; all answers, by id. */
	async function askSlots<Answer>(
		ids: readonly number[],
		slotOf: (id: number) => Slot,
		ask: (slot: Slot, ids: readonly number[]) => Promise<readonly Answer[]>
	): Promise<Map<number, Answer>> {
		const answerOf = new Map<number, Answer>();
		const askSlot = async (slot: Slot) => {
			const own = ids.filter((id) => slotOf(id) === slot);
			if (own.length === 0) return;
			const answers = await ask(slot, own);
			own.forEach((id, i) => answerOf.set(id, answers[i]));
		};
		await Promise.all(slots.map(askSlot));
		return answerOf;
	}

	/** After a death whoever has not answered starts again. */
	async function trainShare(
		slotNum: number,
		deal: CohortDeal,
		broadcast: Omit<CohortMessage, 'clientIds'>,
		observer: CohortObserver
	): Promise<void> {
		const [slot, trail] = [slots[slotNum], trails[slotNum]];
		let latestHost: ClientHost | null = null;
		const begin = () => {
			const clientId = deal.nextBegun(slotNum);
			if (clientId !== undefined) observer.onStarted(clientId);
		};
		const receive = (trained: TrainedClient) => {
			const { output } = trained;
			const { clientId } = output;
			players.set(clientId, slot);
			if (!deal.settle(clientId)) observer.onStarted(clientId);
			if (run?.config.secureAggregation) trail.addTrained(clientId);
			if (!observer.isLost(clientId)) logOutput(readRecorder(), broadcast.roundNum, output);
			observer.onTrained(trained);
			begin();
		};
		const task = async (host: ClientHost) => {
			latestHost = host;
			const share = deal.begin(slotNum);
			for (const clientId of share.clientIds)
				logBroadcast(readRecorder(), { ...broadcast, clientId });
			await host.train({ ...broadcast, ...share }, (trained) => {
				// What a dead host said last may come after its successor has begun.
				if (host === latestHost) receive(trained);
			});
		};
		const onRetried = (reason: string) => {
			const clientId = deal.owed(slotNum);
			if (clientId !== undefined) observer.onRetried(clientId, reason);
		};
		await slot.run(task, { onStarted: begin, onRetried });
	}

	return {
		numSlots,

		async prepare(config, lens, sizes) {
			run = { config, lens, sizes };
			homes = dealGroups(sizes.measured, numSlots);
			endRound();
			await Promise.all(slots.map((slot) => slot.prepare()));
		},

		tryBackends: (model) => slots[0].run((host) => host.tryBackends(model)),
		kernels: () => slots[0].run((host) => host.kernels()),

		async train({ clientIds, ...broadcast }, observer) {
			const home = (clientId: number) => homeOf('training', clientId);
			const sizes = run?.sizes.training ?? [];
			endRound();
			for (const trail of trails) trail.begin(broadcast);
			for (let waiting = clientIds; waiting.length > 0;) {
				const shares = dealCohort(waiting, sizes, home, numSlots);
				const deal = createCohortDeal(
					shares,
					numSlots > 1 ? createSharedTakers(sizes.length) : null
				);
				const trainings = shares.map((share, i) => {
					for (const clientId of share) players.set(clientId, slots[i]);
					return share.length > 0 && trainShare(i, deal, broadcast, observer);
				});
				await Promise.all(trainings);
				// A host that was given up may have taken one more.
				waiting = deal.unsettled();
			}
		},

		reuse(outputs) {
			for (const trail of trails) trail.end();
			for (const slot of slots) {
				const own = outputs.filter(({ clientId }) => slotOfClient(clientId) === slot);
				const deltas = own.map(({ delta }) => delta);
				if (own.length > 0) slot.run((host) => host.reuse(deltas)).catch(() => {});
			}
		},

		async observeMasking(clientIds, onRetried) {
			const views = await Promise.all(
				slots.map((slot) => {
					const own = clientIds.filter((clientId) => slotOfClient(clientId) === slot);
					if (own.length === 0) return [];
					const observer = { onRetried: (reason: string) => onRetried(own, reason) };
					return slot.run((host) => host.observeMasking(own), observer);
				})
			);
			return views.flat().sort((a, b) => a.clientId - b.clientId);
		},

		async answerSecurely(requests, onRetried) {
			const requestOf = new Map(requests.map((request) => [request.clientId, request]));
			const askSlot = async (slot: Slot, ids: readonly number[]) => {
				const own = ids.map((id) => requestOf.get(id)!);
				const observer = { onRetried: (reason: string) => onRetried(ids, reason) };
				const answers = await slot.run((host) => host.answerSecurely(own), observer);
				trailOf.get(slot)?.addAnswered(own);
				return answers;
			};
			const answerOf = await askSlots<ClientMessage | null>(
				[...requestOf.keys()],
				slotOfClient,
				askSlot
			);
			return requests.map((request) => {
				const answer = answerOf.get(request.clientId) ?? null;
				logSecureRequest(readRecorder(), request);
				if (answer && answer.kind !== 'maskedInput') logSecureAnswer(readRecorder(), answer);
				return answer;
			});
		},

		receiveInputs(inputs) {
			for (const input of inputs) logSecureAnswer(readRecorder(), input);
		},

		async evaluate(message, onRetried): Promise<EvaluationResult[]> {
			const { population, subject } = message;
			const resultOf = await askSlots<EvaluationResult>(
				message.ids,
				(id) => slots[homeOf(population, id)],
				(slot, ids) => slot.run((host) => host.evaluate({ ...message, ids }), { onRetried })
			);
			const results = message.ids.map((id) => resultOf.get(id)!);
			if (subject === 'federated') logEvaluation(readRecorder(), message, results);
			return results;
		},

		trainCentralized: (task, onRetried) =>
			slots[numSlots - 1].run((host) => host.trainCentralized(task), { onRetried }),
		trainAlone: (task, onRetried) =>
			slotOfClient(task.clientId).run((host) => host.trainAlone(task), { onRetried }),
		readHeldOut: (task) =>
			slots[homeOf('training', task.clientId)].run((host) => host.readHeldOut(task)),
		cancel: () => slots.forEach((slot) => slot.cancel()),
		reportDead: (slot, reason) => slots[slot].reportDead(reason),
		numTensors: () => Promise.all(slots.map((slot) => slot.run((host) => host.numTensors()))),
		dispose: () => slots.forEach((slot) => slot.dispose())
	};
}
