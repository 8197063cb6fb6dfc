// Lists of what is not zero: see weightedRows. With `keepsZeros` the zeros stay in, as they must where a
// parameter or a gradient is infinite or NaN: 0 * NaN is NaN, in stock kernels too.
import { ENTRY } from './weightedRows';

/** The values of one row of `numValues` floats; entry i names row i of rows of `rowBytes`. Returns the end. */
export function listRow(
	list: usize,
	values: usize,
	numValues: i32,
	rowBytes: usize,
	keepsZeros: bool
): usize {
	let row: u32 = 0;
	const step = <u32>rowBytes;
	const end = values + ((<usize>numValues) << 2);
	const end4 = values + (((<usize>numValues) & ~3) << 2);
	for (; values < end4; values += 16) {
		if (!keepsZeros && !v128.any_true(v128.load(values))) {
			row += 4 * step;
			continue;
		}
		for (let i: usize = 0; i < 16; i += 4) {
			list = append(list, row, load<f32>(values + i), keepsZeros);
			row += step;
		}
	}
	for (; values < end; values += 4) {
		list = append(list, row, load<f32>(values), keepsZeros);
		row += step;
	}
	return list;
}

/** `scale` times one column of `numRows` rows that are `valueBytes` apart; entry b names row b of rows of `rowBytes`. */
export function listColumn(
	list: usize,
	values: usize,
	numRows: i32,
	valueBytes: usize,
	rowBytes: usize,
	scale: f32,
	keepsZeros: bool
): usize {
	let row: u32 = 0;
	for (let b = 0; b < numRows; b++) {
		list = append(list, row, load<f32>(values) * scale, keepsZeros);
		row += <u32>rowBytes;
		values += valueBytes;
	}
	return list;
}

/** All of `numRows` rows, each `scale` times. */
export function listAll(list: usize, numRows: i32, rowBytes: usize, scale: f32): usize {
	for (let b = 0; b < numRows; b++) list = append(list, <u32>b * <u32>rowBytes, scale, true);
	return list;
}

/** Writes the entry and moves on only where it counts: cheaper than a branch nobody can predict. */
export function append(list: usize, row: u32, value: f32, keepsZeros: bool): usize {
	store<u32>(list, row);
	store<f32>(list, value, 4);
	return list + ((<usize>(keepsZeros | (value != 0))) << 3);
}
