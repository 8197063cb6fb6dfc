// The gradients of conv.ts. Behind a pool only the winners have one, so both are sums over short lists.
import { KERNEL_SIDE } from './conv';
import { append } from './lists';
import * as Plan from './plan';
import { applyHooks, hasHooks } from './update';
import { weightedRows } from './weightedRows';

/** Like denseBackward, for a convolution: `GRADIENT` is by the pooled output, [row, pixel, channel]. */
export function convBackward(
	plan: usize,
	layer: usize,
	numRows: i32,
	shift: usize,
	scale: f32
): void {
	if (load<usize>(layer, Plan.INPUT_GRADIENT)) {
		transposeKernel(layer);
		inputGradients(plan, layer, numRows);
	}
	const kernel = load<usize>(layer, Plan.KERNEL);
	const bias = load<usize>(layer, Plan.BIAS);
	const width = load<i32>(layer, Plan.WIDTH);
	if (shift == 0 && hasHooks(plan)) applyHooks(plan, kernel, bias + ((<usize>width) << 2));
	for (let channel = 0; channel < width; channel += 4) {
		fourChannels(plan, layer, channel, numRows, shift, scale);
	}
}

/** One line of the kernel, 5 pixels of all channels that go in, in whole vectors. */
function lineVectors(layer: usize): i32 {
	return (KERNEL_SIDE * load<i32>(layer, Plan.NUM_INPUTS) + 3) >> 2;
}

/** From one line of the padded input to the next. */
function inputLineBytes(layer: usize): usize {
	const side = load<i32>(layer, Plan.SIDE) + KERNEL_SIDE - 1;
	return (<usize>(side * load<i32>(layer, Plan.NUM_INPUTS))) << 2;
}

function numPooledPixels(layer: usize): i32 {
	const side = load<i32>(layer, Plan.SIDE) >> 1;
	return side * side;
}

/** The gradient by the kernel of channels `channel` to `channel + 3`, times `scale`, added `shift` behind it. */
function fourChannels(
	plan: usize,
	layer: usize,
	channel: i32,
	numRows: i32,
	shift: usize,
	scale: f32
): void {
	const vectors = lineVectors(layer);
	const lineBytes = (<usize>vectors) << 4;
	const patchLine = inputLineBytes(layer);
	const listBytes = (<usize>(numRows * numPooledPixels(layer))) << 3;
	const sums = load<usize>(plan, Plan.KERNEL_GRADIENT);
	memory.fill(sums, 0, 4 * KERNEL_SIDE * lineBytes);
	for (let i: usize = 0; i < 4; i++) {
		const list = load<usize>(plan, Plan.LISTS) + i * listBytes;
		const end = listWinners(plan, layer, <usize>channel + i, numRows, list, shift, scale);
		for (let line: usize = 0; line < <usize>KERNEL_SIDE; line++) {
			const to = sums + (i * KERNEL_SIDE + line) * lineBytes;
			const rows = load<usize>(layer, Plan.INPUT) + line * patchLine;
			weightedRows(to, to, rows, list, end, vectors);
		}
	}
	addTransposed(layer, channel, sums, lineBytes, shift);
}

/** Lists `scale` times a channel's gradients, as patches of the input; adds their sum to the bias. */
function listWinners(
	plan: usize,
	layer: usize,
	channel: usize,
	numRows: i32,
	list: usize,
	shift: usize,
	scale: f32
): usize {
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const pixelBytes = load<usize>(layer, Plan.WIDTH) << 2;
	const numPixels = numPooledPixels(layer);
	let gradient = load<usize>(layer, Plan.GRADIENT) + (channel << 2);
	let winner = load<usize>(layer, Plan.WINNERS) + (channel << 2);
	let example: u32 = 0;
	let sum: f32 = 0;
	for (let row = 0; row < numRows; row++) {
		for (let pixel = 0; pixel < numPixels; pixel++) {
			const value = load<f32>(gradient) * scale;
			sum += value;
			list = append(list, example + load<u32>(winner), value, keepsZeros);
			gradient += pixelBytes;
			winner += pixelBytes;
		}
		example += load<u32>(layer, Plan.INPUT_BYTES);
	}
	const bias = load<usize>(layer, Plan.BIAS) + (channel << 2) + shift;
	store<f32>(bias, load<f32>(bias) + sum);
	return list;
}

/** Adds sums [4, 5 lines] to four neighbouring columns of the kernel. */
function addTransposed(
	layer: usize,
	channel: i32,
	sums: usize,
	lineBytes: usize,
	shift: usize
): void {
	const rowBytes = load<usize>(layer, Plan.WIDTH) << 2;
	const numInLine = KERNEL_SIDE * load<i32>(layer, Plan.NUM_INPUTS);
	const one = lineBytes * KERNEL_SIDE;
	let to = load<usize>(layer, Plan.KERNEL) + ((<usize>channel) << 2) + shift;
	for (let line = 0; line < KERNEL_SIDE; line++) {
		let from = sums;
		for (let i = 0; i < numInLine; i++) {
			let column = v128.load32_zero(from);
			column = v128.load_lane<f32>(from + one, column, 1);
			column = v128.load_lane<f32>(from + 2 * one, column, 2);
			column = v128.load_lane<f32>(from + 3 * one, column, 3);
			v128.store(to, f32x4.add(v128.load(to), column));
			to += rowBytes;
			from += 4;
		}
		sums += lineBytes;
	}
}

/** The kernel as [WIDTH, 5 lines of whole vectors]. */
function transposeKernel(layer: usize): void {
	const width = load<i32>(layer, Plan.WIDTH);
	const numInLine = KERNEL_SIDE * load<i32>(layer, Plan.NUM_INPUTS);
	const lineBytes = (<usize>lineVectors(layer)) << 4;
	const one = lineBytes * KERNEL_SIDE;
	let from = load<usize>(layer, Plan.KERNEL);
	for (let line: usize = 0; line < <usize>KERNEL_SIDE; line++) {
		for (let i: usize = 0; i < <usize>numInLine; i++) {
			let to = load<usize>(layer, Plan.TRANSPOSED) + line * lineBytes + (i << 2);
			for (let channel = 0; channel < width; channel++) {
				store<f32>(to, load<f32>(from));
				from += 4;
				to += one;
			}
		}
	}
}

/** The gradient by the input of each example, masked by the ReLU before it. */
function inputGradients(plan: usize, layer: usize, numRows: i32): void {
	const padded = load<usize>(layer, Plan.PADDED_GRADIENT);
	const paddedBytes = load<usize>(layer, Plan.INPUT_BYTES);
	const pooledBytes = (<usize>numPooledPixels(layer) * load<usize>(layer, Plan.WIDTH)) << 2;
	let gradient = load<usize>(layer, Plan.GRADIENT);
	let winners = load<usize>(layer, Plan.WINNERS);
	let input = load<usize>(layer, Plan.INPUT);
	let to = load<usize>(layer, Plan.INPUT_GRADIENT);
	for (let row = 0; row < numRows; row++) {
		memory.fill(padded, 0, paddedBytes);
		spread(plan, layer, gradient, winners, padded);
		maskInside(plan, layer, padded, input, to);
		gradient += load<usize>(layer, Plan.GRADIENT_BYTES);
		winners += pooledBytes;
		input += paddedBytes;
		to += load<usize>(layer, Plan.INPUT_GRADIENT_BYTES);
	}
}

/** Adds to each winner's patch the kernels of the channels it won, times their gradients. */
function spread(plan: usize, layer: usize, gradient: usize, winners: usize, padded: usize): void {
	const pooledSide = load<i32>(layer, Plan.SIDE) >> 1;
	const patchPixel = load<u32>(layer, Plan.NUM_INPUTS) << 2;
	const patchLine = <u32>inputLineBytes(layer);
	const pixelBytes = load<usize>(layer, Plan.WIDTH) << 2;
	for (let y: u32 = 0; y < <u32>pooledSide; y++) {
		let patch = 2 * y * patchLine;
		for (let x = 0; x < pooledSide; x++) {
			spreadPatch(plan, layer, gradient, winners, padded, patch);
			spreadPatch(plan, layer, gradient, winners, padded, patch + patchPixel);
			spreadPatch(plan, layer, gradient, winners, padded, patch + patchLine);
			spreadPatch(plan, layer, gradient, winners, padded, patch + patchLine + patchPixel);
			gradient += pixelBytes;
			winners += pixelBytes;
			patch += 2 * patchPixel;
		}
	}
}

function spreadPatch(
	plan: usize,
	layer: usize,
	gradient: usize,
	winners: usize,
	padded: usize,
	patch: u32
): void {
	const list = load<usize>(plan, Plan.LISTS);
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const width = load<i32>(layer, Plan.WIDTH);
	const vectors = lineVectors(layer);
	const lineBytes = (<usize>vectors) << 4;
	const one = <u32>lineBytes * KERNEL_SIDE;
	let end = list;
	let kernel: u32 = 0;
	for (let channel = 0; channel < width; channel++) {
		const value = load<f32>(gradient);
		store<u32>(end, kernel);
		store<f32>(end, value, 4);
		const isWinner = load<u32>(winners) == patch;
		end += (<usize>(isWinner & (keepsZeros | (value != 0)))) << 3;
		kernel += one;
		gradient += 4;
		winners += 4;
	}
	if (end == list) return;
	const patchLine = inputLineBytes(layer);
	let to = padded + patch;
	let rows = load<usize>(layer, Plan.TRANSPOSED);
	for (let line = 0; line < KERNEL_SIDE; line++) {
		weightedRows(to, to, rows, list, end, vectors);
		to += patchLine;
		rows += lineBytes;
	}
}

/** Copies what is inside the padding, where the input is above 0: elsewhere ReLU let nothing pass. */
function maskInside(plan: usize, layer: usize, padded: usize, input: usize, to: usize): void {
	const side = load<i32>(layer, Plan.SIDE);
	const pixelBytes = (<usize>load<i32>(layer, Plan.NUM_INPUTS)) << 2;
	const patchLine = inputLineBytes(layer);
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const zero = f32x4.splat(0);
	for (let y: usize = 0; y < <usize>side; y++) {
		const line = (y + 2) * patchLine + 2 * pixelBytes;
		for (let at = line; at < line + <usize>side * pixelBytes; at += 16) {
			const x = v128.load(input + at);
			const g = v128.load(padded + at);
			const off = keepsZeros ? f32x4.mul(g, f32x4.mul(x, zero)) : zero;
			v128.store(to, v128.bitselect(g, off, f32x4.gt(x, zero)));
			to += 16;
		}
	}
}
