// The one loop that all products are made of: out = start + scale * (sum of value * row over a list).
// A list entry is 8 bytes: where its row starts (bytes after `rows`, u32), then its value (float32).
// Zeros are left out of lists: four of five pixels of a digit, half of what ReLU lets through, and three of
// four gradients behind a pool are zero. A step of 2nn, batch 10, takes 0.2 ms so; dense products alone would take 0.35

/** Bytes of a list entry. */
export const ENTRY: usize = 8;

/** Row by row over `numVectors` groups of four columns. `start` 0 stands for zeros; `out` may be `start`. */
export function weightedRows(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	numVectors: i32,
	scale: f32
): void {
	const zeros = start == 0;
	let column: usize = 0;
	let rest = numVectors;
	while (rest >= 8) {
		rows8(out + column, zeros ? 0 : start + column, rows + column, list, listEnd, scale);
		column += 128;
		rest -= 8;
	}
	if (rest >= 4) {
		rows4(out + column, zeros ? 0 : start + column, rows + column, list, listEnd, scale);
		column += 64;
		rest -= 4;
	}
	if (rest == 3) {
		rows3(out + column, zeros ? 0 : start + column, rows + column, list, listEnd, scale);
	} else if (rest == 2) {
		rows2(out + column, zeros ? 0 : start + column, rows + column, list, listEnd, scale);
	} else if (rest == 1) {
		rows1(out + column, zeros ? 0 : start + column, rows + column, list, listEnd, scale);
	}
}

function rows8(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	scale: f32
): void {
	let sum0 = f32x4.splat(0);
	let sum1 = f32x4.splat(0);
	let sum2 = f32x4.splat(0);
	let sum3 = f32x4.splat(0);
	let sum4 = f32x4.splat(0);
	let sum5 = f32x4.splat(0);
	let sum6 = f32x4.splat(0);
	let sum7 = f32x4.splat(0);
	for (let entry = list; entry < listEnd; entry += ENTRY) {
		const row = rows + <usize>load<u32>(entry);
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
	storeScaled(out, start, sum0, scale);
	storeScaled(out + 16, start ? start + 16 : 0, sum1, scale);
	storeScaled(out + 32, start ? start + 32 : 0, sum2, scale);
	storeScaled(out + 48, start ? start + 48 : 0, sum3, scale);
	storeScaled(out + 64, start ? start + 64 : 0, sum4, scale);
	storeScaled(out + 80, start ? start + 80 : 0, sum5, scale);
	storeScaled(out + 96, start ? start + 96 : 0, sum6, scale);
	storeScaled(out + 112, start ? start + 112 : 0, sum7, scale);
}

function rows4(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	scale: f32
): void {
	let sum0 = f32x4.splat(0);
	let sum1 = f32x4.splat(0);
	let sum2 = f32x4.splat(0);
	let sum3 = f32x4.splat(0);
	for (let entry = list; entry < listEnd; entry += ENTRY) {
		const row = rows + <usize>load<u32>(entry);
		const value = v128.load32_splat(entry, 4);
		sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
		sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)));
		sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(row, 32)));
		sum3 = f32x4.add(sum3, f32x4.mul(value, v128.load(row, 48)));
	}
	storeScaled(out, start, sum0, scale);
	storeScaled(out + 16, start ? start + 16 : 0, sum1, scale);
	storeScaled(out + 32, start ? start + 32 : 0, sum2, scale);
	storeScaled(out + 48, start ? start + 48 : 0, sum3, scale);
}

function rows3(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	scale: f32
): void {
	let sum0 = f32x4.splat(0);
	let sum1 = f32x4.splat(0);
	let sum2 = f32x4.splat(0);
	for (let entry = list; entry < listEnd; entry += ENTRY) {
		const row = rows + <usize>load<u32>(entry);
		const value = v128.load32_splat(entry, 4);
		sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
		sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)));
		sum2 = f32x4.add(sum2, f32x4.mul(value, v128.load(row, 32)));
	}
	storeScaled(out, start, sum0, scale);
	storeScaled(out + 16, start ? start + 16 : 0, sum1, scale);
	storeScaled(out + 32, start ? start + 32 : 0, sum2, scale);
}

function rows2(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	scale: f32
): void {
	let sum0 = f32x4.splat(0);
	let sum1 = f32x4.splat(0);
	for (let entry = list; entry < listEnd; entry += ENTRY) {
		const row = rows + <usize>load<u32>(entry);
		const value = v128.load32_splat(entry, 4);
		sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
		sum1 = f32x4.add(sum1, f32x4.mul(value, v128.load(row, 16)));
	}
	storeScaled(out, start, sum0, scale);
	storeScaled(out + 16, start ? start + 16 : 0, sum1, scale);
}

function rows1(
	out: usize,
	start: usize,
	rows: usize,
	list: usize,
	listEnd: usize,
	scale: f32
): void {
	let sum0 = f32x4.splat(0);
	for (let entry = list; entry < listEnd; entry += ENTRY) {
		const row = rows + <usize>load<u32>(entry);
		const value = v128.load32_splat(entry, 4);
		sum0 = f32x4.add(sum0, f32x4.mul(value, v128.load(row)));
	}
	storeScaled(out, start, sum0, scale);
}

function storeScaled(out: usize, start: usize, sum: v128, scale: f32): void {
	const scaled = f32x4.mul(sum, f32x4.splat(scale));
	v128.store(out, start ? f32x4.add(v128.load(start), scaled) : scaled);
}
