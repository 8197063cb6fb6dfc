/** ChaCha20 (RFC 8439) as a generator of masks: four blocks at a time, one in each lane, added to a target. */

/** The key, 32 bytes. */
export const KEY: usize = memory.data(32, 16);
/** The integers that the stream is added to, behind everything else: the module need not bring their zeros along. */
export const TARGET: usize = (__heap_base + 15) & ~15;
/** Integers that TARGET holds: small enough for the cache, whole groups of blocks. */
export const TARGET_WORDS: i32 = 16384;

const GROUP_BYTES: usize = 256;

/**
 * Adds the stream from block `firstBlock` on to `numGroups` times 64 integers, or subtracts it where the sign is -1.
 * The nonce is 0, as every key is used once.
 */
export function addStream(firstBlock: i32, numGroups: i32, sign: i32): void {
	const flip = i32x4.splat(sign >> 31);
	let counter = i32x4.add(i32x4.splat(firstBlock), i32x4(0, 1, 2, 3));
	let at = TARGET;
	for (let group = 0; group < numGroups; group++) {
		addGroup(at, counter, flip);
		counter = i32x4.add(counter, i32x4.splat(4));
		at += GROUP_BYTES;
	}
}

function addGroup(at: usize, counter: v128, flip: v128): void {
	let x0 = i32x4.splat(0x61707865);
	let x1 = i32x4.splat(0x3320646e);
	let x2 = i32x4.splat(0x79622d32);
	let x3 = i32x4.splat(0x6b206574);
	let x4 = v128.load32_splat(KEY, 0);
	let x5 = v128.load32_splat(KEY, 4);
	let x6 = v128.load32_splat(KEY, 8);
	let x7 = v128.load32_splat(KEY, 12);
	let x8 = v128.load32_splat(KEY, 16);
	let x9 = v128.load32_splat(KEY, 20);
	let x10 = v128.load32_splat(KEY, 24);
	let x11 = v128.load32_splat(KEY, 28);
	let x12 = counter;
	let x13 = i32x4.splat(0);
	let x14 = i32x4.splat(0);
	let x15 = i32x4.splat(0);
	for (let round = 0; round < 20; round += 2) {
		x0 = i32x4.add(x0, x4);
		x12 = rotate16(v128.xor(x12, x0));
		x1 = i32x4.add(x1, x5);
		x13 = rotate16(v128.xor(x13, x1));
		x2 = i32x4.add(x2, x6);
		x14 = rotate16(v128.xor(x14, x2));
		x3 = i32x4.add(x3, x7);
		x15 = rotate16(v128.xor(x15, x3));
		x8 = i32x4.add(x8, x12);
		x4 = rotate12(v128.xor(x4, x8));
		x9 = i32x4.add(x9, x13);
		x5 = rotate12(v128.xor(x5, x9));
		x10 = i32x4.add(x10, x14);
		x6 = rotate12(v128.xor(x6, x10));
		x11 = i32x4.add(x11, x15);
		x7 = rotate12(v128.xor(x7, x11));
		x0 = i32x4.add(x0, x4);
		x12 = rotate8(v128.xor(x12, x0));
		x1 = i32x4.add(x1, x5);
		x13 = rotate8(v128.xor(x13, x1));
		x2 = i32x4.add(x2, x6);
		x14 = rotate8(v128.xor(x14, x2));
		x3 = i32x4.add(x3, x7);
		x15 = rotate8(v128.xor(x15, x3));
		x8 = i32x4.add(x8, x12);
		x4 = rotate7(v128.xor(x4, x8));
		x9 = i32x4.add(x9, x13);
		x5 = rotate7(v128.xor(x5, x9));
		x10 = i32x4.add(x10, x14);
		x6 = rotate7(v128.xor(x6, x10));
		x11 = i32x4.add(x11, x15);
		x7 = rotate7(v128.xor(x7, x11));
		x0 = i32x4.add(x0, x5);
		x15 = rotate16(v128.xor(x15, x0));
		x1 = i32x4.add(x1, x6);
		x12 = rotate16(v128.xor(x12, x1));
		x2 = i32x4.add(x2, x7);
		x13 = rotate16(v128.xor(x13, x2));
		x3 = i32x4.add(x3, x4);
		x14 = rotate16(v128.xor(x14, x3));
		x10 = i32x4.add(x10, x15);
		x5 = rotate12(v128.xor(x5, x10));
		x11 = i32x4.add(x11, x12);
		x6 = rotate12(v128.xor(x6, x11));
		x8 = i32x4.add(x8, x13);
		x7 = rotate12(v128.xor(x7, x8));
		x9 = i32x4.add(x9, x14);
		x4 = rotate12(v128.xor(x4, x9));
		x0 = i32x4.add(x0, x5);
		x15 = rotate8(v128.xor(x15, x0));
		x1 = i32x4.add(x1, x6);
		x12 = rotate8(v128.xor(x12, x1));
		x2 = i32x4.add(x2, x7);
		x13 = rotate8(v128.xor(x13, x2));
		x3 = i32x4.add(x3, x4);
		x14 = rotate8(v128.xor(x14, x3));
		x10 = i32x4.add(x10, x15);
		x5 = rotate7(v128.xor(x5, x10));
		x11 = i32x4.add(x11, x12);
		x6 = rotate7(v128.xor(x6, x11));
		x8 = i32x4.add(x8, x13);
		x7 = rotate7(v128.xor(x7, x8));
		x9 = i32x4.add(x9, x14);
		x4 = rotate7(v128.xor(x4, x9));
	}
	addRows(
		at + 0,
		flip,
		i32x4.add(x0, i32x4.splat(0x61707865)),
		i32x4.add(x1, i32x4.splat(0x3320646e)),
		i32x4.add(x2, i32x4.splat(0x79622d32)),
		i32x4.add(x3, i32x4.splat(0x6b206574))
	);
	addRows(
		at + 16,
		flip,
		i32x4.add(x4, v128.load32_splat(KEY, 0)),
		i32x4.add(x5, v128.load32_splat(KEY, 4)),
		i32x4.add(x6, v128.load32_splat(KEY, 8)),
		i32x4.add(x7, v128.load32_splat(KEY, 12))
	);
	addRows(
		at + 32,
		flip,
		i32x4.add(x8, v128.load32_splat(KEY, 16)),
		i32x4.add(x9, v128.load32_splat(KEY, 20)),
		i32x4.add(x10, v128.load32_splat(KEY, 24)),
		i32x4.add(x11, v128.load32_splat(KEY, 28))
	);
	addRows(at + 48, flip, i32x4.add(x12, counter), x13, x14, x15);
}

/** Four words of four blocks each, turned into four words of each block, and added to the target. */
function addRows(at: usize, flip: v128, a: v128, b: v128, c: v128, d: v128): void {
	const lowAb = i32x4.shuffle(a, b, 0, 4, 1, 5);
	const highAb = i32x4.shuffle(a, b, 2, 6, 3, 7);
	const lowCd = i32x4.shuffle(c, d, 0, 4, 1, 5);
	const highCd = i32x4.shuffle(c, d, 2, 6, 3, 7);
	addWords(at, flip, i64x2.shuffle(lowAb, lowCd, 0, 2));
	addWords(at + 64, flip, i64x2.shuffle(lowAb, lowCd, 1, 3));
	addWords(at + 128, flip, i64x2.shuffle(highAb, highCd, 0, 2));
	addWords(at + 192, flip, i64x2.shuffle(highAb, highCd, 1, 3));
}

/** In two's complement -x is x with all bits flipped, plus 1. */
function addWords(at: usize, flip: v128, words: v128): void {
	const signed = i32x4.sub(v128.xor(words, flip), flip);
	v128.store(at, i32x4.add(v128.load(at), signed));
}

function rotate16(x: v128): v128 {
	return i8x16.shuffle(x, x, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
}

function rotate12(x: v128): v128 {
	return v128.or(i32x4.shl(x, 12), i32x4.shr_u(x, 20));
}

function rotate8(x: v128): v128 {
	return i8x16.shuffle(x, x, 3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14);
}

function rotate7(x: v128): v128 {
	return v128.or(i32x4.shl(x, 7), i32x4.shr_u(x, 25));
}
