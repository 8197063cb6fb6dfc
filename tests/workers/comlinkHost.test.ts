import { MessageChannel as NodeMessageChannel } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import type { ClientHost, CohortMessage, TrainedClient } from '../../src/lib/federated/federation';
import { connectHost, exposeHost } from '../../src/lib/workers/comlinkHost';

const message: CohortMessage = {
	roundNum: 3,
	cohortSize: 3,
	clip: 1,
	clientIds: [4, 7, 9],
	params: Float32Array.of(1, 2, 3)
};

function trainedClient(clientId: number, delta: Float32Array): TrainedClient {
	const figures = { deltaNorm: 1, numExamples: 1, clientWeight: 1, isWithinClip: 1, numSteps: 1 };
	return { output: { clientId, delta, ...figures, loss: 0 }, view: null };
}

let close = () => {};
afterEach(() => close());

/** A host behind a port that only trains, and what it is given to reuse. */
function connectTo(
	train: ClientHost['train'],
	reuse: ClientHost['reuse'] = async () => {}
): ClientHost {
	const { port1, port2 } = new NodeMessageChannel();
	close = () => port1.close();
	exposeHost({ train, reuse } as ClientHost, port1 as unknown as MessagePort);
	return connectHost(port2 as unknown as MessagePort);
}

it('sends one copy of the model for all clients, and hears of each before it is done', async () => {
	let received: CohortMessage | null = null;
	const host = connectTo(async (sent, onTrained) => {
		received = structuredClone(sent);
		for (const clientId of sent.clientIds) {
			onTrained(
				trainedClient(
					clientId,
					sent.params.map((value) => value * clientId)
				)
			);
		}
	});
	const heard: TrainedClient[] = [];
	await host.train(message, (trained) => heard.push(trained));
	expect(received).toEqual(message);
	expect(heard.map(({ output }) => output.clientId)).toEqual([4, 7, 9]);
	expect([...heard[2].output.delta]).toEqual([9, 18, 27]);
	expect([...message.params]).toEqual([1, 2, 3]);
});

it('hears of slow clients while others still train', async () => {
	let finish = () => {};
	const untilTold = new Promise<void>((resolve) => (finish = resolve));
	const host = connectTo(async ({ clientIds }, onTrained) => {
		// Longer than answers are gathered.
		await new Promise((resolve) => setTimeout(resolve, 20));
		onTrained(trainedClient(clientIds[0], Float32Array.of(1)));
		await untilTold;
		onTrained(trainedClient(clientIds[1], Float32Array.of(2)));
	});
	const heard: number[] = [];
	await host.train(message, ({ output }) => {
		heard.push(output.clientId);
		if (heard.length === 1) finish();
	});
	expect(heard).toEqual([4, 7]);
});

it('sends each model whole, whatever came before it', async () => {
	const received: number[][] = [];
	const host = connectTo(async ({ params }) => void received.push([...params]));
	const models = [[1, 2, 3], [4, 5, 6], [7], [8, 9]];
	for (const model of models) {
		await host.train({ ...message, params: Float32Array.from(model) }, () => {});
	}
	expect(received).toEqual(models);
});

it('passes on why training failed', async () => {
	const host = connectTo(() => Promise.reject(new Error('no connection')));
	await expect(host.train(message, () => {})).rejects.toThrow('no connection');
});

it('gives updates back with the next message, once', async () => {
	const reused: number[][] = [];
	const host = connectTo(
		async () => {},
		async (deltas) => void reused.push(deltas.map((delta) => delta[0]))
	);
	const deltas = [Float32Array.of(5), Float32Array.of(6)];
	await host.reuse(deltas);
	expect(deltas.map((delta) => delta.length)).toEqual([1, 1]);
	await host.train(message, () => {});
	await host.train(message, () => {});
	expect(reused).toEqual([[5, 6], []]);
	// Handed over, not copied.
	expect(deltas.map((delta) => delta.length)).toEqual([0, 0]);
});
