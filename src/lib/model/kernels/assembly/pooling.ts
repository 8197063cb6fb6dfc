/** Gradients of pooling: every output pixel hands its gradient back to the window it came from. */
import { endTap, firstTap, Windows } from './windows';

/** dx of the largest number of each window: all of dy to the first place that holds it. NaN is never largest. */
export function maxPoolGradient(at: usize, x: usize, dy: usize, dx: usize): void {
	const windows = changetype<Windows>(at);
	const channels = windows.inChannels;
	const image = windows.inHeight * windows.inWidth * channels;
	memory.fill(dx, 0, (windows.batchSize * image) << 2);
	for (let b = 0; b < windows.batchSize; b++) {
		const offset = (b * image) << 2;
		for (let row = 0; row < windows.outHeight; row++) {
			for (let column = 0; column < windows.outWidth; column++) {
				handBack(windows, row, column, x + offset, dy, dx + offset);
				dy += channels << 2;
			}
		}
	}
}

/** One output pixel. */
function handBack(windows: Windows, row: i32, column: i32, x: usize, dy: usize, dx: usize): void {
	const top = row * windows.strideHeight - windows.padTop;
	const left = column * windows.strideWidth - windows.padLeft;
	const endRow = endTap(top, windows.dilationHeight, windows.inHeight, windows.windowHeight);
	const endColumn = endTap(left, windows.dilationWidth, windows.inWidth, windows.windowWidth);
	const firstRow = firstTap(top, windows.dilationHeight);
	const firstColumn = firstTap(left, windows.dilationWidth);
	const channels = windows.inChannels;
	const rowBytes = (windows.inWidth * channels) << 2;
	const whole = channels & ~3;
	for (let c = 0; c < channels; c += c < whole ? 4 : 1) {
		let largest = f32x4.splat(-Infinity);
		let places = i32x4.splat(-1);
		for (let i = firstRow; i < endRow; i++) {
			const y = (top + i * windows.dilationHeight) * rowBytes;
			for (let j = firstColumn; j < endColumn; j++) {
				const place = y + (((left + j * windows.dilationWidth) * channels + c) << 2);
				const values = c < whole ? v128.load(x + place) : v128.load32_splat(x + place);
				const isLarger = f32x4.gt(values, largest);
				largest = v128.bitselect(values, largest, isLarger);
				places = v128.bitselect(i32x4.splat(place), places, isLarger);
			}
		}
		const gradient = dy + (c << 2);
		addTo(dx, i32x4.extract_lane(places, 0), load<f32>(gradient));
		if (c < whole) {
			addTo(dx + 4, i32x4.extract_lane(places, 1), load<f32>(gradient, 4));
			addTo(dx + 8, i32x4.extract_lane(places, 2), load<f32>(gradient, 8));
			addTo(dx + 12, i32x4.extract_lane(places, 3), load<f32>(gradient, 12));
		}
	}
}

function addTo(dx: usize, place: i32, gradient: f32): void {
	if (place >= 0) store<f32>(dx + place, load<f32>(dx + place) + gradient);
}

/** dx of the mean of each window, of which tfjs counts every tap, inside the image or not. */
export function averagePoolGradient(at: usize, dy: usize, dx: usize): void {
	const windows = changetype<Windows>(at);
	const image = windows.inHeight * windows.inWidth * windows.inChannels;
	memory.fill(dx, 0, (windows.batchSize * image) << 2);
	const share = f32(1) / f32(windows.windowHeight * windows.windowWidth);
	for (let b = 0; b < windows.batchSize; b++, dx += image << 2) {
		for (let row = 0; row < windows.outHeight; row++) {
			for (let column = 0; column < windows.outWidth; column++) {
				spread(windows, row, column, dy, share, dx);
				dy += windows.inChannels << 2;
			}
		}
	}
}

/** One output pixel. */
function spread(windows: Windows, row: i32, column: i32, dy: usize, share: f32, dx: usize): void {
	const top = row * windows.strideHeight - windows.padTop;
	const left = column * windows.strideWidth - windows.padLeft;
	const endRow = endTap(top, windows.dilationHeight, windows.inHeight, windows.windowHeight);
	const endColumn = endTap(left, windows.dilationWidth, windows.inWidth, windows.windowWidth);
	const firstColumn = firstTap(left, windows.dilationWidth);
	const bytes = windows.inChannels << 2;
	const wholeBytes = (windows.inChannels & ~3) << 2;
	const shares = f32x4.splat(share);
	for (let i = firstTap(top, windows.dilationHeight); i < endRow; i++) {
		const y = (top + i * windows.dilationHeight) * windows.inWidth + left;
		for (let j = firstColumn; j < endColumn; j++) {
			const to = dx + (y + j * windows.dilationWidth) * bytes;
			let c = 0;
			for (; c < wholeBytes; c += 16) {
				const part = f32x4.mul(v128.load(dy + c), shares);
				v128.store(to + c, f32x4.add(v128.load(to + c), part));
			}
			for (; c < bytes; c += 4) {
				store<f32>(to + c, load<f32>(to + c) + load<f32>(dy + c) * share);
			}
		}
	}
}
