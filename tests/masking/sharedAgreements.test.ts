import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree, createKeyPair } from '../../src/lib/masking/keyAgreement';
import { createSharedAgreements } from '../../src/lib/masking/sharedAgreements';

const pairs = Array.from({ length: 6 }, (_, i) => createKeyPair(new Uint8Array(32).fill(i + 1)));

describe('shared agreements', () => {
	it('give everybody what each would have worked out alone, in whatever order they ask', () => {
		const question = fc.record({
			own: fc.nat(pairs.length - 1),
			others: fc.array(fc.nat(pairs.length - 1), { maxLength: 7 })
		});
		fc.assert(
			fc.property(fc.array(question, { maxLength: 12 }), (questions) => {
				const agreeAll = createSharedAgreements();
				for (const { own, others } of questions) {
					const publicKeys = others.map((id) => pairs[id].publicKey);
					const alone = publicKeys.map((key) => agree(pairs[own].secretKey, key));
					expect(agreeAll(pairs[own], publicKeys)).toEqual(alone);
				}
			}),
			{ numRuns: 30 }
		);
	});

	it('refuse keys of small order like any agreement', () => {
		expect(() => createSharedAgreements()(pairs[0], [new Uint8Array(32)])).toThrow(
			'Expected a public key of large order, got one whose every secret is zero'
		);
	});
});
