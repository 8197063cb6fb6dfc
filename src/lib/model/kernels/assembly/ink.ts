// The dense layer that sees the digits: what is inked is listed from the bytes themselves, once for both ways.
// A step of softmax, batch 20, takes 0.026 ms so; with pixels as floats, searched for zeros each way, 0.052 ms.
import { append, listAll } from './lists';
import * as Plan from './plan';
import { applyHooks, hasHooks } from './update';
import { relu } from './dense';
import { ENTRY, weightedRows } from './weightedRows';

const IMAGE_BYTES: usize = 784;
/** Ten classes, rounded up to whole vectors. */
const NARROW: i32 = 12;

/** Activations of `numRows` examples; the list of each stays at INPUT for the way back. */
export function inkForward(plan: usize, layer: usize, images: usize, numRows: i32): void {
	const width = load<i32>(layer, Plan.WIDTH);
	const rowBytes = (<usize>width) << 2;
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	const kernel = load<usize>(layer, Plan.KERNEL);
	const bias = load<usize>(layer, Plan.BIAS);
	let list = load<usize>(layer, Plan.INPUT);
	let listEnd = load<usize>(plan, Plan.INK_ENDS);
	let output = load<usize>(layer, Plan.OUTPUT);
	for (let row = 0; row < numRows; row++) {
		const end = listInk(list, images, <u32>rowBytes, keepsZeros);
		store<usize>(listEnd, end);
		weightedRows(output, bias, kernel, list, end, width >> 2);
		if (!load<u32>(layer, Plan.IS_LAST)) relu(output, output + rowBytes);
		images += IMAGE_BYTES;
		list += load<usize>(layer, Plan.INPUT_BYTES);
		listEnd += 4;
		output += load<usize>(layer, Plan.OUTPUT_BYTES);
	}
}

/** Like denseBackward; nobody asks for the gradient by the digits. */
export function inkBackward(
	plan: usize,
	layer: usize,
	numRows: i32,
	shift: usize,
	scale: f32
): void {
	const width = load<i32>(layer, Plan.WIDTH);
	const bias = load<usize>(layer, Plan.BIAS);
	if (shift == 0 && hasHooks(plan)) {
		applyHooks(plan, load<usize>(layer, Plan.KERNEL), bias + ((<usize>width) << 2));
	}
	if (width == NARROW) scatter(plan, layer, numRows, shift, scale);
	else gather(plan, layer, numRows, shift, scale);
	const list = load<usize>(plan, Plan.LISTS);
	const end = listAll(list, numRows, load<usize>(layer, Plan.GRADIENT_BYTES), scale);
	const gradient = load<usize>(layer, Plan.GRADIENT);
	weightedRows(bias + shift, bias + shift, gradient, list, end, width >> 2);
}

/** Ink 0 to 255 as 0 to 1; eight blank pixels are passed at once. */
function listInk(list: usize, image: usize, rowBytes: u32, keepsZeros: bool): usize {
	const end = image + IMAGE_BYTES;
	let row: u32 = 0;
	for (; image < end; image += 8) {
		if (!keepsZeros && load<u64>(image) == 0) {
			row += 8 * rowBytes;
			continue;
		}
		for (let i: usize = 0; i < 8; i++) {
			list = append(list, row, <f32>(<i32>load<u8>(image + i)) * <f32>(1 / 255.0), keepsZeros);
			row += rowBytes;
		}
	}
	return list;
}

/** Few classes: one example after the other, its gradient held in three vectors. */
function scatter(plan: usize, layer: usize, numRows: i32, shift: usize, scale: f32): void {
	const kernel = load<usize>(layer, Plan.KERNEL) + shift;
	const factor = f32x4.splat(scale);
	let list = load<usize>(layer, Plan.INPUT);
	let listEnd = load<usize>(plan, Plan.INK_ENDS);
	let gradient = load<usize>(layer, Plan.GRADIENT);
	for (let row = 0; row < numRows; row++) {
		const g0 = f32x4.mul(factor, v128.load(gradient));
		const g1 = f32x4.mul(factor, v128.load(gradient, 16));
		const g2 = f32x4.mul(factor, v128.load(gradient, 32));
		const end = load<usize>(listEnd);
		for (let entry = list; entry < end; entry += ENTRY) {
			const at = kernel + <usize>load<u32>(entry);
			const value = v128.load32_splat(entry, 4);
			v128.store(at, f32x4.add(v128.load(at), f32x4.mul(value, g0)));
			v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(value, g1)), 16);
			v128.store(at, f32x4.add(v128.load(at, 32), f32x4.mul(value, g2)), 32);
		}
		list += load<usize>(layer, Plan.INPUT_BYTES);
		listEnd += 4;
		gradient += load<usize>(layer, Plan.GRADIENT_BYTES);
	}
}

/** Many units: pixel after pixel, so that each weight is fetched and stored once a batch. */
function gather(plan: usize, layer: usize, numRows: i32, shift: usize, scale: f32): void {
	const width = load<i32>(layer, Plan.WIDTH);
	const gradient = load<usize>(layer, Plan.GRADIENT);
	let column = load<usize>(plan, Plan.COLUMNS);
	let columnEnd = load<usize>(plan, Plan.COLUMN_ENDS);
	let kernel = load<usize>(layer, Plan.KERNEL) + shift;
	listColumns(plan, layer, numRows, scale);
	for (let pixel: usize = 0; pixel < IMAGE_BYTES; pixel++) {
		const end = load<usize>(columnEnd);
		if (end > column) weightedRows(kernel, kernel, gradient, column, end, width >> 2);
		column = end;
		columnEnd += 4;
		kernel += (<usize>width) << 2;
	}
}

/** Sorts the entries of all examples by pixel: counts, adds up, fills. Leaves where each pixel's entries end. */
function listColumns(plan: usize, layer: usize, numRows: i32, scale: f32): void {
	const rowBytes = (<u64>load<u32>(layer, Plan.WIDTH)) << 2;
	// Multiplied and shifted, an offset gives its pixel: divisions would take as long as the products.
	const inverse = (0x100000000 + rowBytes - 1) / rowBytes;
	const ends = load<usize>(plan, Plan.COLUMN_ENDS);
	const listBytes = load<usize>(layer, Plan.INPUT_BYTES);
	const inkEnds = load<usize>(plan, Plan.INK_ENDS);
	memory.fill(ends, 0, IMAGE_BYTES << 2);
	for (let row: usize = 0; row < <usize>numRows; row++) {
		const list = load<usize>(layer, Plan.INPUT) + row * listBytes;
		const end = load<usize>(inkEnds + (row << 2));
		for (let entry = list; entry < end; entry += ENTRY) {
			const counter = ends + ((<usize>((<u64>load<u32>(entry) * inverse) >> 32)) << 2);
			store<u32>(counter, load<u32>(counter) + 1);
		}
	}
	let start = load<usize>(plan, Plan.COLUMNS);
	for (let pixel: usize = 0; pixel < IMAGE_BYTES; pixel++) {
		const numEntries = load<usize>(ends + (pixel << 2));
		store<usize>(ends + (pixel << 2), start);
		start += numEntries << 3;
	}
	for (let row: usize = 0; row < <usize>numRows; row++) {
		const list = load<usize>(layer, Plan.INPUT) + row * listBytes;
		const end = load<usize>(inkEnds + (row << 2));
		const gradientRow = <u32>(row * load<usize>(layer, Plan.GRADIENT_BYTES));
		for (let entry = list; entry < end; entry += ENTRY) {
			const cursor = ends + ((<usize>((<u64>load<u32>(entry) * inverse) >> 32)) << 2);
			const to = load<usize>(cursor);
			store<u32>(to, gradientRow);
			store<f32>(to, load<f32>(entry, 4) * scale, 4);
			store<usize>(cursor, to + ENTRY);
		}
	}
}
