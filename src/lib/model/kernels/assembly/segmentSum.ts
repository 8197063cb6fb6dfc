/** Sums of rows that share a number: the gradient of looking rows up. Numbers outside [0, numSegments) count nowhere. */
export function sumSegments(
	x: usize,
	segmentIds: usize,
	numIds: i32,
	rowSize: i32,
	numSegments: i32,
	sums: usize
): void {
	memory.fill(sums, 0, (numSegments * rowSize) << 2);
	for (let i = 0; i < numIds; i++) {
		const segment = load<i32>(segmentIds + (i << 2));
		if (<u32>segment >= <u32>numSegments) continue;
		const from = x + ((i * rowSize) << 2);
		const to = sums + ((segment * rowSize) << 2);
		let byte = 0;
		for (; byte < (rowSize & ~3) << 2; byte += 16) {
			v128.store(to + byte, f32x4.add(v128.load(to + byte), v128.load(from + byte)));
		}
		for (; byte < rowSize << 2; byte += 4) {
			store<f32>(to + byte, load<f32>(to + byte) + load<f32>(from + byte));
		}
	}
}
