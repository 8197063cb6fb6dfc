import { expect, it } from 'vitest';
import { createDatasetStore } from '../../src/lib/data/store';
import { createClientHost } from '../../src/lib/federated/clientHost';
import type { RunConfig } from '../../src/lib/federated/config';
import { createLearner } from '../../src/lib/model/learner';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { systemBytes } from '../../src/lib/workers/systemBytes';
import { tinyConfig } from '../fixtures/runs';
import { createTinyDataset } from '../fixtures/tinyDataset';

const params = initialParams(modelSpecs[tinyConfig.model], 7);

/** A host that calls back each time it breathes, and which parameters its learner gave and got back. */
async function createHost(
	onBreath: (numBreaths: number) => void = () => {},
	config: Partial<RunConfig> = {}
) {
	let numBreaths = 0;
	const given: Float32Array[] = [];
	const returned: Float32Array[] = [];
	const { readFile, reads } = createTinyDataset();
	const host = createClientHost({
		store: createDatasetStore(readFile),
		createLearner: async (runConfig) => {
			const learner = await createLearner(runConfig, findWasmFiles());
			return {
				...learner,
				train(...task) {
					const result = learner.train(...task);
					given.push(result.params);
					return result;
				},
				reuse: (params) => void returned.push(params)
			};
		},
		tryBackends: async () => [],
		breathe: async () => onBreath(++numBreaths),
		systemBytes
	});
	await host.prepare({ ...tinyConfig, localEpochs: 2, ...config }, null);
	return { host, reads, given, returned, countBreaths: () => numBreaths };
}

const cohort = { roundNum: 1, cohortSize: 3, clip: 1, clientIds: [2, 5, 8], params };

it('a host that is stopped ends its task at the next breath, and takes the next one', async () => {
	let stopAt = 3;
	const { host, countBreaths } = await createHost((numBreaths) => {
		if (numBreaths === stopAt) void host.stop();
	});
	const heard: number[] = [];
	const training = host.train(cohort, ({ output }) => heard.push(output.clientId));
	await expect(training).rejects.toThrow('the run was ended');
	expect(countBreaths()).toBe(3);
	expect(heard).toEqual([2]);
	stopAt = 0;
	await host.train(cohort, ({ output }) => heard.push(output.clientId));
	expect(heard).toEqual([2, 2, 5, 8]);
});

it('measures group by group, in the order of the ids, and reads each file once', async () => {
	const { host, reads } = await createHost();
	const message = { roundNum: 1, subject: 'federated', population: 'students', params } as const;
	const both = await host.evaluate({ ...message, ids: [0, 1] });
	const [second] = await host.evaluate({ ...message, ids: [1] });
	expect(both.map(({ id, numExamples }) => [id, numExamples])).toEqual([
		[0, 40],
		[1, 30]
	]);
	expect(second).toEqual(both[1]);
	expect(reads.get('students/1.bin')).toBe(1);
});

it('gives its learner back what nobody reads any more, and nothing else', async () => {
	const { host, given, returned } = await createHost();
	const deltas: Float32Array[] = [];
	await host.train(cohort, ({ output }) => deltas.push(output.delta));
	expect(given).toHaveLength(6);
	expect(deltas.map((delta) => given.indexOf(delta))).toEqual([1, 3, 5]);
	expect(returned.map((vector) => given.indexOf(vector))).toEqual([0, 2, 4]);
});

it('gives all of them back where updates stay with their clients, as under masks', async () => {
	const { host, given, returned } = await createHost(undefined, { secureAggregation: true });
	await host.train(cohort, () => {});
	expect(returned.map((vector) => given.indexOf(vector))).toEqual([0, 1, 2, 3, 4, 5]);
});

it('gives back all steps of the model trained in one place but the last', async () => {
	const { host, given, returned } = await createHost();
	const task = { params, numExamplesSeen: 0, numExamples: 1500, batchSize: 10 };
	expect(await host.trainCentralized(task)).toBe(given.at(-1));
	expect(given).toHaveLength(3);
	expect(returned.map((vector) => given.indexOf(vector))).toEqual([0, 1]);
});
