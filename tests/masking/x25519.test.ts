import { x25519 } from '@noble/curves/ed25519.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { publicKeysOf, scalarMultiply } from '../../src/lib/masking/x25519';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('X25519 (RFC 7748)', () => {
	it.each([
		[
			'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
			'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
			'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552'
		],
		[
			'4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
			'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
			'95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957'
		]
	])('multiplies as in section 5.2: %s', (scalar, point, product) => {
		expect(hexOf(scalarMultiply(bytesOf(scalar), bytesOf(point)))).toBe(product);
	});

	it('keeps on track over 1000 iterations (section 5.2)', () => {
		const nine = Uint8Array.of(9, ...new Array<number>(31).fill(0));
		let [scalar, point] = [nine as Uint8Array, nine as Uint8Array];
		for (let i = 1; i <= 1000; i++) {
			[scalar, point] = [scalarMultiply(scalar, point), scalar];
			if (i === 1)
				expect(hexOf(scalar)).toBe(
					'422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079'
				);
		}
		expect(hexOf(scalar)).toBe('684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51');
	});

	it('agrees between the two parties of section 6.1', () => {
		const alice = bytesOf('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
		const bob = bytesOf('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');
		const [alicePublic, bobPublic] = publicKeysOf([alice, bob]);
		expect(hexOf(alicePublic)).toBe(
			'8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a'
		);
		expect(hexOf(bobPublic)).toBe(
			'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f'
		);
		const secret = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
		expect(hexOf(scalarMultiply(alice, bobPublic))).toBe(secret);
		expect(hexOf(scalarMultiply(bob, alicePublic))).toBe(secret);
	});

	it('equals the audited implementation for any scalar and any point, on the curve or on its twist', () => {
		fc.assert(
			fc.property(bytes32, bytes32, (scalar, point) => {
				fc.pre(scalarMultiply(scalar, point).some((byte) => byte !== 0));
				expect(scalarMultiply(scalar, point)).toEqual(x25519.getSharedSecret(scalar, point));
				expect(publicKeysOf([scalar])).toEqual([x25519.getPublicKey(scalar)]);
			})
		);
	});

	it('gives zero for the points of small order', () => {
		const scalar = new Uint8Array(32).fill(77);
		const smallOrder = [
			'0000000000000000000000000000000000000000000000000000000000000000',
			'0100000000000000000000000000000000000000000000000000000000000000',
			'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
			'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800'
		];
		for (const point of smallOrder)
			expect(scalarMultiply(scalar, bytesOf(point))).toEqual(new Uint8Array(32));
	});
});
