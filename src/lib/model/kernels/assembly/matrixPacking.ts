/** Parts of matrices laid out as tiles read them. */
import { HEIGHT, WIDTH } from './matrixTile';

/** Tiles of A: for each, the numbers of its rows that meet the same row of B side by side. */
export function packTiles(
	a: usize,
	aRow: usize,
	aStep: usize,
	rows: usize,
	depth: usize,
	tiles: usize
): void {
	for (let i: usize = 0; i < rows; i++, a += aRow) {
		let to = tiles + ((i / HEIGHT) * depth * HEIGHT + (i % HEIGHT)) * 4;
		for (let k: usize = 0, from = a; k < depth; k++, from += aStep, to += HEIGHT * 4) {
			store<f32>(to, load<f32>(from));
		}
	}
}

/** The first `columns` (up to 8) of some rows of B side by side, zeros behind them. */
export function packRows(b: usize, bRow: usize, depth: usize, columns: usize, panel: usize): void {
	const end = panel + depth * WIDTH * 4;
	for (; panel < end; panel += WIDTH * 4, b += bRow) {
		if (columns == WIDTH) {
			v128.store(panel, v128.load(b));
			v128.store(panel, v128.load(b, 16), 16);
		} else {
			for (let j: usize = 0; j < WIDTH; j++) {
				store<f32>(panel + (j << 2), j < columns ? load<f32>(b + (j << 2)) : 0);
			}
		}
	}
}

/** The same of a transposed B: `columns` of its rows become the columns of the panel. */
export function packColumns(
	b: usize,
	bRow: usize,
	depth: usize,
	columns: usize,
	panel: usize
): void {
	const whole = depth & ~3;
	for (let j: usize = 0; j < WIDTH; j += 4) {
		const isWhole = j + 4 <= columns;
		if (isWhole) transposeFours(b + j * bRow, bRow, whole, panel + (j << 2));
		for (let i = j; i < j + 4; i++) {
			for (let k = isWhole ? whole : 0; k < depth; k++) {
				const value: f32 = i < columns ? load<f32>(b + i * bRow + (k << 2)) : 0;
				store<f32>(panel + k * WIDTH * 4 + (i << 2), value);
			}
		}
	}
}

/** Four rows of B as four columns, by blocks of 4 x 4; `depth` is a multiple of 4. */
function transposeFours(b0: usize, bRow: usize, depth: usize, panel: usize): void {
	const b1 = b0 + bRow;
	const b2 = b1 + bRow;
	const b3 = b2 + bRow;
	for (let k: usize = 0; k < depth << 2; k += 16, panel += WIDTH * 16) {
		const x0 = v128.load(b0 + k);
		const x1 = v128.load(b1 + k);
		const x2 = v128.load(b2 + k);
		const x3 = v128.load(b3 + k);
		const low01 = i32x4.shuffle(x0, x1, 0, 4, 1, 5);
		const high01 = i32x4.shuffle(x0, x1, 2, 6, 3, 7);
		const low23 = i32x4.shuffle(x2, x3, 0, 4, 1, 5);
		const high23 = i32x4.shuffle(x2, x3, 2, 6, 3, 7);
		v128.store(panel, i64x2.shuffle(low01, low23, 0, 2));
		v128.store(panel, i64x2.shuffle(low01, low23, 1, 3), WIDTH * 4);
		v128.store(panel, i64x2.shuffle(high01, high23, 0, 2), WIDTH * 8);
		v128.store(panel, i64x2.shuffle(high01, high23, 1, 3), WIDTH * 12);
	}
}
