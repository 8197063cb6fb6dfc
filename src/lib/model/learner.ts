/** The learner for a configuration: our own kernels where the engine has SIMD, else stock tfjs. */
import type { TrainingBackend } from '../federated/backendChoice';
import type { RunConfig } from '../federated/config';
import type { Learner } from '../federated/learner';
import { startBackend, type WasmUrls } from './backend';
import { canTrainConvolutions } from './stockNetwork';
import { createKernelLearner } from './kernels/kernelLearner';
import { registerKernels } from './kernels/registerKernels';
import { isConvolutional, modelSpecs, type ModelSpec } from './modelSpec';
import { createStockLearner } from './stockLearner';

export async function createLearner(
	{ backend, model }: Pick<RunConfig, 'backend' | 'model'>,
	wasmUrls: WasmUrls
): Promise<Learner> {
	const spec = modelSpecs[model];
	if (backend === 'auto') throw new Error('expected a backend that trains, got auto');
	if (backend !== 'wasm') {
		return startStockLearner(spec, backend, wasmUrls, `backend=${backend} asks for them`);
	}
	try {
		return createKernelLearner(spec);
	} catch (error) {
		return startStockLearner(spec, backend, wasmUrls, whyRefused(error));
	}
}

async function startStockLearner(
	spec: ModelSpec,
	backend: TrainingBackend,
	wasmUrls: WasmUrls,
	reason: string
): Promise<Learner> {
	await startBackend(backend, wasmUrls);
	if (isConvolutional(spec) && !canTrainConvolutions()) await startBackend('cpu', wasmUrls);
	const isOwn = registerKernels().names.length > 0;
	const kernels = isOwn ? 'own SIMD kernels, one operation at a time' : 'stock kernels';
	return createStockLearner(spec, `${kernels}, because ${reason}`);
}

/** What kept our kernels from starting, to follow "because". */
function whyRefused(error: unknown): string {
	if (error instanceof RangeError) return 'there is no memory left for whole epochs at a time';
	if (typeof WebAssembly === 'undefined') return 'this browser has no WebAssembly';
	return 'this browser has no WebAssembly SIMD';
}
