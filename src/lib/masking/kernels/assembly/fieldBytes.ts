/** Elements in and out: 32 little-endian bytes of a lane to limbs and back. */
import { LIMB, powerOfTwo, startOf } from './field';

/** Whole numbers on their way between limbs and bytes, 8 bytes each. */
const UNITS: usize = memory.data(12 * 8, 16);

/** The limbs of a lane out of its 32 bytes, without the unused top bit. */
export function readElement(out: usize, bytes: usize, lane: usize): void {
	for (let i: usize = 0; i < 12; i++) {
		const start = startOf(i);
		const width = startOf(i + 1) - start;
		let units: u64 = 0;
		for (let bit = 0; bit < width; bit++) {
			const at = start + bit;
			units |= ((<u64>(load<u8>(bytes + 32 * lane + (at >> 3)) >> (at & 7))) & 1) << bit;
		}
		store<f64>(out + LIMB * i + 8 * lane, <f64>units * powerOfTwo(start));
	}
}

/** The 32 bytes of the whole number from 0 to p - 1 that a lane stands for. */
export function writeElement(bytes: usize, element: usize, lane: usize): void {
	for (let i: usize = 0; i < 12; i++) {
		const limb = load<f64>(element + LIMB * i + 8 * lane);
		store<i64>(UNITS + 8 * i, <i64>(limb / powerOfTwo(startOf(i))));
	}
	for (let pass = 0; pass < 2; pass++) {
		const top = carryUnits(0);
		store<i64>(UNITS, load<i64>(UNITS) + 19 * top);
	}
	// Now it is below 2^255. It is at least p where 19 more reach over the top; what stays is then the rest.
	if (carryUnits(19) === 0) carryUnits(-19);
	memory.fill(bytes + 32 * lane, 0, 32);
	for (let i: usize = 0; i < 12; i++) {
		const start = startOf(i);
		const units = load<i64>(UNITS + 8 * i);
		for (let bit = 0; bit < startOf(i + 1) - start; bit++) {
			const at = bytes + 32 * lane + ((start + bit) >> 3);
			const isSet = (<i32>(units >> bit)) & 1;
			store<u8>(at, load<u8>(at) | (isSet << ((start + bit) & 7)));
		}
	}
}

/** Adds to the lowest limb, brings every limb into its width, and returns what is left over at the top. */
function carryUnits(addend: i64): i64 {
	let carried = addend;
	for (let i: usize = 0; i < 12; i++) {
		const width = startOf(i + 1) - startOf(i);
		const units = load<i64>(UNITS + 8 * i) + carried;
		carried = units >> width;
		store<i64>(UNITS + 8 * i, units - (carried << width));
	}
	return carried;
}
