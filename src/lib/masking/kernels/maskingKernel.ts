/**
 * The compiled kernels of this room behind typed arrays: X25519 two at a time, and ChaCha20 streams added to integers
 * modulo 2^32. They give the same bytes as the TypeScript beside them, which takes over where there is no SIMD.
 */
import { instantiateWasm } from '../../math/wasmModule';
import { wasmBase64 } from './compiled/masking.kernel.js';

/** A scalar and the u-coordinate of a point, 32 little-endian bytes each. */
export interface ScalarAndPoint {
	scalar: Uint8Array;
	point: Uint8Array;
}

/** A ChaCha20 stream of 32-byte key `seed`, to add or to subtract. */
export interface SignedStream {
	seed: Uint8Array;
	sign: 1 | -1;
}

export interface MaskingKernel {
	/** The u-coordinate of each scalar times its point. */
	multiplyPoints(factors: readonly ScalarAndPoint[]): Uint8Array[];
	/** target += the sum of sign times stream, in place. */
	addStreams(target: Uint32Array, streams: readonly SignedStream[]): void;
}

interface Exports {
	multiplyPoints(): void;
	addStream(firstBlock: number, numGroups: number, sign: number): void;
	SCALARS: WebAssembly.Global;
	POINTS: WebAssembly.Global;
	KEY: WebAssembly.Global;
	TARGET: WebAssembly.Global;
	TARGET_WORDS: WebAssembly.Global;
}

const KEY_BYTES = 32;
const WORDS_PER_BLOCK = 16;
/** The kernel makes four blocks at a time. */
const WORDS_PER_GROUP = 64;
/** Of 64 KB: the streams' target and everything else. */
const MEMORY_PAGES = 2;

let kernel: MaskingKernel | null | undefined;

/** The kernels, started when first asked for; null where the engine refuses them. */
export function maskingKernel(): MaskingKernel | null {
	if (kernel === undefined) kernel = startKernel();
	return kernel;
}

function startKernel(): MaskingKernel | null {
	try {
		const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES, maximum: MEMORY_PAGES });
		return wrap(instantiateWasm<Exports>(wasmBase64, memory), memory.buffer);
	} catch {
		// No SIMD, or no compilation at once on this thread.
		return null;
	}
}

function wrap(exports: Exports, buffer: ArrayBuffer): MaskingKernel {
	const bytesAt = (address: WebAssembly.Global, length: number) =>
		new Uint8Array(buffer, address.value as number, length);
	const scalars = bytesAt(exports.SCALARS, 2 * KEY_BYTES);
	const points = bytesAt(exports.POINTS, 2 * KEY_BYTES);
	const key = bytesAt(exports.KEY, KEY_BYTES);
	const targetWords = exports.TARGET_WORDS.value as number;
	const chunk = new Uint32Array(buffer, exports.TARGET.value as number, targetWords);

	return {
		multiplyPoints(factors) {
			const products: Uint8Array[] = [];
			for (let i = 0; i < factors.length; i += 2) {
				const pair = factors.slice(i, i + 2);
				pair.forEach(({ scalar, point }, lane) => {
					scalars.set(scalar, KEY_BYTES * lane);
					points.set(point, KEY_BYTES * lane);
				});
				exports.multiplyPoints();
				pair.forEach((_, lane) =>
					products.push(points.slice(KEY_BYTES * lane, KEY_BYTES * (lane + 1)))
				);
			}
			return products;
		},

		addStreams(target, streams) {
			for (let start = 0; start < target.length; start += targetWords) {
				const part = target.subarray(start, start + targetWords);
				chunk.set(part);
				const numGroups = Math.ceil(part.length / WORDS_PER_GROUP);
				for (const { seed, sign } of streams) {
					key.set(seed);
					exports.addStream(start / WORDS_PER_BLOCK, numGroups, sign);
				}
				part.set(chunk.subarray(0, part.length));
			}
		}
	};
}
