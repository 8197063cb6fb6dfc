import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('memory and tensors stay flat over a hundred rounds', async () => {
	const server = createTinyServer(2);
	const sizes: { heap: number; buffers: number; tensors: number }[] = [];
	await finishRun(server, { ...tinyConfig, rounds: 120, baselines: false }, async (event) => {
		if (event.type !== 'RoundCompleted' || event.roundNum % 20 !== 0) return;
		// Buffers are given back a moment after what held them is collected.
		collectGarbage();
		await new Promise((resolve) => setTimeout(resolve, 50));
		collectGarbage();
		const { heapUsed, arrayBuffers } = process.memoryUsage();
		const [tensors] = await server.numTensors();
		sizes.push({ heap: heapUsed, buffers: arrayBuffers, tensors });
	});
	const [first, last] = [sizes[0], sizes[sizes.length - 1]];
	// Keeping one round's five updates would add 16 MB over these hundred rounds.
	expect(last.buffers - first.buffers).toBeLessThan(3e6);
	expect(last.heap - first.heap).toBeLessThan(6e6);
	expect(last.tensors).toBe(first.tensors);
});
