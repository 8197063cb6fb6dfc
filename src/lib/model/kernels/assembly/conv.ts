// A 5x5 convolution with same padding and stride 1, then ReLU and a 2x2 max pool. Input with 2 pixels of zeros
// around it; kernel [5, 5, NUM_INPUTS, WIDTH], bias [WIDTH].
import { append } from './lists';
import * as Plan from './plan';
import { reluMaxPool } from './pool';
import { ENTRY, weightedRows } from './weightedRows';

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
	const width = load<i32>(layer, Plan.WIDTH);
	const pixelBytes = (<usize>width) << 2;
	const tapBytes = (<u32>(load<i32>(layer, Plan.NUM_INPUTS) * width)) << 2;
	const tableLine = (<usize>(side + 2 * PADDING + 1)) << 2;
	const bias = load<usize>(layer, Plan.BIAS);
	const patch = load<usize>(plan, Plan.PATCH);
	let table = load<usize>(plan, Plan.TABLE);
	let out = load<usize>(plan, Plan.MAP);
	for (let y = 0; y < side; y++) {
		let kernel = load<usize>(layer, Plan.KERNEL);
		for (let x: usize = 0; x < <usize>side; x++) {
			const end = copyPatch(patch, table + (x << 2), tableLine, KERNEL_SIDE * tapBytes);
			weightedRows(out, bias, kernel, patch, end, width >> 2);
			out += pixelBytes;
			kernel -= tapBytes;
		}
		table += tableLine;
	}
}

/**
 * Joins the entries of five pixels from each of five lines to one list, two entries a turn; the last turn
 * of a line may copy one too many, which is then overwritten.
 */
function copyPatch(to: usize, table: usize, tableLine: usize, kernelLine: u32): usize {
	let shift = i32x4.splat(0);
	const step = v128.and(i32x4.splat(<i32>kernelLine), i32x4(-1, 0, -1, 0));
	for (let line = 0; line < KERNEL_SIDE; line++) {
		const start = load<usize>(table);
		const numBytes = load<usize>(table, 20) - start;
		for (let at: usize = 0; at < numBytes; at += 2 * ENTRY) {
			v128.store(to + at, i32x4.add(v128.load(start + at), shift));
		}
		to += numBytes;
		table += tableLine;
		shift = i32x4.add(shift, step);
	}
	return to;
}
