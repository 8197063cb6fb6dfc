// A whole local epoch in one call: forward, loss, backward and step for one batch after the other.
// Milliseconds a step in Node 20 on one core of an AMD EPYC (best of many, others at work on it), PyTorch 1.13
// on one thread there in brackets: softmax, batch 20, 0.026 (0.19); 2nn, batch 10, 0.14 (1.0 to 1.4, numpy with
// OpenBLAS 0.30); cnn-small, batch 10, 2.1 (3.7 to 4.6); cnn, batch 10, 10.4 (11.5 to 15).
import { convForward } from './conv';
import { convBackward } from './convGradient';
import { crossEntropyGradient, crossEntropyOnly } from './crossEntropy';
import { denseBackward, denseForward, multiplyLists } from './dense';
import { inkBackward, inkForward } from './ink';
import * as Plan from './plan';
import { applySummedGradients, gradientShift, hasHooks, largest } from './update';

const IMAGE_SIDE: i32 = 28;
const IMAGE_BYTES: usize = 784;
/** Parameters beyond this may become infinite in a step: from there on zeros are multiplied too. */
const TAME: f32 = 1e36;

/** One step of gradient descent for each batch; the mean loss of each before its step. */
export function train(plan: usize): void {
	const numBatches = load<i32>(plan, Plan.NUM_BATCHES);
	let images = load<usize>(plan, Plan.IMAGES);
	let labels = load<usize>(plan, Plan.LABELS);
	boundParams(plan);
	for (let batch: usize = 0; batch < <usize>numBatches; batch++) {
		const numRows = load<i32>(load<usize>(plan, Plan.BATCH_SIZES) + (batch << 2));
		const loss = trainBatch(plan, images, labels, numRows);
		store<f64>(load<usize>(plan, Plan.LOSSES) + (batch << 3), loss);
		images += <usize>numRows * IMAGE_BYTES;
		labels += numRows;
	}
}

/** The loss of each of `numRows` examples and its most probable class. */
export function predict(plan: usize, numRows: i32): void {
	boundParams(plan);
	predictChunks(plan, numRows, 0);
}

/**
 * The same for examples whose ink was listed before (keepLists): `starts`, [numRows + 1]. Does nothing and returns
 * false where zeros must be multiplied, too.
 */
export function predictKept(plan: usize, starts: usize, numRows: i32): bool {
	boundParams(plan);
	if (load<u32>(plan, Plan.KEEPS_ZEROS)) return false;
	predictChunks(plan, numRows, starts);
	return true;
}

function predictChunks(plan: usize, numRows: i32, starts: usize): void {
	const chunkRows = load<i32>(plan, Plan.CHUNK_ROWS);
	const last = lastLayer(plan);
	for (let row = 0; row < numRows; row += chunkRows) {
		const numInChunk = min(chunkRows, numRows - row);
		if (starts) forwardKept(plan, starts + ((<usize>row) << 2), numInChunk);
		else forward(plan, load<usize>(plan, Plan.IMAGES) + <usize>row * IMAGE_BYTES, numInChunk);
		crossEntropyOnly(
			load<usize>(last, Plan.OUTPUT),
			load<usize>(plan, Plan.LABELS) + row,
			load<usize>(plan, Plan.LOSSES) + ((<usize>row) << 3),
			load<usize>(plan, Plan.PREDICTED) + row,
			numInChunk,
			load<i32>(last, Plan.NUM_OUTPUTS),
			load<i32>(last, Plan.WIDTH)
		);
	}
}

function trainBatch(plan: usize, images: usize, labels: usize, numRows: i32): f64 {
	const chunkRows = load<i32>(plan, Plan.CHUNK_ROWS);
	const isSummed = numRows > chunkRows;
	const rate = load<f32>(plan, Plan.LEARNING_RATE);
	const shift = gradientShift(plan, isSummed);
	const last = lastLayer(plan);
	let lossSum: f64 = 0;
	if (isSummed) {
		const size = load<usize>(plan, Plan.PARAMS_END) - load<usize>(plan, Plan.PARAMS);
		memory.fill(load<usize>(plan, Plan.GRADIENTS), 0, size);
	}
	for (let row = 0; row < numRows; row += chunkRows) {
		const numInChunk = min(chunkRows, numRows - row);
		const losses = load<usize>(plan, Plan.ROW_LOSSES);
		forward(plan, images + <usize>row * IMAGE_BYTES, numInChunk);
		crossEntropyGradient(
			load<usize>(last, Plan.GRADIENT),
			labels + row,
			losses,
			numInChunk,
			load<i32>(last, Plan.NUM_OUTPUTS),
			load<i32>(last, Plan.WIDTH),
			1 / <f32>numRows
		);
		for (let i: usize = 0; i < <usize>numInChunk; i++) lossSum += load<f64>(losses + (i << 3));
		backward(plan, numInChunk, shift, isSummed ? 1 : -rate);
	}
	if (isSummed) applySummedGradients(plan);
	if (isSummed || hasHooks(plan)) boundParams(plan);
	return lossSum / <f64>numRows;
}

function forward(plan: usize, images: usize, numRows: i32): void {
	const first = load<usize>(plan, Plan.LAYERS);
	if (load<i32>(first, Plan.KIND) == Plan.INK) inkForward(plan, first, images, numRows);
	else {
		loadImages(first, images, numRows);
		convForward(plan, first, numRows);
	}
	forwardBehindFirst(plan, numRows);
}

function forwardKept(plan: usize, starts: usize, numRows: i32): void {
	multiplyLists(load<usize>(plan, Plan.LAYERS), starts, numRows);
	forwardBehindFirst(plan, numRows);
}

function forwardBehindFirst(plan: usize, numRows: i32): void {
	const numLayers = <usize>load<i32>(plan, Plan.NUM_LAYERS);
	for (let i: usize = 1; i < numLayers; i++) {
		const layer = load<usize>(plan, Plan.LAYERS) + i * Plan.LAYER_BYTES;
		if (load<i32>(layer, Plan.KIND) == Plan.DENSE) denseForward(plan, layer, numRows);
		else convForward(plan, layer, numRows);
	}
}

function backward(plan: usize, numRows: i32, shift: usize, scale: f32): void {
	for (let i = load<i32>(plan, Plan.NUM_LAYERS) - 1; i >= 0; i--) {
		const layer = load<usize>(plan, Plan.LAYERS) + <usize>i * Plan.LAYER_BYTES;
		boundUpdate(plan, layer, numRows);
		const kind = load<i32>(layer, Plan.KIND);
		if (kind == Plan.INK) inkBackward(plan, layer, numRows, shift, scale);
		else if (kind == Plan.DENSE) denseBackward(plan, layer, numRows, shift, scale);
		else convBackward(plan, layer, numRows, shift, scale);
	}
}

/** Ink 0 to 255 as 0 to 1, inside the padding of the first convolution. */
function loadImages(layer: usize, images: usize, numRows: i32): void {
	const lineBytes = (<usize>(IMAGE_SIDE + 4)) << 2;
	const inside = 2 * lineBytes + 8;
	const ink = f32x4.splat(1 / 255);
	let input = load<usize>(layer, Plan.INPUT) + inside;
	for (let row = 0; row < numRows; row++) {
		for (let line: usize = 0; line < <usize>IMAGE_SIDE; line++) {
			const to = input + line * lineBytes;
			for (let pixel: usize = 0; pixel < <usize>IMAGE_SIDE; pixel += 4) {
				const bytes = v128.load32_zero(images + pixel);
				const wide = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
				v128.store(to + (pixel << 2), f32x4.mul(f32x4.convert_i32x4_u(wide), ink));
			}
			images += IMAGE_SIDE;
		}
		input += load<usize>(layer, Plan.INPUT_BYTES);
	}
}

/** Finds out whether the parameters are small enough to leave zeros out. */
function boundParams(plan: usize): void {
	const bound = largest(load<usize>(plan, Plan.PARAMS), load<usize>(plan, Plan.PARAMS_END));
	store<f32>(plan, bound, Plan.BOUND);
	store<u32>(plan, bound < TAME ? 0 : 1, Plan.KEEPS_ZEROS);
}

/** Before a layer's step: whether gradients are finite, and parameters will surely be so after it. */
function boundUpdate(plan: usize, layer: usize, numRows: i32): void {
	const gradient = load<usize>(layer, Plan.GRADIENT);
	const input = load<usize>(layer, Plan.INPUT);
	const gradients = <usize>numRows * load<usize>(layer, Plan.GRADIENT_BYTES);
	// Ink is at most 1, and what stands there are lists.
	const isInk = load<i32>(layer, Plan.KIND) == Plan.INK;
	const inputs = isInk ? 0 : <usize>numRows * load<usize>(layer, Plan.INPUT_BYTES);
	// A parameter of a layer meets each example at most once in each pixel of a feature map.
	const side = <f32>load<i32>(layer, Plan.SIDE);
	const numUses = <f32>numRows * max(side * side, 1);
	const step = largest(gradient, gradient + gradients) * max(largest(input, input + inputs), 1);
	const growth = step * numUses * load<f32>(plan, Plan.LEARNING_RATE);
	const bound = load<f32>(plan, Plan.BOUND) + growth;
	store<f32>(plan, bound, Plan.BOUND);
	if (!(bound < TAME)) store<u32>(plan, 1, Plan.KEEPS_ZEROS);
}

function lastLayer(plan: usize): usize {
	const last = <usize>(load<i32>(plan, Plan.NUM_LAYERS) - 1);
	return load<usize>(plan, Plan.LAYERS) + last * Plan.LAYER_BYTES;
}
