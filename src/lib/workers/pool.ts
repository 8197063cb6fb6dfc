/**
 * A pool of client hosts: each client lives in one slot for the whole run, each slot does one thing at a time.
 * A slot that stops answering is replaced and what it was doing starts again: tasks are functions of their
 * messages, so a retry gives the same bytes.
 */
import type { ClientMessage } from '../masking/messages';
import type { BackendTrial } from '../federated/backendChoice';
import type { RunConfig } from '../federated/config';
import type {
	ClientHost,
	EvaluationMessage,
	Federation,
	TaskObserver
} from '../federated/federation';
import type { ModelLens } from '../federated/observation';
import type { WireRecorder } from '../federated/wireLog';
import type { EvaluationResult } from '../federated/records';
import { createSlot, type Slot, type SpawnHost } from './slot';
import { logBroadcast, logEvaluation, logOutput, logSecureStep } from './wireTap';

/** Clients evaluated in one pass. Fixed, so that results do not depend on the number of slots. */
const GROUP_SIZE = 16;

export interface Pool extends Federation {
	readonly numSlots: number;
	/** Gets every host ready for a run. */
	prepare(config: RunConfig, lens: ModelLens | null): Promise<void>;
	/** Tries the backends in the first slot: all run on the same machine. */
	tryBackends(model: RunConfig['model']): Promise<BackendTrial[]>;
	/** Which kernels train, in words for people. */
	kernels(): Promise<string>;
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
	let run: { config: RunConfig; lens: ModelLens | null } | null = null;
	const prepareHost = async (host: ClientHost) => {
		if (run) await host.prepare(run.config, run.lens);
	};
	const slots: Slot[] = Array.from({ length: numSlots }, (_, slot) =>
		createSlot(slot, spawnHost, prepareHost)
	);
	const slotOfGroup = (group: number) => slots[group % numSlots];
	const slotOfClient = (clientId: number) => slotOfGroup(Math.floor(clientId / GROUP_SIZE));

	async function evaluateGroup(message: EvaluationMessage, group: number) {
		const results = await slotOfGroup(group).run((host) => host.evaluate(message));
		if (message.subject === 'federated') logEvaluation(readRecorder(), message, results);
		return results;
	}

	return {
		numSlots,

		async prepare(config, lens) {
			run = { config, lens };
			await Promise.all(slots.map((slot) => slot.prepare()));
		},

		tryBackends: (model) => slots[0].run((host) => host.tryBackends(model)),
		kernels: () => slots[0].run((host) => host.kernels()),

		async train(message, observer?: TaskObserver) {
			const { clientId, roundNum } = message;
			const isObserved = Boolean(run?.lens);
			const task = async (host: ClientHost) => {
				logBroadcast(readRecorder(), message);
				const output = await host.train(message);
				return { output, view: isObserved ? await host.observeTraining(clientId) : null };
			};
			const { output, view } = await slotOfClient(clientId).run(task, observer);
			if (view) observer?.onObserved?.(view);
			if (!observer?.isLost?.()) logOutput(readRecorder(), roundNum, output);
			return output;
		},

		async observeMasking(clientIds) {
			const views = await Promise.all(
				slots.map((slot) => {
					const own = clientIds.filter((clientId) => slotOfClient(clientId) === slot);
					return own.length > 0 ? slot.run((host) => host.observeMasking(own)) : [];
				})
			);
			return views.flat().sort((a, b) => a.clientId - b.clientId);
		},

		async answerSecurely(requests) {
			const answers = new Map<number, ClientMessage | null>();
			const askSlot = async (slot: Slot) => {
				const own = requests.filter(({ clientId }) => slotOfClient(clientId) === slot);
				if (own.length === 0) return;
				const answered = await slot.run((host) => host.answerSecurely(own));
				own.forEach(({ clientId }, i) => answers.set(clientId, answered[i]));
			};
			await Promise.all(slots.map(askSlot));
			return requests.map((request) => {
				const answer = answers.get(request.clientId) ?? null;
				logSecureStep(readRecorder(), request, answer);
				return answer;
			});
		},

		async evaluate(message): Promise<EvaluationResult[]> {
			const groups = groupIds(message.ids);
			const results = await Promise.all(
				groups.map(({ group, ids }) => evaluateGroup({ ...message, ids }, group))
			);
			return results.flat();
		},

		trainCentralized: (task) => slots[numSlots - 1].run((host) => host.trainCentralized(task)),
		trainAlone: (task) => slotOfClient(task.clientId).run((host) => host.trainAlone(task)),
		cancel: () => slots.forEach((slot) => slot.cancel()),
		reportDead: (slot, reason) => slots[slot].reportDead(reason),
		numTensors: () => Promise.all(slots.map((slot) => slot.run((host) => host.numTensors()))),
		dispose: () => slots.forEach((slot) => slot.dispose())
	};
}

/** Ids that live together: 0 to 15, 16 to 31, ... */
function groupIds(ids: readonly number[]): { group: number; ids: number[] }[] {
	const groups = new Map<number, number[]>();
	for (const id of ids) {
		const group = Math.floor(id / GROUP_SIZE);
		const members = groups.get(group);
		if (members) members.push(id);
		else groups.set(group, [id]);
	}
	return [...groups].map(([group, members]) => ({ group, ids: members }));
}
