/** Client hosts across a message port, with parameters handed over instead of copied where they are ours to give. */
import * as Comlink from 'comlink';
import type { ClientHost } from '../federated/federation';

/** The worker's side: updates leave as transferred buffers. */
export function transferable(host: ClientHost): ClientHost {
	return {
		...host,
		async train(message) {
			const output = await host.train(message);
			return Comlink.transfer(output, [output.delta.buffer]);
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
}

/** The server's side of a port: every client gets a copy of the model of its own, transferred. */
export function connectHost(endpoint: Comlink.Endpoint): ClientHost {
	const remote = Comlink.wrap<ClientHost>(endpoint);
	return {
		prepare: (config, lens) => remote.prepare(config, lens),
		train: (message) => remote.train(withOwnParams(message)),
		answerSecurely: (requests) => remote.answerSecurely(requests),
		evaluate: (message) => remote.evaluate(withOwnParams(message)),
		trainCentralized: (task) => remote.trainCentralized(withOwnParams(task)),
		trainAlone: (task) => remote.trainAlone(withOwnParams(task)),
		observeTraining: (clientId) => remote.observeTraining(clientId),
		observeMasking: (clientIds) => remote.observeMasking(clientIds),
		tryBackends: (model) => remote.tryBackends(model),
		kernels: () => remote.kernels(),
		numTensors: () => remote.numTensors(),
		ping: () => remote.ping()
	};
}

function withOwnParams<Message extends { params: Float32Array }>(message: Message): Message {
	const params = message.params.slice();
	return Comlink.transfer({ ...message, params }, [params.buffer]);
}
