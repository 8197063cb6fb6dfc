// A 5x5 convolution with same padding and stride 1, then ReLU and a 2x2 max pool. Input with 2 pixels of zeros
// around it; kernel [5, 5, NUM_INPUTS, WIDTH], bias [WIDTH].
import { append } from './lists';
import * as Plan from './plan';
import { reluMaxPool } from './pool';
import { ENTRY } from './weightedRows';

/** Pixels along a side of the kernel. */
export const KERNEL_SIDE: i32 = 5;
/** Pixels of padding on each side. */
const PADDING: i32 = 2;

/** Pooled activations of `numRows` examples, and the winners of their pools. */
export function convForward(plan: usize, layer: usize, numRows: i32): void {
	const pooledSide = <usize>(load<i32>(layer, Plan.SIDE) >> 1);
	const winnerBytes = (pooledSide * pooledSide * <usize>load<i32>(layer, Plan.WIDTH)) << 2;
	let input = load<usize>(layer, Plan.INPUT);
	let output = load<usize>(layer, Plan.OUTPUT);
	let winners = load<usize>(layer, Plan.WINNERS);
	for (let row = 0; row < numRows; row++) {
		listPixels(plan, layer, input);
		convolve(plan, layer);
		reluMaxPool(plan, layer, output, winners);
		input += load<usize>(layer, Plan.INPUT_BYTES);
		output += load<usize>(layer, Plan.OUTPUT_BYTES);
		winners += winnerBytes;
	}
}

/**
 * Lists what is not zero in a padded image, line by line, and writes a table [side + 4, side + 5] of where
 * the entries of each pixel begin. An entry names a row of the kernel, counted from the line's first pixel.
 */
function listPixels(plan: usize, layer: usize, input: usize): void {
	const side = load<i32>(layer, Plan.SIDE);
	const numChannels = load<i32>(layer, Plan.NUM_INPUTS);
	const rowBytes = load<u32>(layer, Plan.WIDTH) << 2;
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const lineEnd = side + 2 * PADDING;
	let table = load<usize>(plan, Plan.TABLE);
	let list = load<usize>(plan, Plan.LISTS);
	for (let y = 0; y < lineEnd; y++) {
		const isPadding = y < PADDING || y >= side + PADDING;
		let kernelRow: u32 = 0;
		for (let x = 0; x < lineEnd; x++) {
			store<usize>(table, list);
			table += 4;
			if (isPadding || x < PADDING || x >= side + PADDING) {
				kernelRow += <u32>numChannels * rowBytes;
				input += (<usize>numChannels) << 2;
				continue;
			}
			for (let c = 0; c < numChannels; c++) {
				list = append(list, kernelRow, load<f32>(input), keepsZeros);
				kernelRow += rowBytes;
				input += 4;
			}
		}
		store<usize>(table, list);
		table += 4;
	}
}

/** The map before ReLU: for each pixel the bias and the listed entries of the 5x5 pixels around it. */
function convolve(plan: usize, layer: usize): void {
	const side = load<i32>(layer, Plan.SIDE);
	const pixelBytes = (<usize>load<i32>(layer, Plan.WIDTH)) << 2;
	const tapBytes = <usize>load<i32>(layer, Plan.NUM_INPUTS) * pixelBytes;
	const tableLine = (<usize>(side + 2 * PADDING + 1)) << 2;
	const bias = load<usize>(layer, Plan.BIAS);
	let table = load<usize>(plan, Plan.TABLE);
	let out = load<usize>(plan, Plan.MAP);
	for (let y = 0; y < side; y++) {
		let kernel = load<usize>(layer, Plan.KERNEL);
		for (let x: usize = 0; x < <usize>side; x++) {
			const at = table + (x << 2);
			let column: usize = 0;
			for (; column + 128 <= pixelBytes; column += 128) {
				patch8(out + column, bias + column, kernel + column, tapBytes, at, tableLine);
			}
			for (; column < pixelBytes; column += 64) {
				patch4(out + column, bias + column, kernel + column, tapBytes, at, tableLine);
			}
			out += pixelBytes;
			kernel -= tapBytes;
		}
		table += tableLine;
	}
}

/** 32 channels of one pixel. */
function patch8(
	out: usize,
	bias: usize,
	kernel: usize,
	tapBytes: usize,
	table: usize,
	tableLine: usize
): void {
	let sum0 = v128.load(bias);
	let sum1 = v128.load(bias, 16);
	let sum2 = v128.load(bias, 32);
	let sum3 = v128.load(bias, 48);
	let sum4 = v128.load(bias, 64);
	let sum5 = v128.load(bias, 80);
	let sum6 = v128.load(bias, 96);
	let sum7 = v128.load(bias, 112);
	for (let line = 0; line < KERNEL_SIDE; line++) {
		const end = load<usize>(table, 20);
		for (let entry = load<usize>(table); entry < end; entry += ENTRY) {
			const row = kernel + <usize>load<u32>(entry);
			const value = v128.load32_splat(entry, 4);
			sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
			sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)));
			sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(row, 32)));
			sum3 = f32x4.add(sum3, f32x4.mul(value, v128.load(row, 48)));
			sum4 = f32x4.add(sum4, f32x4.mul(value, v128.load(row, 64)));
			sum5 = f32x4.add(sum5, f32x4.mul(value, v128.load(row, 80)));
			sum6 = f32x4.add(sum6, f32x4.mul(value, v128.load(row, 96)));
			sum7 = f32x4.add(sum7, f32x4.mul(value, v128.load(row, 112)));
		}
		table += tableLine;
		kernel += tapBytes * KERNEL_SIDE;
	}
	v128.store(out, sum0);
	v128.store(out, sum1, 16);
	v128.store(out, sum2, 32);
	v128.store(out, sum3, 48);
	v128.store(out, sum4, 64);
	v128.store(out, sum5, 80);
	v128.store(out, sum6, 96);
	v128.store(out, sum7, 112);
}

/** 16 channels of one pixel. */
function patch4(
	out: usize,
	bias: usize,
	kernel: usize,
	tapBytes: usize,
	table: usize,
	tableLine: usize
): void {
	let sum0 = v128.load(bias);
	let sum1 = v128.load(bias, 16);
	let sum2 = v128.load(bias, 32);
	let sum3 = v128.load(bias, 48);
	for (let line = 0; line < KERNEL_SIDE; line++) {
		const end = load<usize>(table, 20);
		for (let entry = load<usize>(table); entry < end; entry += ENTRY) {
			const row = kernel + <usize>load<u32>(entry);
			const value = v128.load32_splat(entry, 4);
			sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
			sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)));
			sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(row, 32)));
			sum3 = f32x4.add(sum3, f32x4.mul(value, v128.load(row, 48)));
		}
		table += tableLine;
		kernel += tapBytes * KERNEL_SIDE;
	}
	v128.store(out, sum0);
	v128.store(out, sum1, 16);
	v128.store(out, sum2, 32);
	v128.store(out, sum3, 48);
}
