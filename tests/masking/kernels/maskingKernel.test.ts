/** The compiled kernels against the TypeScript they stand in for, and both against the published vectors. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskingKernel, type SignedStream } from '../../../src/lib/masking/kernels/maskingKernel';
import { addStreams } from '../../../src/lib/masking/maskStream';
import { scalarMultiply, scalarMultiplyAll } from '../../../src/lib/masking/x25519';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: ArrayLike<number>) => Buffer.from(bytes).toString('hex');
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const kernel = maskingKernel()!;

describe('the masking kernel', () => {
	it('starts on this engine, once', () => {
		expect(kernel).not.toBeNull();
		expect(maskingKernel()).toBe(kernel);
	});
});

describe('X25519, two at a time', () => {
	/** RFC 7748, section 5.2. */
	const vectors = [
		{
			scalar: bytesOf('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4'),
			point: bytesOf('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c')
		},
		{
			scalar: bytesOf('4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d'),
			point: bytesOf('e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493')
		}
	];
	const products = [
		'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
		'95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957'
	];

	it('multiplies as in RFC 7748, in either lane', () => {
		const [first, second] = vectors;
		expect(kernel.multiplyPoints(vectors).map(hexOf)).toEqual(products);
		expect(kernel.multiplyPoints([second, first]).map(hexOf)).toEqual([...products].reverse());
		expect(kernel.multiplyPoints([second]).map(hexOf)).toEqual([products[1]]);
		expect(kernel.multiplyPoints([])).toEqual([]);
	});

	it('equals the ladder in TypeScript for any scalars and points, in any number', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ scalar: bytes32, point: bytes32 }), { minLength: 1, maxLength: 5 }),
				(factors) => {
					const expected = factors.map(({ scalar, point }) => scalarMultiply(scalar, point));
					expect(kernel.multiplyPoints(factors)).toEqual(expected);
					expect(scalarMultiplyAll(factors, null)).toEqual(expected);
				}
			)
		);
	});

	it('keeps to it at the edges of the field: points of small order and numbers from p on', () => {
		const nearPrime = Array.from({ length: 20 }, (_, i) => {
			const point = new Uint8Array(32).fill(255);
			point[0] = 236 + i;
			point[31] = 127;
			return point;
		});
		const small = ['00', '01', '02', '09'].map((first) => bytesOf(first + '00'.repeat(31)));
		const scalar = Uint8Array.from({ length: 32 }, (_, i) => 7 * i + 3);
		const factors = [...nearPrime, ...small].map((point) => ({ scalar, point }));
		const results = kernel.multiplyPoints(factors);
		expect(results).toEqual(factors.map(({ point }) => scalarMultiply(scalar, point)));
		expect(hexOf(results[nearPrime.length])).toBe('00'.repeat(32));
		expect(new Set(results.map(hexOf)).size).toBeGreaterThan(15);
	});
});

describe('mask streams, four blocks at a time', () => {
	it('are ChaCha20 (RFC 8439, appendix A.1, vectors 1 and 2)', () => {
		const target = new Uint32Array(32);
		kernel.addStreams(target, [{ seed: new Uint8Array(32), sign: 1 }]);
		expect(hexOf(new Uint8Array(target.buffer))).toBe(
			'76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7' +
				'da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586' +
				'9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed' +
				'29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f'
		);
	});

	it.each([0, 1, 63, 64, 65, 7851, 16_383, 16_384, 16_385, 50_000])(
		'equal the TypeScript on %d integers, whichever signs, and leave the rest alone',
		(length) => {
			const streams = Array.from({ length: 5 }, (_, k): SignedStream => ({
				seed: Uint8Array.from({ length: 32 }, (_, i) => 31 * i + 7 * k + length),
				sign: k % 2 === 0 ? 1 : -1
			}));
			const all = Uint32Array.from({ length: length + 8 }, (_, i) => 2654435761 * i);
			const expected = all.slice();
			kernel.addStreams(all.subarray(4, 4 + length), streams);
			addStreams(expected.subarray(4, 4 + length), streams, null);
			expect(all).toEqual(expected);
		}
	);
});
