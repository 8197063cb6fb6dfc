/**
 * Arithmetic modulo 2^255 - 19 on two elements at once, one in each lane of f64x2: 12 limbs of doubles, as in
 * ../../field25519.ts. Every product and sum is exact, so both give the same bits.
 */

/** Bytes of a limb, two lanes of a double, and of an element. */
export const LIMB: usize = 16;
export const ELEMENT: i32 = 12 * 16;
/** 2^255 = 19 modulo p: what leaves at the top comes in at the bottom 19-fold. */
const WRAP: f64 = 19.0 / 5.7896044618658097711785e76;

/** The bit where limb i begins: ceil(21.25 i). */
const STARTS: usize = memory.data<i32>([0, 22, 43, 64, 85, 107, 128, 149, 170, 192, 213, 234, 255]);
/** Adding and subtracting entry i rounds to a multiple of 2^(start of limb i + 1). */
const ROUNDERS: usize = memory.data(12 * 8, 16);
for (let i: usize = 0; i < 12; i++) {
	store<f64>(ROUNDERS + 8 * i, 1.5 * powerOfTwo(52 + startOf(i + 1)));
}
/** Powers of the element that is inverted. */
const POWERS: usize = memory.data(6 * ELEMENT, 16);

export function startOf(limb: usize): i32 {
	return load<i32>(STARTS + 4 * limb);
}

/** 2^exponent, by its bits. */
export function powerOfTwo(exponent: i32): f64 {
	return reinterpret<f64>((<i64>exponent + 1023) << 52);
}

export function addAndSubtract(sum: usize, difference: usize, a: usize, b: usize): void {
	for (let i: usize = 0; i < <usize>ELEMENT; i += LIMB) {
		const left = v128.load(a + i);
		const right = v128.load(b + i);
		v128.store(sum + i, f64x2.add(left, right));
		v128.store(difference + i, f64x2.sub(left, right));
	}
}

/** out = a * b, reduced: limb k gathers a(i) b(j) with i + j = k, and 19-fold those with i + j = k + 12. */
// prettier-ignore
export function multiply(out: usize, a: usize, b: usize): void {
	const wrap = f64x2.splat(WRAP);
	const a0 = v128.load(a, 0), a1 = v128.load(a, 16), a2 = v128.load(a, 32);
	const a3 = v128.load(a, 48), a4 = v128.load(a, 64), a5 = v128.load(a, 80);
	const a6 = v128.load(a, 96), a7 = v128.load(a, 112), a8 = v128.load(a, 128);
	const a9 = v128.load(a, 144), a10 = v128.load(a, 160), a11 = v128.load(a, 176);
	const b0 = v128.load(b, 0), b1 = v128.load(b, 16), b2 = v128.load(b, 32);
	const b3 = v128.load(b, 48), b4 = v128.load(b, 64), b5 = v128.load(b, 80);
	const b6 = v128.load(b, 96), b7 = v128.load(b, 112), b8 = v128.load(b, 128);
	const b9 = v128.load(b, 144), b10 = v128.load(b, 160), b11 = v128.load(b, 176);
	const w1 = f64x2.mul(b1, wrap), w2 = f64x2.mul(b2, wrap), w3 = f64x2.mul(b3, wrap), w4 = f64x2.mul(b4, wrap);
	const w5 = f64x2.mul(b5, wrap), w6 = f64x2.mul(b6, wrap), w7 = f64x2.mul(b7, wrap), w8 = f64x2.mul(b8, wrap);
	const w9 = f64x2.mul(b9, wrap), w10 = f64x2.mul(b10, wrap), w11 = f64x2.mul(b11, wrap);
	let x0 = plus4(plus4(
		dot4(a0, b0, a1, w11, a2, w10, a3, w9),
		a4, w8, a5, w7, a6, w6, a7, w5),
		a8, w4, a9, w3, a10, w2, a11, w1);
	let x1 = plus4(plus4(
		dot4(a0, b1, a1, b0, a2, w11, a3, w10),
		a4, w9, a5, w8, a6, w7, a7, w6),
		a8, w5, a9, w4, a10, w3, a11, w2);
	let x2 = plus4(plus4(
		dot4(a0, b2, a1, b1, a2, b0, a3, w11),
		a4, w10, a5, w9, a6, w8, a7, w7),
		a8, w6, a9, w5, a10, w4, a11, w3);
	let x3 = plus4(plus4(
		dot4(a0, b3, a1, b2, a2, b1, a3, b0),
		a4, w11, a5, w10, a6, w9, a7, w8),
		a8, w7, a9, w6, a10, w5, a11, w4);
	let x4 = plus4(plus4(
		dot4(a0, b4, a1, b3, a2, b2, a3, b1),
		a4, b0, a5, w11, a6, w10, a7, w9),
		a8, w8, a9, w7, a10, w6, a11, w5);
	let x5 = plus4(plus4(
		dot4(a0, b5, a1, b4, a2, b3, a3, b2),
		a4, b1, a5, b0, a6, w11, a7, w10),
		a8, w9, a9, w8, a10, w7, a11, w6);
	let x6 = plus4(plus4(
		dot4(a0, b6, a1, b5, a2, b4, a3, b3),
		a4, b2, a5, b1, a6, b0, a7, w11),
		a8, w10, a9, w9, a10, w8, a11, w7);
	let x7 = plus4(plus4(
		dot4(a0, b7, a1, b6, a2, b5, a3, b4),
		a4, b3, a5, b2, a6, b1, a7, b0),
		a8, w11, a9, w10, a10, w9, a11, w8);
	let x8 = plus4(plus4(
		dot4(a0, b8, a1, b7, a2, b6, a3, b5),
		a4, b4, a5, b3, a6, b2, a7, b1),
		a8, b0, a9, w11, a10, w10, a11, w9);
	let x9 = plus4(plus4(
		dot4(a0, b9, a1, b8, a2, b7, a3, b6),
		a4, b5, a5, b4, a6, b3, a7, b2),
		a8, b1, a9, b0, a10, w11, a11, w10);
	let x10 = plus4(plus4(
		dot4(a0, b10, a1, b9, a2, b8, a3, b7),
		a4, b6, a5, b5, a6, b4, a7, b3),
		a8, b2, a9, b1, a10, b0, a11, w11);
	let x11 = plus4(plus4(
		dot4(a0, b11, a1, b10, a2, b9, a3, b8),
		a4, b7, a5, b6, a6, b5, a7, b4),
		a8, b3, a9, b2, a10, b1, a11, b0);
	for (let pass = 0; pass < 2; pass++) {
		const c11 = excess(x11, 11), c0 = excess(x0, 0);
		x0 = plus1(f64x2.sub(x0, c0), c11, wrap);
		const c1 = excess(x1, 1); x1 = f64x2.add(f64x2.sub(x1, c1), c0);
		const c2 = excess(x2, 2); x2 = f64x2.add(f64x2.sub(x2, c2), c1);
		const c3 = excess(x3, 3); x3 = f64x2.add(f64x2.sub(x3, c3), c2);
		const c4 = excess(x4, 4); x4 = f64x2.add(f64x2.sub(x4, c4), c3);
		const c5 = excess(x5, 5); x5 = f64x2.add(f64x2.sub(x5, c5), c4);
		const c6 = excess(x6, 6); x6 = f64x2.add(f64x2.sub(x6, c6), c5);
		const c7 = excess(x7, 7); x7 = f64x2.add(f64x2.sub(x7, c7), c6);
		const c8 = excess(x8, 8); x8 = f64x2.add(f64x2.sub(x8, c8), c7);
		const c9 = excess(x9, 9); x9 = f64x2.add(f64x2.sub(x9, c9), c8);
		const c10 = excess(x10, 10); x10 = f64x2.add(f64x2.sub(x10, c10), c9);
		x11 = f64x2.add(f64x2.sub(x11, c11), c10);
	}
	v128.store(out, x0, 0); v128.store(out, x1, 16); v128.store(out, x2, 32);
	v128.store(out, x3, 48); v128.store(out, x4, 64); v128.store(out, x5, 80);
	v128.store(out, x6, 96); v128.store(out, x7, 112); v128.store(out, x8, 128);
	v128.store(out, x9, 144); v128.store(out, x10, 160); v128.store(out, x11, 176);
}

/** out = a * a, reduced: each product of two different limbs once, doubled. */
// prettier-ignore
export function square(out: usize, a: usize): void {
	const wrap = f64x2.splat(WRAP);
	const a0 = v128.load(a, 0), a1 = v128.load(a, 16), a2 = v128.load(a, 32);
	const a3 = v128.load(a, 48), a4 = v128.load(a, 64), a5 = v128.load(a, 80);
	const a6 = v128.load(a, 96), a7 = v128.load(a, 112), a8 = v128.load(a, 128);
	const a9 = v128.load(a, 144), a10 = v128.load(a, 160), a11 = v128.load(a, 176);
	const d0 = f64x2.add(a0, a0), d1 = f64x2.add(a1, a1), d2 = f64x2.add(a2, a2), d3 = f64x2.add(a3, a3);
	const d4 = f64x2.add(a4, a4), d5 = f64x2.add(a5, a5), d6 = f64x2.add(a6, a6), d7 = f64x2.add(a7, a7);
	const d8 = f64x2.add(a8, a8), d9 = f64x2.add(a9, a9), d10 = f64x2.add(a10, a10);
	const w6 = f64x2.mul(a6, wrap), w7 = f64x2.mul(a7, wrap), w8 = f64x2.mul(a8, wrap);
	const w9 = f64x2.mul(a9, wrap), w10 = f64x2.mul(a10, wrap), w11 = f64x2.mul(a11, wrap);
	let x0 = plus1(plus2(dot4(a0, a0, d1, w11, d2, w10, d3, w9), d4, w8, d5, w7), a6, w6);
	let x1 = plus2(dot4(d0, a1, d2, w11, d3, w10, d4, w9), d5, w8, d6, w7);
	let x2 = plus1(plus2(dot4(d0, a2, a1, a1, d3, w11, d4, w10), d5, w9, d6, w8), a7, w7);
	let x3 = plus2(dot4(d0, a3, d1, a2, d4, w11, d5, w10), d6, w9, d7, w8);
	let x4 = plus1(plus2(dot4(d0, a4, d1, a3, a2, a2, d5, w11), d6, w10, d7, w9), a8, w8);
	let x5 = plus2(dot4(d0, a5, d1, a4, d2, a3, d6, w11), d7, w10, d8, w9);
	let x6 = plus1(plus2(dot4(d0, a6, d1, a5, d2, a4, a3, a3), d7, w11, d8, w10), a9, w9);
	let x7 = plus2(dot4(d0, a7, d1, a6, d2, a5, d3, a4), d8, w11, d9, w10);
	let x8 = plus1(plus2(dot4(d0, a8, d1, a7, d2, a6, d3, a5), a4, a4, d9, w11), a10, w10);
	let x9 = plus2(dot4(d0, a9, d1, a8, d2, a7, d3, a6), d4, a5, d10, w11);
	let x10 = plus1(plus2(dot4(d0, a10, d1, a9, d2, a8, d3, a7), d4, a6, a5, a5), a11, w11);
	let x11 = plus2(dot4(d0, a11, d1, a10, d2, a9, d3, a8), d4, a7, d5, a6);
	for (let pass = 0; pass < 2; pass++) {
		const c11 = excess(x11, 11), c0 = excess(x0, 0);
		x0 = plus1(f64x2.sub(x0, c0), c11, wrap);
		const c1 = excess(x1, 1); x1 = f64x2.add(f64x2.sub(x1, c1), c0);
		const c2 = excess(x2, 2); x2 = f64x2.add(f64x2.sub(x2, c2), c1);
		const c3 = excess(x3, 3); x3 = f64x2.add(f64x2.sub(x3, c3), c2);
		const c4 = excess(x4, 4); x4 = f64x2.add(f64x2.sub(x4, c4), c3);
		const c5 = excess(x5, 5); x5 = f64x2.add(f64x2.sub(x5, c5), c4);
		const c6 = excess(x6, 6); x6 = f64x2.add(f64x2.sub(x6, c6), c5);
		const c7 = excess(x7, 7); x7 = f64x2.add(f64x2.sub(x7, c7), c6);
		const c8 = excess(x8, 8); x8 = f64x2.add(f64x2.sub(x8, c8), c7);
		const c9 = excess(x9, 9); x9 = f64x2.add(f64x2.sub(x9, c9), c8);
		const c10 = excess(x10, 10); x10 = f64x2.add(f64x2.sub(x10, c10), c9);
		x11 = f64x2.add(f64x2.sub(x11, c11), c10);
	}
	v128.store(out, x0, 0); v128.store(out, x1, 16); v128.store(out, x2, 32);
	v128.store(out, x3, 48); v128.store(out, x4, 64); v128.store(out, x5, 80);
	v128.store(out, x6, 96); v128.store(out, x7, 112); v128.store(out, x8, 128);
	v128.store(out, x9, 144); v128.store(out, x10, 160); v128.store(out, x11, 176);
}

/** a b + c d + e f + g h. */
// prettier-ignore
function dot4(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): v128 {
	return plus2(plus1(f64x2.mul(a, b), c, d), e, f, g, h);
}

/** One after the other: the processor works on many limbs at once, but has few registers for partial sums. */
// prettier-ignore
function plus4(
	sum: v128, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128
): v128 {
	return plus2(plus2(sum, a, b, c, d), e, f, g, h);
}

function plus2(sum: v128, a: v128, b: v128, c: v128, d: v128): v128 {
	return plus1(plus1(sum, a, b), c, d);
}

function plus1(sum: v128, a: v128, b: v128): v128 {
	return f64x2.add(sum, f64x2.mul(a, b));
}

/** The multiple of the next limb's unit nearest to limb i. */
function excess(x: v128, i: usize): v128 {
	const rounder = v128.load64_splat(ROUNDERS + 8 * i);
	return f64x2.sub(f64x2.add(x, rounder), rounder);
}

/** a becomes 1 / a = a^(p - 2) (Fermat), by the usual chain of 254 squares and 11 products; 0 stays 0. */
export function invert(a: usize): void {
	const a2 = POWERS;
	const a11 = POWERS + ELEMENT;
	const ones10 = POWERS + 2 * ELEMENT;
	const ones50 = POWERS + 3 * ELEMENT;
	const ones = POWERS + 4 * ELEMENT;
	const next = POWERS + 5 * ELEMENT;
	square(a2, a);
	power(next, a2, 2, a);
	multiply(a11, next, a2);
	// onesN is a to the power of N binary ones, 2^N - 1; first ones5, then on and on in `ones`.
	power(ones, a11, 1, next);
	power(ones10, ones, 5, ones);
	power(ones, ones10, 10, ones10);
	power(next, ones, 20, ones);
	power(ones50, next, 10, ones10);
	power(ones, ones50, 50, ones50);
	power(next, ones, 100, ones);
	power(ones, next, 50, ones50);
	power(a, ones, 5, a11);
}

/** out = base^(2^numSquares) * factor; out must not be the factor. */
function power(out: usize, base: usize, numSquares: i32, factor: usize): void {
	square(out, base);
	for (let i = 1; i < numSquares; i++) square(out, out);
	multiply(out, out, factor);
}
