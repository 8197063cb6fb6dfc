/** MNIST as the paper used it: 60,000 digits to train on, 10,000 to test, in memory that threads share. */
import { findSourceFolder, readSources } from '../../build/sources';
import type { Examples } from '../../lib/data/examples';
import { dealIid } from '../../lib/data/partition/iid';
import { dealShards } from '../../lib/data/partition/shards';
import { randomStream } from '../../lib/math/random';
import type { Cell } from './cells';

export interface Digits {
	train: Examples;
	test: Examples;
}

/** Reads and checks the original files; rejects with one sentence. */
export async function readDigits(): Promise<Digits> {
	const { train, test } = await readSources(findSourceFolder());
	return { train: share(train), test: share(test) };
}

/** Which training digits each client holds, 600 each at full size: a function of the split and the seed. */
export function dealDigits(
	labels: Uint8Array,
	split: Cell['split'],
	numClients: number,
	seed: number
): Uint32Array[] {
	const random = randomStream(seed, 'partition');
	return split === 'iid'
		? dealIid(labels.length, numClients, 0, random)
		: dealShards(labels, numClients, 2, random);
}

function share({ images, labels }: Examples): Examples {
	return { images: toShared(images), labels: toShared(labels) };
}

function toShared(bytes: Uint8Array): Uint8Array {
	const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
	shared.set(bytes);
	return shared;
}
