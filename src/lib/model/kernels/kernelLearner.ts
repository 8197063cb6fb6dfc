/**
 * A learner on our own SIMD kernels: one call for all batches of an epoch, on a memory of its own.
 * Held against stock tfjs-cpu by tests/model/kernels/kernelLearner.test.ts.
 */
import { IMAGE_SIZE } from '../../data/datasetIndex';
import type { Examples } from '../../data/examples';
import { markCorrect } from '../../federated/evaluation';
import type { Learner, Predictions, TrainingResult } from '../../federated/learner';
import { instantiateWasm } from '../../math/wasmModule';
import type { ModelSpec } from '../modelSpec';
import { ADDRESS_BYTES, createArena } from './arena';
import { wasmBase64 } from './compiled/training.kernel.js';
import { createKeptInk, type KeepLists } from './keptInk';
import { createParamsIo, type MoveRows } from './paramsIo';

interface Kernels {
	train(plan: number): void;
	predict(plan: number, numRows: number): void;
	predictKept(plan: number, starts: number, numRows: number): number;
	keepLists: KeepLists;
	moveRows: MoveRows;
}

/** Examples that are copied into the memory at a time (3.2 MB); one batch may have more. */
const EXAMPLES_PER_CALL = 4096;
/** What a small client has; room for more is taken when somebody comes with more. */
const FIRST_CAPACITY = 256;

/** Throws where the engine has no SIMD or no memory left. */
export function createKernelLearner(spec: ModelSpec, arena = createArena(spec)): Learner {
	const { memory, plan } = arena;
	const kernels = instantiateWasm<Kernels>(wasmBase64, memory);
	const paramsIo = createParamsIo(spec, arena, kernels.moveRows);
	/** Arrays of old parameters. New ones every time would keep the garbage collector busy for half of a round of 2nn. */
	const spares: Float32Array[] = [];
	let room = takeRoom(FIRST_CAPACITY);
	/** Convolutions look at all pixels: nothing to list. */
	const keptInk =
		spec.layers[0].kind === 'dense'
			? createKeptInk(arena, kernels.keepLists, placeImages, EXAMPLES_PER_CALL)
			: null;

	/** Room for so many examples and for what is said about each of them. */
	function takeRoom(capacity: number) {
		const taken = {
			capacity,
			images: arena.allocate(capacity * IMAGE_SIZE),
			labels: arena.allocate(capacity),
			batchSizes: arena.allocate(capacity * 4),
			losses: arena.allocate(capacity * 8),
			predicted: arena.allocate(capacity)
		};
		arena.setInt('images', taken.images);
		arena.setInt('labels', taken.labels);
		arena.setInt('batchSizes', taken.batchSizes);
		arena.setInt('losses', taken.losses);
		arena.setInt('predicted', taken.predicted);
		return taken;
	}

	function ensureRoom(numExamples: number) {
		if (numExamples <= room.capacity) return;
		room = takeRoom(Math.max(numExamples, 2 * room.capacity));
	}

	function placeImages(images: Uint8Array) {
		ensureRoom(images.length / IMAGE_SIZE);
		new Uint8Array(memory.buffer, room.images).set(images);
	}

	function trainCall(examples: Examples, batches: readonly Uint32Array[], losses: Float64Array) {
		ensureRoom(countExamples(batches));
		const images = new Uint8Array(memory.buffer, room.images);
		const labels = new Uint8Array(memory.buffer, room.labels);
		let row = 0;
		for (const batch of batches) {
			for (const position of batch) {
				const from = position * IMAGE_SIZE;
				images.set(examples.images.subarray(from, from + IMAGE_SIZE), row * IMAGE_SIZE);
				labels[row++] = examples.labels[position];
			}
		}
		new Int32Array(memory.buffer, room.batchSizes).set(batches.map((batch) => batch.length));
		arena.setInt('numBatches', batches.length);
		kernels.train(plan);
		losses.set(new Float64Array(memory.buffer, room.losses, batches.length));
	}

	return {
		numParams: spec.numParams,
		kernels: 'own SIMD kernels',

		train(params, examples, batches, learningRate, hooks = {}): TrainingResult {
			if (batches.some((batch) => batch.length > arena.chunkRows)) paramsIo.takeGradients();
			paramsIo.write(params);
			paramsIo.writeHooks(hooks);
			arena.setFloat('learningRate', learningRate);
			const losses = new Float64Array(batches.length);
			for (let from = 0; from < batches.length;) {
				const end = endOfCall(batches, from);
				trainCall(examples, batches.slice(from, end), losses.subarray(from, end));
				from = end;
			}
			return { params: paramsIo.read(spares.pop()), losses };
		},

		predict(params, examples, isKept): Predictions {
			const { images, labels } = examples;
			const predicted = new Uint8Array(labels.length);
			const losses = new Float64Array(labels.length);
			const starts = isKept ? (keptInk?.startsOf(examples) ?? null) : null;
			paramsIo.write(params);
			for (let from = 0; from < labels.length; from += EXAMPLES_PER_CALL) {
				const end = Math.min(from + EXAMPLES_PER_CALL, labels.length);
				ensureRoom(end - from);
				new Uint8Array(memory.buffer, room.labels).set(labels.subarray(from, end));
				const at = starts === null ? null : starts + from * ADDRESS_BYTES;
				if (at === null || !kernels.predictKept(plan, at, end - from)) {
					placeImages(images.subarray(from * IMAGE_SIZE, end * IMAGE_SIZE));
					kernels.predict(plan, end - from);
				}
				losses.set(new Float64Array(memory.buffer, room.losses, end - from), from);
				predicted.set(new Uint8Array(memory.buffer, room.predicted, end - from), from);
			}
			return { predicted, isCorrect: markCorrect(labels, predicted), losses };
		},

		reuse(params) {
			if (params.length === spec.numParams) spares.push(params);
		},

		numTensors: () => 0,
		dispose: () => undefined
	};
}

/** Where a call that begins with batch `from` ends: after as many whole batches as fit, at least one. */
function endOfCall(batches: readonly Uint32Array[], from: number): number {
	let numExamples = batches[from].length;
	let end = from + 1;
	while (end < batches.length && numExamples + batches[end].length <= EXAMPLES_PER_CALL) {
		numExamples += batches[end++].length;
	}
	return end;
}

function countExamples(batches: readonly Uint32Array[]): number {
	return batches.reduce((sum, batch) => sum + batch.length, 0);
}
