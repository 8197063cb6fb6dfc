// A dense layer: weights [NUM_INPUTS, WIDTH], bias [WIDTH]; ReLU on all layers but the last.
import { listAll, listColumn, listRow } from './lists';
import * as Plan from './plan';
import { applyHooks, hasHooks } from './update';
import { weightedRows } from './weightedRows';

/** Eight vectors: as many sums as weightedRows carries at a time. */
const BLOCK_BYTES: usize = 128;

/** Activations of `numRows` examples. */
export function denseForward(plan: usize, layer: usize, numRows: i32): void {
	const rowBytes = (<usize>load<i32>(layer, Plan.WIDTH)) << 2;
	const numInputs = load<i32>(layer, Plan.NUM_INPUTS);
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const starts = load<usize>(plan, Plan.LIST_STARTS);
	let list = load<usize>(plan, Plan.LISTS);
	let input = load<usize>(layer, Plan.INPUT);
	for (let row: usize = 0; row < <usize>numRows; row++) {
		store<usize>(starts + (row << 2), list);
		list = listRow(list, input, numInputs, rowBytes, keepsZeros);
		input += load<usize>(layer, Plan.INPUT_BYTES);
	}
	store<usize>(starts + ((<usize>numRows) << 2), list);
	multiplyLists(layer, starts, numRows);
}

/**
 * Activations of `numRows` examples whose lists stand one behind the other, [numRows + 1] of `starts`. Columns outside,
 * 32 at a time: all rows of so many fit the first cache (the second, where digits go in), those of 2nn do not.
 */
export function multiplyLists(layer: usize, starts: usize, numRows: i32): void {
	const kernel = load<usize>(layer, Plan.KERNEL);
	const bias = load<usize>(layer, Plan.BIAS);
	const output = load<usize>(layer, Plan.OUTPUT);
	const outputBytes = load<usize>(layer, Plan.OUTPUT_BYTES);
	const rowBytes = (<usize>load<i32>(layer, Plan.WIDTH)) << 2;
	const end = output + <usize>numRows * outputBytes;
	for (let column: usize = 0; column < rowBytes; column += BLOCK_BYTES) {
		const numVectors = <i32>(min(BLOCK_BYTES, rowBytes - column) >> 4);
		const weights = kernel + column;
		let start = starts;
		for (let to = output + column; to < end; to += outputBytes) {
			const list = load<usize>(start);
			weightedRows(to, bias + column, weights, list, load<usize>(start, 4), numVectors);
			start += 4;
		}
	}
	if (load<u32>(layer, Plan.IS_LAST)) return;
	for (let to = output; to < end; to += outputBytes) relu(to, to + rowBytes);
}

/**
 * Gradient by what went in, and the gradient by the parameters, times `scale`, added
 * to what stands `shift` bytes behind them: one pass over the weights, row by row, because they are what
 * has to come from far.
 */
export function denseBackward(
	plan: usize,
	layer: usize,
	numRows: i32,
	shift: usize,
	scale: f32
): void {
	const width = load<i32>(layer, Plan.WIDTH);
	const numInputs = load<i32>(layer, Plan.NUM_INPUTS);
	const gradient = load<usize>(layer, Plan.GRADIENT);
	const gradientBytes = load<usize>(layer, Plan.GRADIENT_BYTES);
	const inputBytes = load<usize>(layer, Plan.INPUT_BYTES);
	const list = load<usize>(plan, Plan.LISTS);
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const isHooked = shift == 0 && hasHooks(plan);
	const rowBytes = (<usize>width) << 2;
	let kernel = load<usize>(layer, Plan.KERNEL);
	let input = load<usize>(layer, Plan.INPUT);
	for (let i = 0; i < numInputs; i++) {
		inputGradients(layer, kernel, i, numRows, keepsZeros);
		if (isHooked) applyHooks(plan, kernel, kernel + rowBytes);
		const end = listColumn(list, input, numRows, inputBytes, gradientBytes, scale, keepsZeros);
		if (end > list) {
			const to = kernel + shift;
			weightedRows(to, to, gradient, list, end, width >> 2);
		}
		input += 4;
		kernel += rowBytes;
	}
	const bias = load<usize>(layer, Plan.BIAS);
	if (isHooked) applyHooks(plan, bias, bias + rowBytes);
	const end = listAll(list, numRows, gradientBytes, scale);
	weightedRows(bias + shift, bias + shift, gradient, list, end, width >> 2);
}

/** dL/dinput of input unit `i` for each example; ReLU lets it pass where the input is above 0. */
function inputGradients(
	layer: usize,
	kernelRow: usize,
	i: i32,
	numRows: i32,
	keepsZeros: bool
): void {
	const column = (<usize>i) << 2;
	const width = (<usize>load<i32>(layer, Plan.WIDTH)) << 2;
	let input = load<usize>(layer, Plan.INPUT) + column;
	let gradient = load<usize>(layer, Plan.GRADIENT);
	let to = load<usize>(layer, Plan.INPUT_GRADIENT) + column;
	for (let row = 0; row < numRows; row++) {
		const x = load<f32>(input);
		let value: f32 = 0;
		if (x > 0) value = dot(kernelRow, gradient, width);
		else if (keepsZeros) value = dot(kernelRow, gradient, width) * (x == x ? 0 : x);
		store<f32>(to, value);
		input += load<usize>(layer, Plan.INPUT_BYTES);
		gradient += load<usize>(layer, Plan.GRADIENT_BYTES);
		to += load<usize>(layer, Plan.INPUT_GRADIENT_BYTES);
	}
}

/** Four sums side by side, so that additions need not wait for each other. */
function dot(a: usize, b: usize, numBytes: usize): f32 {
	let sum0 = f32x4.splat(0);
	let sum1 = f32x4.splat(0);
	let sum2 = f32x4.splat(0);
	let sum3 = f32x4.splat(0);
	let at: usize = 0;
	for (; at + 64 <= numBytes; at += 64) {
		sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a + at), v128.load(b + at)));
		sum1 = f32x4.add(sum1, f32x4.mul(v128.load(a + at, 16), v128.load(b + at, 16)));
		sum2 = f32x4.add(sum2, f32x4.mul(v128.load(a + at, 32), v128.load(b + at, 32)));
		sum3 = f32x4.add(sum3, f32x4.mul(v128.load(a + at, 48), v128.load(b + at, 48)));
	}
	for (; at < numBytes; at += 16) {
		sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a + at), v128.load(b + at)));
	}
	let sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
	sum = f32x4.add(sum, v128.shuffle<i32>(sum, sum, 2, 3, 0, 1));
	sum = f32x4.add(sum, v128.shuffle<i32>(sum, sum, 1, 0, 3, 2));
	return f32x4.extract_lane(sum, 0);
}

/** max(x, 0); NaN stays. */
export function relu(from: usize, end: usize): void {
	const zero = f32x4.splat(0);
	for (; from < end; from += 16) v128.store(from, f32x4.pmax(v128.load(from), zero));
}
