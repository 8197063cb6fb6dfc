/** Client hosts across a message port, with parameters handed over instead of copied where they are ours to give. */
import * as Comlink from 'comlink';
import type {
	ClientHost,
	CohortMessage,
	EvaluationMessage,
	TrainedClient
} from '../federated/federation';
import { packResults, unpackResults, type PackedResults } from './packedResults';

/**
 * Answers that come within so many milliseconds travel together: waking the server's thread can take as long as
 * training a small model.
 */
const GATHERING_MS = 4;

/** What a task brings back besides its result: the copy of the model that it came with, to be written over. */
interface Finished<Result> {
	result: Result;
	params: Float32Array;
}

/** A host as it is reached through a port. The answers of its clients come as messages of their own, `Answers`. */
interface RemoteHost extends Omit<ClientHost, 'train' | 'evaluate' | 'reuse'> {
	/** Takes updates to reuse along; returns the latest answers, those that no message brought. */
	train(
		message: CohortMessage,
		spares: readonly Float32Array[]
	): Promise<Finished<TrainedClient[]>>;
	evaluate(message: EvaluationMessage): Promise<Finished<PackedResults>>;
}

interface Answers {
	trained: TrainedClient[];
}

/** The worker's side: answers requests on the port; updates leave as transferred buffers. */
export function exposeHost(host: ClientHost, port: Comlink.Endpoint): void {
	const remote: RemoteHost = {
		...host,
		async train(message, spares) {
			await host.reuse(spares);
			let trained: TrainedClient[] = [];
			let lastSentMs = performance.now();
			await host.train(message, (latest) => {
				trained.push(latest);
				if (performance.now() - lastSentMs < GATHERING_MS) return;
				port.postMessage({ trained } satisfies Answers, buffersOf(trained));
				trained = [];
				lastSentMs = performance.now();
			});
			const { params } = message;
			return Comlink.transfer({ result: trained, params }, [...buffersOf(trained), params.buffer]);
		},
		async evaluate(message) {
			const { params } = message;
			const result = packResults(await host.evaluate(message));
			const { figures, confusions } = result;
			return Comlink.transfer({ result, params }, [
				params.buffer,
				figures.buffer,
				confusions.buffer
			]);
		},
		async trainCentralized(task) {
			const params = await host.trainCentralized(task);
			return Comlink.transfer(params, [params.buffer]);
		},
		async trainAlone(task) {
			const result = await host.trainAlone(task);
			return Comlink.transfer(result, [result.params.buffer]);
		},
		async observeMasking(clientIds) {
			const views = await host.observeMasking(clientIds);
			return Comlink.transfer(
				views,
				views.map(({ input }) => input.buffer)
			);
		}
	};
	Comlink.expose(remote, port);
}

function buffersOf(trained: readonly TrainedClient[]): Transferable[] {
	return trained.map(({ output }) => output.delta.buffer);
}

/** The server's side of a port: every task gets a copy of the model of its own, transferred. */
export function connectHost(port: Comlink.Endpoint): ClientHost {
	const remote = Comlink.wrap<RemoteHost>(port);
	let onTrained: (trained: TrainedClient) => void = () => {};
	/** They travel with the next message: one of their own would wake the worker. */
	let spares: readonly Float32Array[] = [];
	/** Copies of earlier models: new ones every time would cost more than the copying (page faults, garbage). */
	const idleCopies: Float32Array[] = [];

	function withOwnParams<Message extends { params: Float32Array }>(message: Message): Message {
		const idle = idleCopies.pop();
		const isFitting = idle?.length === message.params.length;
		const params = isFitting ? idle : new Float32Array(message.params.length);
		params.set(message.params);
		return Comlink.transfer({ ...message, params }, [params.buffer as ArrayBuffer]);
	}

	async function settle<Result>(task: Promise<Finished<Result>>): Promise<Result> {
		const { result, params } = await task;
		idleCopies.push(params);
		return result;
	}

	port.addEventListener('message', (event) => {
		const { trained } = (event as MessageEvent<Partial<Answers>>).data;
		trained?.forEach((client) => onTrained(client));
	});
	return {
		prepare: (config, lens) => remote.prepare(config, lens),
		async train(message, listener) {
			// One round after the other: there is one listener at a time.
			onTrained = listener;
			const returned = spares;
			spares = [];
			const buffers = returned.map((delta) => delta.buffer as ArrayBuffer);
			const latest = await settle(
				remote.train(withOwnParams(message), Comlink.transfer(returned, buffers))
			);
			latest.forEach((client) => listener(client));
		},
		async reuse(deltas) {
			spares = deltas;
		},
		answerSecurely: (requests) => remote.answerSecurely(requests),
		evaluate: async (message) =>
			unpackResults(await settle(remote.evaluate(withOwnParams(message)))),
		trainCentralized: (task) => remote.trainCentralized(withOwnParams(task)),
		trainAlone: (task) => remote.trainAlone(withOwnParams(task)),
		observeMasking: (clientIds) => remote.observeMasking(clientIds),
		readHeldOut: (task) => remote.readHeldOut(withOwnParams(task)),
		tryBackends: (model) => remote.tryBackends(model),
		kernels: () => remote.kernels(),
		numTensors: () => remote.numTensors(),
		stop: () => remote.stop(),
		ping: () => remote.ping()
	};
}
