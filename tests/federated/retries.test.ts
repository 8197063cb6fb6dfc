/** Hosts die under each kind of work: everybody hears of it, and the run ends with the same bytes. */
import { describe, expect, it } from 'vitest';
import { createDatasetStore } from '../../src/lib/data/store';
import { createClientHost } from '../../src/lib/federated/clientHost';
import type { RunEvent } from '../../src/lib/federated/events';
import type { ClientHost } from '../../src/lib/federated/federation';
import type { SecureRequest } from '../../src/lib/federated/secureParticipant';
import { stages, type Stage } from '../../src/lib/masking/messages';
import { createLearner } from '../../src/lib/model/learner';
import { tryBackends } from '../../src/lib/model/tryBackends';
import { advanceSnapshot, emptySnapshot } from '../../src/lib/scene/runSnapshot';
import { breathe } from '../../src/lib/workers/breathe';
import { createFederationServer } from '../../src/lib/workers/federationServer';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { systemBytes } from '../../src/lib/workers/systemBytes';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { createTinyDataset } from '../fixtures/tinyDataset';

type Work = 'evaluate' | 'trainCentralized' | 'trainAlone' | 'train' | Stage | 'observeMasking';

const requestOf: Readonly<Record<Stage, SecureRequest['kind']>> = {
	advertiseKeys: 'invitation',
	shareKeys: 'keyList',
	maskedInput: 'shareInbox',
	unmask: 'unmaskingRequest'
};

/** A server whose host breaks off once, under the first work of a kind. */
function createMortalServer(work: Work) {
	const store = createDatasetStore(createTinyDataset().readFile);
	let hasDied = false;
	const server = createFederationServer(store, 1, async () => {
		const host = createClientHost({
			store,
			createLearner: (config) => createLearner(config, findWasmFiles()),
			tryBackends: (model) => tryBackends(model, findWasmFiles(), breathe),
			breathe,
			systemBytes
		});
		/** What came before the fatal work; a host has the next task while it is at one. */
		let earlier: Promise<unknown> = Promise.resolve();
		const die = () => {
			hasDied = true;
			void earlier.then(() => setTimeout(() => server.reportDead(0, 'out of memory')));
			return new Promise<never>(() => {});
		};
		const mortal: ClientHost = {
			...host,
			evaluate(message) {
				if (work === 'evaluate' && !hasDied && message.subject === 'federated') return die();
				const results = host.evaluate(message);
				earlier = results;
				return results;
			},
			trainCentralized: (task) =>
				work === 'trainCentralized' && !hasDied ? die() : host.trainCentralized(task),
			trainAlone: (task) => (work === 'trainAlone' && !hasDied ? die() : host.trainAlone(task)),
			async train(message, onTrained) {
				const clientIds = work === 'train' && !hasDied ? message.clientIds.slice(0, 2) : null;
				await host.train({ ...message, clientIds: clientIds ?? message.clientIds }, onTrained);
				if (clientIds) await die();
			},
			answerSecurely(requests) {
				const isFatal = work in requestOf && requestOf[work as Stage] === requests[0].kind;
				return isFatal && !hasDied ? die() : host.answerSecurely(requests);
			},
			observeMasking: (clientIds) =>
				work === 'observeMasking' && !hasDied ? die() : host.observeMasking(clientIds)
		};
		return { host: mortal, end: () => undefined };
	});
	return server;
}

const isRetry = (event: RunEvent) => event.type === 'MeasuringRetried';
const whole = await finishRun(createTinyServer(), tinyConfig);

describe.each([
	['evaluate', 'evaluation'],
	['trainCentralized', 'baseline'],
	['trainAlone', 'baseline']
] as const)('a worker that dies in %s', (work, task) => {
	it('is told of, and changes nothing', async () => {
		const run = await finishRun(createMortalServer(work), tinyConfig);
		expect(run.failures).toEqual([]);
		const retries = run.events.filter(isRetry);
		expect(retries.length).toBeGreaterThan(0);
		expect(retries).toContainEqual({
			type: 'MeasuringRetried',
			roundNum: 1,
			task,
			reason: expect.stringContaining('out of memory')
		});
		expect(advanceSnapshot(emptySnapshot, run.events).retries).toEqual(retries);
		expect(bytesOf(run.params)).toEqual(bytesOf(whole.params));
		expect(run.metrics).toEqual(whole.metrics);
	});
});

const maskedConfig = { ...tinyConfig, secureAggregation: true };
const maskedWhole = await finishRun(createTinyServer(), maskedConfig);

/** Clients of the first round. */
const cohortOf = ({ events }: { events: readonly RunEvent[] }) =>
	events.find((event) => event.type === 'CohortSampled')!.clientIds;
const dropped = ({ events }: { events: readonly RunEvent[] }) =>
	events.flatMap((event) => (event.type === 'AggregationStageClosed' ? event.droppedIds : []));

describe('a worker that dies under masks', () => {
	it.each([...stages, 'observeMasking'] as const)('in %s is told of', async (work) => {
		const run = await finishRun(createMortalServer(work), maskedConfig, () => {}, true);
		expect(run.failures).toEqual([]);
		const retries = run.events.filter(({ type }) => type === 'MaskingRetried');
		expect(retries).toEqual([
			{
				type: 'MaskingRetried',
				roundNum: 1,
				clientIds: cohortOf(run),
				areLost: false,
				reason: expect.stringContaining('out of memory')
			}
		]);
		expect(advanceSnapshot(emptySnapshot, run.events).retries).toEqual(retries);
		expect(bytesOf(run.params)).toEqual(bytesOf(maskedWhole.params));
		expect(run.metrics).toEqual(maskedWhole.metrics);
	});

	it('while training loses nobody who has trained already', async () => {
		const run = await finishRun(createMortalServer('train'), maskedConfig);
		expect(run.events.some(({ type }) => type === 'ClientRetried')).toBe(true);
		expect(dropped(run)).toEqual([]);
		expect(bytesOf(run.params)).toEqual(bytesOf(maskedWhole.params));
	});

	it('takes keys of the system with it, and says so', async () => {
		const secret = { ...maskedConfig, maskKeys: 'system', rounds: 1 } as const;
		const early = await finishRun(createMortalServer('advertiseKeys'), secret);
		expect(early.events).toContainEqual(
			expect.objectContaining({ type: 'MaskingRetried', areLost: false })
		);
		expect(dropped(early)).toEqual([]);
		const late = await finishRun(createMortalServer('shareKeys'), secret);
		expect(late.events).toContainEqual(
			expect.objectContaining({ type: 'MaskingRetried', areLost: true })
		);
		expect(dropped(late)).toEqual(cohortOf(late));
		expect(late.events.some(({ type }) => type === 'AggregationFailed')).toBe(true);
	});
});
