/** A memory for one kernel call: blocks with canaries around them, so that a stray write is seen. */

export interface KernelMemory {
	memory: WebAssembly.Memory;
	/** Puts the values at a 16-byte boundary and returns their address. */
	put(values: Float32Array | Float64Array | Int32Array | Uint8Array): number;
	floats(address: number, length: number): Float32Array;
	doubles(address: number, length: number): Float64Array;
	ints(address: number, length: number): Int32Array;
	bytes(address: number, length: number): Uint8Array;
	/** Addresses outside of all blocks that were written to. */
	strayWrites(): number[];
}

const CANARY = 0xa5;
const GAP_BYTES = 64;
const PAGE_BYTES = 65536;

export function createKernelMemory(numPages = 256): KernelMemory {
	const memory = new WebAssembly.Memory({ initial: numPages });
	const all = new Uint8Array(memory.buffer).fill(CANARY);
	const isOwned = new Uint8Array(numPages * PAGE_BYTES);
	let free = GAP_BYTES;
	return {
		memory,
		put(values) {
			const address = free;
			const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
			free = Math.ceil((address + bytes.length + GAP_BYTES) / 16) * 16;
			if (free > all.length) throw new Error(`expected at most ${all.length} bytes, got ${free}`);
			all.set(bytes, address);
			isOwned.fill(1, address, address + bytes.length);
			return address;
		},
		floats: (address, length) => new Float32Array(memory.buffer, address, length),
		doubles: (address, length) => new Float64Array(memory.buffer, address, length),
		ints: (address, length) => new Int32Array(memory.buffer, address, length),
		bytes: (address, length) => new Uint8Array(memory.buffer, address, length),
		strayWrites() {
			const addresses: number[] = [];
			all.forEach((byte, address) => {
				if (!isOwned[address] && byte !== CANARY) addresses.push(address);
			});
			return addresses;
		}
	};
}

/** The largest difference between the two, over the largest of the expected magnitudes. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
	if (actual.length !== expected.length) return Infinity;
	let largest = 1e-30;
	let difference = 0;
	for (let i = 0; i < expected.length; i++) {
		largest = Math.max(largest, Math.abs(expected[i]));
		const gap = Math.abs(actual[i] - expected[i]);
		if (!(gap <= difference)) difference = gap;
	}
	return difference / largest;
}
