// The dense layer that sees the digits: what is inked is listed from the bytes themselves, once for both ways.
// A step of softmax, batch 20, takes 0.026 ms so; with pixels as floats, searched for zeros each way, 0.052 ms.
import { listAll } from './lists';
import * as Plan from './plan';
import { applyHooks, hasHooks } from './update';
import { multiplyLists } from './dense';
import { ENTRY, weightedRows } from './weightedRows';

const IMAGE_BYTES: usize = 784;
/** Ten classes, rounded up to whole vectors. */
const NARROW: i32 = 12;

/**
 * Lists the ink of `numRows` examples one behind the other from `list` on, and writes where each begins to `starts`,
 * [numRows + 1] with the end of the last.
 */
export function listDigits(
	layer: usize,
	images: usize,
	list: usize,
	starts: usize,
	numRows: i32,
	keepsZeros: bool
): void {
	const rowBytes = (<u32>load<i32>(layer, Plan.WIDTH)) << 2;
	for (let row = 0; row < numRows; row++) {
		store<usize>(starts, list);
		list = listInk(list, images, rowBytes, keepsZeros);
		images += IMAGE_BYTES;
		starts += 4;
	}
	store<usize>(starts, list);
}

/** The same for digits that are measured again and again, the first `numRows` of IMAGES. Zeros are left out. */
export function keepLists(plan: usize, list: usize, starts: usize, numRows: i32): void {
	const layer = load<usize>(plan, Plan.LAYERS);
	listDigits(layer, load<usize>(plan, Plan.IMAGES), list, starts, numRows, false);
}

/** Activations of `numRows` examples; their lists stay at INPUT for the way back. */
export function inkForward(plan: usize, layer: usize, images: usize, numRows: i32): void {
	const starts = load<usize>(plan, Plan.INK_STARTS);
	const keepsZeros = <bool>load<u32>(plan, Plan.KEEPS_ZEROS);
	listDigits(layer, images, load<usize>(layer, Plan.INPUT), starts, numRows, keepsZeros);
	multiplyLists(layer, starts, numRows);
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

/** Ink 0 to 255 as 0 to 1; of sixteen pixels only those that are inked are looked at. */
function listInk(list: usize, image: usize, rowBytes: u32, keepsZeros: bool): usize {
	const end = image + IMAGE_BYTES;
	const paper = i8x16.splat(0);
	let row: u32 = 0;
	for (; image < end; image += 16) {
		let inked = keepsZeros ? 0xffff : i8x16.bitmask(i8x16.ne(v128.load(image), paper));
		for (; inked != 0; inked &= inked - 1) {
			const pixel = ctz(inked);
			store<u32>(list, row + <u32>pixel * rowBytes);
			store<f32>(list, <f32>(<i32>load<u8>(image + pixel)) * <f32>(1 / 255.0), 4);
			list += ENTRY;
		}
		row += 16 * rowBytes;
	}
	return list;
}

/** Few classes: one example after the other, its gradient held in three vectors. */
function scatter(plan: usize, layer: usize, numRows: i32, shift: usize, scale: f32): void {
	const kernel = load<usize>(layer, Plan.KERNEL) + shift;
	const factor = f32x4.splat(scale);
	let start = load<usize>(plan, Plan.INK_STARTS);
	let gradient = load<usize>(layer, Plan.GRADIENT);
	for (let row = 0; row < numRows; row++) {
		const g0 = f32x4.mul(factor, v128.load(gradient));
		const g1 = f32x4.mul(factor, v128.load(gradient, 16));
		const g2 = f32x4.mul(factor, v128.load(gradient, 32));
		const end = load<usize>(start, 4);
		for (let entry = load<usize>(start); entry < end; entry += ENTRY) {
			const at = kernel + <usize>load<u32>(entry);
			const value = v128.load32_splat(entry, 4);
			v128.store(at, f32x4.add(v128.load(at), f32x4.mul(value, g0)));
			v128.store(at, f32x4.add(v128.load(at, 16), f32x4.mul(value, g1)), 16);
			v128.store(at, f32x4.add(v128.load(at, 32), f32x4.mul(value, g2)), 32);
		}
		start += 4;
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
	const starts = load<usize>(plan, Plan.INK_STARTS);
	memory.fill(ends, 0, IMAGE_BYTES << 2);
	// They stand one behind the other.
	const listsEnd = load<usize>(starts + ((<usize>numRows) << 2));
	for (let entry = load<usize>(starts); entry < listsEnd; entry += ENTRY) {
		const counter = ends + ((<usize>((<u64>load<u32>(entry) * inverse) >> 32)) << 2);
		store<u32>(counter, load<u32>(counter) + 1);
	}
	let start = load<usize>(plan, Plan.COLUMNS);
	for (let pixel: usize = 0; pixel < IMAGE_BYTES; pixel++) {
		const numEntries = load<usize>(ends + (pixel << 2));
		store<usize>(ends + (pixel << 2), start);
		start += numEntries << 3;
	}
	for (let row: usize = 0; row < <usize>numRows; row++) {
		const end = load<usize>(starts + (row << 2), 4);
		const gradientRow = <u32>(row * load<usize>(layer, Plan.GRADIENT_BYTES));
		for (let entry = load<usize>(starts + (row << 2)); entry < end; entry += ENTRY) {
			const cursor = ends + ((<usize>((<u64>load<u32>(entry) * inverse) >> 32)) << 2);
			const to = load<usize>(cursor);
			store<u32>(to, gradientRow);
			store<f32>(to, load<f32>(entry, 4) * scale, 4);
			store<usize>(cursor, to + ENTRY);
		}
	}
}
