/** Windows that slide over images [batch, height, width, channels], as convolutions and pooling use them. */

/** The caller writes it into the memory as 32-bit integers in this order. */
@unmanaged
export class Windows {
	batchSize: i32;
	inHeight: i32;
	inWidth: i32;
	inChannels: i32;
	outHeight: i32;
	outWidth: i32;
	outChannels: i32;
	windowHeight: i32;
	windowWidth: i32;
	strideHeight: i32;
	strideWidth: i32;
	dilationHeight: i32;
	dilationWidth: i32;
	padTop: i32;
	padLeft: i32;
}

/** First tap that lies inside: the smallest tap >= 0 with start + tap * dilation >= 0. */
export function firstTap(start: i32, dilation: i32): i32 {
	return start >= 0 ? 0 : (dilation - 1 - start) / dilation;
}

/** One past the last tap that lies inside `size`. */
export function endTap(start: i32, dilation: i32, size: i32, taps: i32): i32 {
	return start >= size ? 0 : min(taps, (size - 1 - start) / dilation + 1);
}
