/**
 * A tile of C: up to 5 x 8 sums in ten of the sixteen 128-bit registers.
 * Two terms of the sums a turn: the loop itself cost a quarter of the time (26 and 35 GFLOP/s with one and
 * two terms a turn on the same core; four gained nothing more).
 */

/** Columns of a tile: two registers. */
export const WIDTH: usize = 8;
/** Rows of a tile. */
export const HEIGHT: usize = 5;

/** Eight columns of C; the tiles of A start aTile apart. */
export function fillColumns(
	m: usize,
	a: usize,
	aStep: usize,
	aTile: usize,
	panel: usize,
	panelRow: usize,
	depth: usize,
	c: usize,
	cRow: usize,
	isAdding: bool
): void {
	for (; m >= HEIGHT; m -= HEIGHT) {
		fillTile<Five>(a, aStep, panel, panelRow, depth, c, cRow, isAdding);
		a += aTile;
		c += HEIGHT * cRow;
	}
	if (m == 4) fillTile<Four>(a, aStep, panel, panelRow, depth, c, cRow, isAdding);
	if (m == 3) fillTile<Three>(a, aStep, panel, panelRow, depth, c, cRow, isAdding);
	if (m == 2) fillTile<Two>(a, aStep, panel, panelRow, depth, c, cRow, isAdding);
	if (m == 1) fillTile<One>(a, aStep, panel, panelRow, depth, c, cRow, isAdding);
}

// Heights of a tile as types, counted by their bytes: the compiler writes a tile out for each.
class One {
	a: u8;
}
class Two extends One {
	b: u8;
}
class Three extends Two {
	c: u8;
}
class Four extends Three {
	d: u8;
}
class Five extends Four {
	e: u8;
}

/** Terms of A lie aStep apart, those of one term's rows side by side; terms of B panelRow apart. */
function fillTile<Rows>(
	a: usize,
	aStep: usize,
	panel: usize,
	panelRow: usize,
	depth: usize,
	c: usize,
	cRow: usize,
	isAdding: bool
): void {
	let sum00 = f32x4.splat(0);
	let sum01 = sum00;
	let sum10 = sum00;
	let sum11 = sum00;
	let sum20 = sum00;
	let sum21 = sum00;
	let sum30 = sum00;
	let sum31 = sum00;
	let sum40 = sum00;
	let sum41 = sum00;
	for (; depth > 1; depth -= 2) {
		let b0 = v128.load(panel);
		let b1 = v128.load(panel, 16);
		panel += panelRow;
		let x = v128.load32_splat(a);
		sum00 = f32x4.add(sum00, f32x4.mul(x, b0));
		sum01 = f32x4.add(sum01, f32x4.mul(x, b1));
		if (offsetof<Rows>() > 1) {
			x = v128.load32_splat(a, 4);
			sum10 = f32x4.add(sum10, f32x4.mul(x, b0));
			sum11 = f32x4.add(sum11, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 2) {
			x = v128.load32_splat(a, 8);
			sum20 = f32x4.add(sum20, f32x4.mul(x, b0));
			sum21 = f32x4.add(sum21, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 3) {
			x = v128.load32_splat(a, 12);
			sum30 = f32x4.add(sum30, f32x4.mul(x, b0));
			sum31 = f32x4.add(sum31, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 4) {
			x = v128.load32_splat(a, 16);
			sum40 = f32x4.add(sum40, f32x4.mul(x, b0));
			sum41 = f32x4.add(sum41, f32x4.mul(x, b1));
		}
		a += aStep;
		b0 = v128.load(panel);
		b1 = v128.load(panel, 16);
		panel += panelRow;
		x = v128.load32_splat(a);
		sum00 = f32x4.add(sum00, f32x4.mul(x, b0));
		sum01 = f32x4.add(sum01, f32x4.mul(x, b1));
		if (offsetof<Rows>() > 1) {
			x = v128.load32_splat(a, 4);
			sum10 = f32x4.add(sum10, f32x4.mul(x, b0));
			sum11 = f32x4.add(sum11, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 2) {
			x = v128.load32_splat(a, 8);
			sum20 = f32x4.add(sum20, f32x4.mul(x, b0));
			sum21 = f32x4.add(sum21, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 3) {
			x = v128.load32_splat(a, 12);
			sum30 = f32x4.add(sum30, f32x4.mul(x, b0));
			sum31 = f32x4.add(sum31, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 4) {
			x = v128.load32_splat(a, 16);
			sum40 = f32x4.add(sum40, f32x4.mul(x, b0));
			sum41 = f32x4.add(sum41, f32x4.mul(x, b1));
		}
		a += aStep;
	}
	if (depth == 1) {
		const b0 = v128.load(panel);
		const b1 = v128.load(panel, 16);
		let x = v128.load32_splat(a);
		sum00 = f32x4.add(sum00, f32x4.mul(x, b0));
		sum01 = f32x4.add(sum01, f32x4.mul(x, b1));
		if (offsetof<Rows>() > 1) {
			x = v128.load32_splat(a, 4);
			sum10 = f32x4.add(sum10, f32x4.mul(x, b0));
			sum11 = f32x4.add(sum11, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 2) {
			x = v128.load32_splat(a, 8);
			sum20 = f32x4.add(sum20, f32x4.mul(x, b0));
			sum21 = f32x4.add(sum21, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 3) {
			x = v128.load32_splat(a, 12);
			sum30 = f32x4.add(sum30, f32x4.mul(x, b0));
			sum31 = f32x4.add(sum31, f32x4.mul(x, b1));
		}
		if (offsetof<Rows>() > 4) {
			x = v128.load32_splat(a, 16);
			sum40 = f32x4.add(sum40, f32x4.mul(x, b0));
			sum41 = f32x4.add(sum41, f32x4.mul(x, b1));
		}
	}
	put(c, sum00, sum01, isAdding);
	if (offsetof<Rows>() > 1) put(c + cRow, sum10, sum11, isAdding);
	if (offsetof<Rows>() > 2) put(c + 2 * cRow, sum20, sum21, isAdding);
	if (offsetof<Rows>() > 3) put(c + 3 * cRow, sum30, sum31, isAdding);
	if (offsetof<Rows>() > 4) put(c + 4 * cRow, sum40, sum41, isAdding);
}

function put(c: usize, left: v128, right: v128, isAdding: bool): void {
	v128.store(c, isAdding ? f32x4.add(v128.load(c), left) : left);
	v128.store(c, isAdding ? f32x4.add(v128.load(c, 16), right) : right, 16);
}
