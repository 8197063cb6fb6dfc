import { beforeAll, describe, expect, it, vi } from 'vitest';
import { selectExamples } from '../../src/lib/data/examples';
import { createDatasetStore } from '../../src/lib/data/store';
import { createLearner } from '../../src/lib/model/learner';
import { initialParams, modelSpecs } from '../../src/lib/model/modelSpec';
import { findWasmFiles } from '../../src/lib/workers/nodeHost';
import { createTinyDataset } from '../fixtures/tinyDataset';

const refusal = vi.hoisted(() => ({ error: new Error('no SIMD') }));
vi.mock('../../src/lib/model/kernels/kernelLearner', () => ({
	createKernelLearner() {
		throw refusal.error;
	}
}));

const wasmUrls = findWasmFiles();
const store = createDatasetStore(createTinyDataset().readFile);

describe('a learner without our epoch kernels', () => {
	beforeAll(() => {
		refusal.error = new RangeError('out of memory');
	});

	it('trains op by op on the registered kernels of the wasm backend, and says so', async () => {
		const learner = await createLearner({ backend: 'wasm', model: 'cnn-small' }, wasmUrls);
		expect(learner.kernels).toBe(
			'own SIMD kernels, one operation at a time, because there is no memory left for whole epochs at a time'
		);
		const examples = selectExamples(await store.writer(3), [0, 1, 2, 3]);
		const start = initialParams(modelSpecs['cnn-small'], 1);
		const { params, losses } = learner.train(start, examples, [Uint32Array.of(0, 1, 2, 3)], 0.05);
		expect(params).not.toEqual(start);
		expect(losses[0]).toBeGreaterThan(0);
		learner.dispose();
	});

	it('trains on stock kernels where another backend is wished', async () => {
		const learner = await createLearner({ backend: 'cpu', model: 'softmax' }, wasmUrls);
		expect(learner.kernels).toBe('stock kernels, because backend=cpu asks for them');
		learner.dispose();
	});
});
