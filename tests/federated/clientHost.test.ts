import { expect, it } from 'vitest';
import { createDatasetStore } from '../../src/lib/data/store';
import { createClientHost } from '../../src/lib/federated/clientHost';
import { createLearner } from '../../src/lib/model/learner';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { systemBytes } from '../../src/lib/workers/systemBytes';
import { tinyConfig } from '../fixtures/runs';
import { createTinyDataset } from '../fixtures/tinyDataset';

const params = initialParams(modelSpecs[tinyConfig.model], 7);

/** A host that calls back each time it breathes. */
async function createHost(onBreath: (numBreaths: number) => void = () => {}) {
	let numBreaths = 0;
	const { readFile, reads } = createTinyDataset();
	const host = createClientHost({
		store: createDatasetStore(readFile),
		createLearner: (config) => createLearner(config, findWasmFiles()),
		tryBackends: async () => [],
		breathe: async () => onBreath(++numBreaths),
		systemBytes
	});
	await host.prepare({ ...tinyConfig, localEpochs: 2 }, null);
	return { host, reads, countBreaths: () => numBreaths };
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
