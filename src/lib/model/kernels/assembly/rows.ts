// Rows of floats from one spacing to another: parameters without padding, and as the kernels want them.

/** Copies `numRows` rows of `rowBytes` each; what lies between the rows stays as it is. */
export function moveRows(
	to: usize,
	toBytes: usize,
	from: usize,
	fromBytes: usize,
	rowBytes: usize,
	numRows: i32
): void {
	const wholeBytes = rowBytes & ~15;
	for (let row = 0; row < numRows; row++) {
		let at: usize = 0;
		for (; at < wholeBytes; at += 16) v128.store(to + at, v128.load(from + at));
		for (; at < rowBytes; at += 4) store<u32>(to + at, load<u32>(from + at));
		to += toBytes;
		from += fromBytes;
	}
}
