/** A few real gradient steps on each backend that this machine has, so that backend=auto can choose among them. */
import { IMAGE_SIZE, NUM_CLASSES } from '../data/datasetIndex';
import type { Examples } from '../data/examples';
import type { Breathe } from '../federated/clientUpdate';
import type { BackendTrial, TrainingBackend } from '../federated/backendChoice';
import type { RunConfig } from '../federated/config';
import type { Learner } from '../federated/learner';
import { randomStream } from '../math/random';
import type { WasmUrls } from './backend';
import { createLearner } from './learner';
import { initialParams, modelSpecs } from './modelSpec';

/** Plain JavaScript last: it is the slowest, and may be cut short when the others are known. */
const CANDIDATES: readonly TrainingBackend[] = ['wasm', 'webgpu', 'webgl', 'cpu'];
const BATCH_SIZE = 10;
const STEPS_PER_CALL = 5;
/** Clocks of browsers are coarse: calls are repeated until they add up to this. */
const MIN_TRIAL_MS = 20;
const RATE = 0.1;

/** Tries all of them, one after the other; nothing stays behind but the last backend, started. */
export async function tryBackends(
	model: RunConfig['model'],
	wasmUrls: WasmUrls,
	breathe: Breathe
): Promise<BackendTrial[]> {
	const trials: BackendTrial[] = [];
	for (const backend of CANDIDATES) {
		await breathe();
		const learner = await createLearner({ model, backend }, wasmUrls).catch(() => null);
		const best = Math.min(...trials.map(({ msPerStep }) => msPerStep ?? Infinity));
		const isGpu = backend === 'webgl' || backend === 'webgpu';
		try {
			trials.push({
				backend,
				...(learner
					? timeSteps(learner, initialParams(modelSpecs[model], 7), isGpu ? Infinity : best)
					: { msPerStep: null, isCutShort: false })
			});
		} catch {
			// A backend may start and still lack what the model needs.
			trials.push({ backend, msPerStep: null, isCutShort: false });
		} finally {
			learner?.dispose();
		}
	}
	return trials;
}

/** The first step warms up: graphics cards compile in it. Elsewhere one digit tells what is out of the race. */
function timeSteps(
	learner: Learner,
	params: Float32Array,
	best: number
): Pick<BackendTrial, 'msPerStep' | 'isCutShort'> {
	const digits = createDigits(BATCH_SIZE * STEPS_PER_CALL);
	const firstSize = best === Infinity ? BATCH_SIZE : 1;
	const firstMs = timeCall(learner, params, digits, [positions(0, firstSize)]);
	if (firstMs > best && firstSize === 1) return { msPerStep: firstMs, isCutShort: true };
	const batches = Array.from({ length: STEPS_PER_CALL }, (_, step) =>
		positions(step * BATCH_SIZE, BATCH_SIZE)
	);
	let numCalls = 0;
	let totalMs = 0;
	while (totalMs < MIN_TRIAL_MS) {
		totalMs += timeCall(learner, params, digits, batches);
		numCalls++;
	}
	return { msPerStep: totalMs / (numCalls * STEPS_PER_CALL), isCutShort: false };
}

function timeCall(
	learner: Learner,
	params: Float32Array,
	digits: Examples,
	batches: readonly Uint32Array[]
): number {
	const started = performance.now();
	learner.train(params, digits, batches, RATE);
	return performance.now() - started;
}

/** Made-up digits: like real ones, four fifths of their pixels are paper. */
function createDigits(numExamples: number): Examples {
	const random = randomStream(7, 'init');
	const ink = () => (random() < 0.8 ? 0 : Math.floor(256 * random()));
	return {
		images: Uint8Array.from({ length: numExamples * IMAGE_SIZE }, ink),
		labels: Uint8Array.from({ length: numExamples }, (_, i) => i % NUM_CLASSES)
	};
}

function positions(from: number, count: number): Uint32Array {
	return Uint32Array.from({ length: count }, (_, i) => from + i);
}
