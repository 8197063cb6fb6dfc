/** What the observer is told of the held-out digits, against what the run itself has measured. */
import { expect, it } from 'vitest';
import { sortReading } from '../../src/lib/scene/inspect/digitReading';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

it('reads the held-out digits of every client as the newest evaluation counts them', async () => {
	const server = createTinyServer();
	const { events } = await finishRun(server, {
		...tinyConfig,
		rounds: 1,
		clientLr: 0.001,
		baselines: false
	});
	const measured = events.findLast((event) => event.type === 'ModelEvaluated');
	const perClient = measured?.evaluation.perClient ?? [];
	const logBefore = await server.wireLog();
	expect(perClient).toHaveLength(tinyConfig.numClients);
	let numWrong = 0;
	for (const { id, accuracy, numExamples } of perClient) {
		const rights = sortReading(await server.readHeldOut(id)).map(({ isRight }) => Number(isRight));
		expect(rights).toHaveLength(numExamples);
		expect(rights.reduce((sum, right) => sum + right, 0) / numExamples).toBeCloseTo(accuracy, 9);
		expect(rights).toEqual([...rights].sort());
		numWrong += rights.filter((right) => right === 0).length;
	}
	expect(numWrong).toBeGreaterThan(0);
	expect(await server.wireLog()).toEqual(logBefore);
	await server.dispose();
});
