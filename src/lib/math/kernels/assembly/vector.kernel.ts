// Arithmetic on long vectors, block by block: two blocks stand here, in memory that fits the first-level cache, for
// vectors that live elsewhere; behind them is room for one that lives here. Lengths are whole numbers of four. Sums of
// squares are four sums side by side, the i-th for elements i modulo 4.

/** Numbers in a block: both are half of a usual first-level cache, and a view of each part is nothing beside it. */
export const BLOCK_LENGTH: i32 = 4096;
/** Four doubles. */
export const SQUARES: usize = memory.data(32, 16);
/** A block of doubles, or of floats. */
export const FIRST: usize = (__heap_base + 15) & ~15;
/** A block of floats. */
export const SECOND: usize = FIRST + ((<usize>BLOCK_LENGTH) << 3);
/** Doubles that stay. */
export const RESIDENT: usize = SECOND + ((<usize>BLOCK_LENGTH) << 2);

/** FIRST (floats) -= SECOND; SQUARES += the differences squared. */
export function subtract(length: i32): void {
	const end = FIRST + ((<usize>length) << 2);
	let low = v128.load(SQUARES);
	let high = v128.load(SQUARES, 16);
	let b = SECOND;
	for (let a = FIRST; a < end; a += 16) {
		const difference = f32x4.sub(v128.load(a), v128.load(b));
		v128.store(a, difference);
		const first = f64x2.promote_low_f32x4(difference);
		const last = upperDoubles(difference);
		low = f64x2.add(low, f64x2.mul(first, first));
		high = f64x2.add(high, f64x2.mul(last, last));
		b += 16;
	}
	v128.store(SQUARES, low);
	v128.store(SQUARES, high, 16);
}

/** SQUARES += FIRST (floats) squared. */
export function squareFloats(length: i32): void {
	const end = FIRST + ((<usize>length) << 2);
	let low = v128.load(SQUARES);
	let high = v128.load(SQUARES, 16);
	for (let a = FIRST; a < end; a += 16) {
		const floats = v128.load(a);
		const first = f64x2.promote_low_f32x4(floats);
		const last = upperDoubles(floats);
		low = f64x2.add(low, f64x2.mul(first, first));
		high = f64x2.add(high, f64x2.mul(last, last));
	}
	v128.store(SQUARES, low);
	v128.store(SQUARES, high, 16);
}

/** SQUARES += doubles squared. */
export function squareDoubles(doubles: usize, length: i32): void {
	const end = doubles + ((<usize>length) << 3);
	let low = v128.load(SQUARES);
	let high = v128.load(SQUARES, 16);
	for (let a = doubles; a < end; a += 32) {
		const first = v128.load(a);
		const last = v128.load(a, 16);
		low = f64x2.add(low, f64x2.mul(first, first));
		high = f64x2.add(high, f64x2.mul(last, last));
	}
	v128.store(SQUARES, low);
	v128.store(SQUARES, high, 16);
}

/** sum (doubles) += scale * SECOND. */
export function addScaled(sum: usize, length: i32, scale: f64): void {
	const end = sum + ((<usize>length) << 3);
	const factor = f64x2.splat(scale);
	let b = SECOND;
	for (let a = sum; a < end; a += 32) {
		const floats = v128.load(b);
		const first = f64x2.mul(factor, f64x2.promote_low_f32x4(floats));
		const last = f64x2.mul(factor, upperDoubles(floats));
		v128.store(a, f64x2.add(v128.load(a), first));
		v128.store(a, f64x2.add(v128.load(a, 16), last), 16);
		b += 16;
	}
}

/** SECOND += scale * direction (doubles), rounded once. */
export function step(direction: usize, length: i32, scale: f64): void {
	const end = direction + ((<usize>length) << 3);
	const factor = f64x2.splat(scale);
	let b = SECOND;
	for (let a = direction; a < end; a += 32) {
		const floats = v128.load(b);
		const first = f64x2.add(f64x2.promote_low_f32x4(floats), f64x2.mul(factor, v128.load(a)));
		const last = f64x2.add(upperDoubles(floats), f64x2.mul(factor, v128.load(a, 16)));
		const low = f32x4.demote_f64x2_zero(first);
		const high = f32x4.demote_f64x2_zero(last);
		v128.store(b, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
		b += 16;
	}
}

/** doubles /= divisor. */
export function divide(doubles: usize, length: i32, divisor: f64): void {
	const end = doubles + ((<usize>length) << 3);
	const by = f64x2.splat(divisor);
	for (let a = doubles; a < end; a += 16) v128.store(a, f64x2.div(v128.load(a), by));
}

function upperDoubles(floats: v128): v128 {
	return f64x2.promote_low_f32x4(v128.shuffle<i32>(floats, floats, 2, 3, 2, 3));
}
