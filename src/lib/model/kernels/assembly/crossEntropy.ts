// Softmax cross-entropy fused with its gradient: dL/dlogits = (p - y) * scale.
import { exp4, ln } from './exponential';

/** -ln of the smallest float32: what a probability that underflows to 0 costs, in nats. */
const LARGEST_LOSS: f64 = 103.27892990343185;

/**
 * Turns logits [numRows, stride] into their gradient in place and writes the loss of each row, in nats, as
 * float64 [numRows]. `stride` is `width` rounded up to a multiple of 4; what stands beyond `width` becomes 0.
 */
export function crossEntropyGradient(
	logits: usize,
	labels: usize,
	losses: usize,
	numRows: i32,
	width: i32,
	stride: i32,
	scale: f32
): void {
	for (let row = 0; row < numRows; row++) {
		const label = <i32>load<u8>(labels + row);
		store<f64>(losses + ((<usize>row) << 3), exponentials(logits, label, width, stride));
		const end = logits + ((<usize>stride) << 2);
		const factor = f32x4.splat(scale);
		const inverse = f32x4.splat(1 / sumOf(logits, end));
		const labelAddress = logits + ((<usize>label) << 2);
		for (let at = logits; at < end; at += 16) {
			v128.store(at, f32x4.mul(v128.load(at), inverse));
		}
		store<f32>(labelAddress, load<f32>(labelAddress) - 1);
		for (let at = logits; at < end; at += 16) {
			v128.store(at, f32x4.mul(v128.load(at), factor));
		}
		logits = end;
	}
}

/**
 * Writes the loss of each row, in nats, as float64 [numRows], and as bytes [numRows] the first
 * of its most probable classes. Overwrites the logits.
 */
export function crossEntropyOnly(
	logits: usize,
	labels: usize,
	losses: usize,
	predicted: usize,
	numRows: i32,
	width: i32,
	stride: i32
): void {
	for (let row = 0; row < numRows; row++) {
		const label = <i32>load<u8>(labels + row);
		store<f64>(losses + ((<usize>row) << 3), exponentials(logits, label, width, stride));
		let best = 0;
		for (let k = 1; k < width; k++) {
			const isBetter =
				load<f32>(logits + ((<usize>k) << 2)) > load<f32>(logits + ((<usize>best) << 2));
			if (isBetter) best = k;
		}
		store<u8>(predicted + row, <u8>best);
		logits += (<usize>stride) << 2;
	}
}

/** Replaces one row by e^(logit - largest), 0 beyond `width`; the loss of the row. */
function exponentials(row: usize, label: i32, width: i32, stride: i32): f64 {
	const end = row + ((<usize>stride) << 2);
	for (let k = width; k < stride; k++) store<f32>(row + ((<usize>k) << 2), -Infinity);
	let largest4 = v128.load(row);
	for (let at = row + 16; at < end; at += 16) largest4 = f32x4.max(largest4, v128.load(at));
	largest4 = f32x4.max(largest4, v128.shuffle<i32>(largest4, largest4, 2, 3, 0, 1));
	largest4 = f32x4.max(largest4, v128.shuffle<i32>(largest4, largest4, 1, 0, 3, 2));
	const ofLabel = load<f32>(row + ((<usize>label) << 2)) - f32x4.extract_lane(largest4, 0);
	for (let at = row; at < end; at += 16) {
		v128.store(at, exp4(f32x4.sub(v128.load(at), largest4)));
	}
	const loss = ln(<f64>sumOf(row, end)) - <f64>ofLabel;
	return loss > LARGEST_LOSS ? LARGEST_LOSS : loss;
}

/** The sum of a row, in a fixed order. */
function sumOf(row: usize, end: usize): f32 {
	let sum4 = v128.load(row);
	for (let at = row + 16; at < end; at += 16) sum4 = f32x4.add(sum4, v128.load(at));
	sum4 = f32x4.add(sum4, v128.shuffle<i32>(sum4, sum4, 2, 3, 0, 1));
	sum4 = f32x4.add(sum4, v128.shuffle<i32>(sum4, sum4, 1, 0, 3, 2));
	return f32x4.extract_lane(sum4, 0);
}
