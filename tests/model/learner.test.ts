/** Which kernels a configuration gets, and that training goes on where our own cannot start. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { selectExamples } from '../../src/lib/data/examples';
import { createDatasetStore } from '../../src/lib/data/store';
import { createLearner } from '../../src/lib/model/learner';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { createTinyDataset } from '../fixtures/tinyDataset';

const wasmUrls = findWasmFiles();
const store = createDatasetStore(createTinyDataset().readFile);
const batches = [Uint32Array.of(0, 1), Uint32Array.of(2, 3)];

/** An engine that refuses to make such a thing, as an old or a full machine would. */
function refuse(part: 'Memory' | 'Module', error: Error) {
	const refused = function () {
		throw error;
	};
	const engine = new Proxy(WebAssembly, {
		get: (target, name) => (name === part ? refused : Reflect.get(target, name))
	});
	vi.stubGlobal('WebAssembly', engine);
}

async function trainTwoSteps(model: 'softmax' | 'cnn-small', backend: 'wasm' | 'cpu') {
	const learner = await createLearner({ model, backend }, wasmUrls);
	const examples = selectExamples(await store.writer(3), [0, 1, 2, 3]);
	const { params } = learner.train(initialParams(modelSpecs[model], 7), examples, batches, 0.1);
	learner.dispose();
	return { kernels: learner.kernels, params };
}

const largestGap = (a: Float32Array, b: Float32Array) =>
	a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

afterEach(() => vi.unstubAllGlobals());

describe('createLearner', () => {
	it('falls back to tfjs, says why, and trains the same', async () => {
		// Refused first: what was compiled once stays compiled.
		refuse('Module', new WebAssembly.CompileError('no SIMD'));
		const withoutSimd = await trainTwoSteps('softmax', 'cpu');
		expect(withoutSimd.kernels).toBe('stock kernels, because backend=cpu asks for them');
		const refused = await createLearner({ model: 'softmax', backend: 'wasm' }, wasmUrls);
		expect(refused.kernels).toMatch(/because this browser has no WebAssembly SIMD/);
		vi.unstubAllGlobals();

		refuse('Memory', new RangeError('out of memory'));
		const withoutMemory = await createLearner({ model: 'softmax', backend: 'wasm' }, wasmUrls);
		expect(withoutMemory.kernels).toMatch(/because there is no memory left/);
		vi.unstubAllGlobals();

		const own = await trainTwoSteps('softmax', 'wasm');
		expect(own.kernels).toBe('own SIMD kernels');
		expect(largestGap(own.params, withoutSimd.params)).toBeLessThan(1e-5);
	});

	it('trains convolutions op by op as well', async () => {
		const stock = await trainTwoSteps('cnn-small', 'cpu');
		const own = await trainTwoSteps('cnn-small', 'wasm');
		expect(stock.kernels).toMatch(/^stock/);
		expect(largestGap(own.params, stock.params)).toBeLessThan(1e-5);
	});
});
