import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeHost } from '../../src/lib/workers/nodeHost';
import { bytesOf, createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';
import { writeTinyFolder } from '../fixtures/tinyFolder';

let dataFolder: string;
beforeAll(async () => {
	dataFolder = await writeTinyFolder();
});
afterAll(() => rmSync(dataFolder, { recursive: true }));

describe('worker threads', () => {
	it.each([1, 2, 4])('%i of them give the bytes of the in-process twin', async (numWorkers) => {
		const host = createNodeHost({ dataFolder, numWorkers });
		const threaded = await finishRun(host, tinyConfig);
		const twin = await finishRun(createTinyServer(), tinyConfig);
		await host.dispose();
		expect(JSON.stringify(threaded.metrics)).toBe(JSON.stringify(twin.metrics));
		expect(bytesOf(threaded.params)).toEqual(bytesOf(twin.params));
	});

	it('survive the death of one in mid-round, with the same bytes', async () => {
		const host = createNodeHost({ dataFolder, numWorkers: 2 });
		let numKills = 0;
		const disturbed = await finishRun(host, { ...tinyConfig, rounds: 4 }, async (event) => {
			if (event.type === 'ClientStarted' && event.roundNum === 2 && numKills === 0) {
				numKills++;
				await host.killWorker(0);
			}
		});
		await host.dispose();
		const twin = await finishRun(createTinyServer(), { ...tinyConfig, rounds: 4 });
		expect(numKills).toBe(1);
		expect(disturbed.failures).toEqual([]);
		expect(JSON.stringify(disturbed.metrics)).toBe(JSON.stringify(twin.metrics));
		expect(bytesOf(disturbed.params)).toEqual(bytesOf(twin.params));
	});

	it('that die between training and masking are replaced, with the same bytes', async () => {
		const host = createNodeHost({ dataFolder, numWorkers: 2 });
		const config = { ...tinyConfig, rounds: 3, cohortSize: 12, secureAggregation: true };
		let numTrained = 0;
		const { failures, events, params } = await finishRun(host, config, async (event) => {
			if (event.type === 'RoundStarted') numTrained = 0;
			if (event.type === 'ClientTrained' && event.roundNum === 2 && ++numTrained === 12) {
				// Both: on a busy machine one of them may have taken all clients.
				await Promise.all([host.killWorker(0), host.killWorker(1)]);
			}
		});
		await host.dispose();
		const twin = await finishRun(createTinyServer(), config);
		expect(failures).toEqual([]);
		expect(events.some(({ type }) => type === 'MaskingRetried')).toBe(true);
		expect(bytesOf(params)).toEqual(bytesOf(twin.params));
	});

	it('say in one sentence which file is missing', async () => {
		const host = createNodeHost({ dataFolder: '/nowhere', numWorkers: 1 });
		await expect(host.startRun(tinyConfig)).rejects.toThrow(
			/index\.json could not be read \(ENOENT\)/
		);
		await host.dispose();
	});
});
