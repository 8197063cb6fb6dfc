/**
 * Gradients of a depthwise convolution: output channel c * multiplier + d sees input channel c only.
 * Four channels at a time where each has one output (multiplier 1), one by one otherwise and at the edge.
 */
import { endTap, firstTap, Windows } from './windows';

/** dFilter [windowHeight, windowWidth, inChannels, multiplier] of x and dy. */
export function depthwiseFilterGradient(at: usize, x: usize, dy: usize, gradient: usize): void {
	const windows = changetype<Windows>(at);
	const taps = windows.windowHeight * windows.windowWidth;
	memory.fill(gradient, 0, (taps * windows.outChannels) << 2);
	for (let b = 0; b < windows.batchSize; b++) {
		for (let row = 0; row < windows.outHeight; row++) {
			for (let column = 0; column < windows.outWidth; column++) {
				visitWindow<Filter>(windows, b, row, column, x, dy, gradient);
			}
		}
	}
}

/** dx of dy and the filter. */
export function depthwiseInputGradient(at: usize, dy: usize, filter: usize, dx: usize): void {
	const windows = changetype<Windows>(at);
	const image = windows.inHeight * windows.inWidth * windows.inChannels;
	memory.fill(dx, 0, (windows.batchSize * image) << 2);
	for (let b = 0; b < windows.batchSize; b++) {
		for (let row = 0; row < windows.outHeight; row++) {
			for (let column = 0; column < windows.outWidth; column++) {
				visitWindow<Input>(windows, b, row, column, dx, dy, filter);
			}
		}
	}
}

// What a window adds to, as types: the compiler writes the visit out for each.
class Filter {}
class Input {
	a: u8;
}

/** Adds what one output pixel contributes; `x` is the input or its gradient, `filter` likewise. */
function visitWindow<Target>(
	windows: Windows,
	b: i32,
	row: i32,
	column: i32,
	x: usize,
	dy: usize,
	filter: usize
): void {
	const top = row * windows.strideHeight - windows.padTop;
	const left = column * windows.strideWidth - windows.padLeft;
	const endRow = endTap(top, windows.dilationHeight, windows.inHeight, windows.windowHeight);
	const endColumn = endTap(left, windows.dilationWidth, windows.inWidth, windows.windowWidth);
	const firstColumn = firstTap(left, windows.dilationWidth);
	const channels = windows.outChannels;
	const pixel = (b * windows.outHeight + row) * windows.outWidth + column;
	const gradient = dy + ((pixel * channels) << 2);
	for (let i = firstTap(top, windows.dilationHeight); i < endRow; i++) {
		const y = b * windows.inHeight + top + i * windows.dilationHeight;
		for (let j = firstColumn; j < endColumn; j++) {
			const place = y * windows.inWidth + left + j * windows.dilationWidth;
			const input = x + ((place * windows.inChannels) << 2);
			const weights = filter + (((i * windows.windowWidth + j) * channels) << 2);
			addChannels<Target>(input, gradient, weights, windows.inChannels, channels);
		}
	}
}

function addChannels<Target>(
	input: usize,
	gradient: usize,
	weights: usize,
	inChannels: i32,
	channels: i32
): void {
	const multiplier = channels / inChannels;
	if (multiplier == 1) {
		for (; inChannels >= 4; inChannels -= 4, input += 16, gradient += 16, weights += 16) {
			const dy = v128.load(gradient);
			if (offsetof<Target>() > 0) {
				const product = f32x4.mul(dy, v128.load(weights));
				v128.store(input, f32x4.add(v128.load(input), product));
			} else {
				const product = f32x4.mul(dy, v128.load(input));
				v128.store(weights, f32x4.add(v128.load(weights), product));
			}
		}
	}
	for (; inChannels > 0; inChannels--, input += 4) {
		for (let d = 0; d < multiplier; d++, gradient += 4, weights += 4) {
			const dy = load<f32>(gradient);
			if (offsetof<Target>() > 0) {
				store<f32>(input, load<f32>(input) + dy * load<f32>(weights));
			} else {
				store<f32>(weights, load<f32>(weights) + dy * load<f32>(input));
			}
		}
	}
}
