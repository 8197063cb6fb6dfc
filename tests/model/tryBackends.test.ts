import { describe, expect, it } from 'vitest';
import { createLearner } from '../../src/lib/model/learner';
import { tryBackends } from '../../src/lib/model/tryBackends';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';

describe('the trial of backends', () => {
	it('times what starts in Node, names what does not, and leaves nothing behind', async () => {
		const trials = await tryBackends('2nn', findWasmFiles(), async () => undefined);
		expect(trials.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu', 'webgl', 'cpu']);
		const [wasm, webgpu, webgl, cpu] = trials;
		expect([webgpu.msPerStep, webgl.msPerStep]).toEqual([null, null]);
		expect(wasm.msPerStep).toBeGreaterThan(0);
		expect(wasm.isCutShort).toBe(false);
		expect(cpu.msPerStep).toBeGreaterThan(0);
		const learner = await createLearner({ model: '2nn', backend: 'cpu' }, findWasmFiles());
		expect(learner.numTensors()).toBe(0);
	});

	it.each(['webgl', 'webgpu'] as const)('%s fails in one sentence in Node', async (backend) => {
		await expect(createLearner({ model: 'softmax', backend }, findWasmFiles())).rejects.toThrow(
			`expected the ${backend} backend to start, but this machine refused it; try backend=wasm`
		);
	});
});
