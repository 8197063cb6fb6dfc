// ReLU and 2x2 max pool in one pass, remembering who won.
import * as Plan from './plan';

/**
 * The map [SIDE, SIDE, WIDTH] of one example to [SIDE / 2, SIDE / 2, WIDTH] at `output`. Each window's first
 * largest value wins, as in stock; where its patch starts in the padded input is written to `winners`.
 */
export function reluMaxPool(plan: usize, layer: usize, output: usize, winners: usize): void {
	const side = load<i32>(layer, Plan.SIDE);
	const pixelBytes = (<usize>load<i32>(layer, Plan.WIDTH)) << 2;
	const lineBytes = pixelBytes * <usize>side;
	const patchPixel = load<i32>(layer, Plan.NUM_INPUTS) << 2;
	const patchLine = patchPixel * (side + 4);
	let map = load<usize>(plan, Plan.MAP);
	for (let y = 0; y < side; y += 2) {
		let to = output;
		let patch = y * patchLine;
		for (let x = 0; x < side; x += 2) {
			for (let c: usize = 0; c < pixelBytes; c += 16) {
				const at = map + c;
				const a = reluOf(v128.load(at));
				const b = reluOf(v128.load(at + pixelBytes));
				const d = reluOf(v128.load(at + lineBytes));
				const e = reluOf(v128.load(at + lineBytes + pixelBytes));
				let best = f32x4.splat(-Infinity);
				let winner = i32x4.splat(patch);
				best = v128.bitselect(a, best, f32x4.gt(a, best));
				let isBetter = f32x4.gt(b, best);
				best = v128.bitselect(b, best, isBetter);
				winner = v128.bitselect(i32x4.splat(patch + patchPixel), winner, isBetter);
				isBetter = f32x4.gt(d, best);
				best = v128.bitselect(d, best, isBetter);
				winner = v128.bitselect(i32x4.splat(patch + patchLine), winner, isBetter);
				isBetter = f32x4.gt(e, best);
				best = v128.bitselect(e, best, isBetter);
				winner = v128.bitselect(i32x4.splat(patch + patchLine + patchPixel), winner, isBetter);
				v128.store(to + c, best);
				v128.store(winners + c, winner);
			}
			map += pixelBytes << 1;
			to += pixelBytes;
			winners += pixelBytes;
			patch += patchPixel << 1;
		}
		map += lineBytes;
		output += load<usize>(layer, Plan.OUTPUT_LINE_BYTES);
	}
}

/** max(x, 0); NaN stays. */
function reluOf(x: v128): v128 {
	return f32x4.pmax(x, f32x4.splat(0));
}
