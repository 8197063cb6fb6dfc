// e^x and ln x without tables or imports, so that every machine rounds alike.

const LOG2_E: f32 = 1.44269504088896341;
/** ln 2 in two parts, so that x - n ln 2 keeps its last bits (Cody and Waite 1980). */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.1219444e-4;
/** Below this e^x is taken as 0, above the other as infinity; float32's own range ends near there. */
const SMALLEST: f32 = -87.33;
const LARGEST: f32 = 88.72;

/** e^x of four float32, relative error below 2e-7; 0 for -Infinity, NaN for NaN. Polynomial of Cephes expf. */
export function exp4(x: v128): v128 {
	const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(LOG2_E)));
	let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
	r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
	let p = f32x4.splat(1.98756915e-4);
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
	p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
	p = f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), f32x4.add(r, f32x4.splat(1)));
	// 2^n is written into the exponent in two halves: n itself may be one too many for it.
	const whole = i32x4.trunc_sat_f32x4_s(n);
	const half = i32x4.shr_s(whole, 1);
	p = f32x4.mul(p, powerOfTwo(half));
	p = f32x4.mul(p, powerOfTwo(i32x4.sub(whole, half)));
	p = v128.bitselect(f32x4.splat(0), p, f32x4.lt(x, f32x4.splat(SMALLEST)));
	return v128.bitselect(f32x4.splat(Infinity), p, f32x4.gt(x, f32x4.splat(LARGEST)));
}

function powerOfTwo(n: v128): v128 {
	return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

const LN2: f64 = 0.6931471805599453;

/** ln x for a normal x above 0 or NaN, to the last bits of float64: x = m 2^n, ln m = 2 artanh((m - 1) / (m + 1)). */
export function ln(x: f64): f64 {
	if (isNaN(x)) return x;
	const bits = reinterpret<i64>(x);
	let n = <i32>(bits >> 52) - 1023;
	let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
	if (m > 1.4142135623730951) {
		m *= 0.5;
		n++;
	}
	const s = (m - 1) / (m + 1);
	const s2 = s * s;
	let sum: f64 = 0;
	for (let k = 21; k > 0; k -= 2) sum = sum * s2 + 1 / <f64>k;
	return 2 * s * sum + LN2 * <f64>n;
}
