/**
 * Key agreement where one machine plays several clients: both ends of a pair get the same secret, so what the first
 * has worked out is handed to the second. Each still needs a secret key of the pair to ask.
 */
import { bytesToHex } from '@noble/hashes/utils.js';
import { agreeAll, type AgreeAll } from './keyAgreement';

/** An agreement that remembers every pair; for one round, then it is to be forgotten. */
export function createSharedAgreements(): AgreeAll {
	const known = new Map<string, Uint8Array>();
	return (own, publicKeys) => {
		const ownName = bytesToHex(own.publicKey);
		const names = publicKeys.map((publicKey) => pairName(ownName, bytesToHex(publicKey)));
		const missing = names.map((_, i) => i).filter((i) => !known.has(names[i]));
		const secrets = agreeAll(
			own,
			missing.map((i) => publicKeys[i])
		);
		missing.forEach((i, place) => known.set(names[i], secrets[place]));
		return names.map((name) => known.get(name)!);
	};
}

function pairName(one: string, other: string): string {
	return one < other ? one + other : other + one;
}
