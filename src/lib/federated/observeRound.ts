/** The server's side of the glass wall: its sums with and without masks, the check, and the model in pictures. */
import { shortKey } from '../masking/fingerprint';
import type { KeyAdvertisement, MaskedInput } from '../masking/messages';
import { addInto } from '../masking/ring';
import { subtract } from '../math/vector';
import { joinEnds } from './maskColumns';
import type { ModelObserved } from './events';
import type { MasksObserved, SumObserved } from './maskingEvents';
import {
	drawHistograms,
	drawModel,
	sampleIntegers,
	strongestPicture,
	viewIntegers,
	viewUpdate
} from './numberPicture';
import type { MaskingView, ModelLens, UpdateView } from './observation';

export interface MaskedArrivals {
	roundNum: number;
	/** Ascending by client. */
	inputs: readonly MaskedInput[];
	keys: readonly KeyAdvertisement[];
	/** What the hosts of these clients told; a host that died meanwhile told nothing. */
	views: readonly MaskingView[];
}

/** The masked sum growing, beside the sum that nobody but the observer sees. */
export function observeMasks(arrivals: MaskedArrivals, lens: ModelLens): MasksObserved {
	const { roundNum, inputs, keys, views } = arrivals;
	const plainSum = sumInputs(views);
	const chosen = plainSum ? strongestPicture(signed(plainSum).subarray(1), lens) : 0;
	const viewOf = new Map(views.map((view) => [view.clientId, view]));
	const keyOf = new Map(keys.map(({ clientId, maskKey }) => [clientId, shortKey(maskKey)]));
	return {
		type: 'MasksObserved',
		roundNum,
		clients: inputs.map(({ clientId, vector }) => {
			const view = viewOf.get(clientId);
			return {
				clientId,
				publicKey: keyOf.get(clientId) ?? '',
				masked: viewIntegers(vector, lens, view?.chosen ?? chosen),
				coded: view ? sampleIntegers(signed(view.input), lens, view.chosen) : null
			};
		}),
		masks: joinEnds(
			inputs.map(({ clientId }) => ({ clientId, ends: viewOf.get(clientId)?.ends ?? [] }))
		),
		runningSums: viewSums(
			inputs.map(({ vector }) => vector),
			(sum) => viewIntegers(sum, lens, chosen)
		),
		plainSums: viewSums(
			views.map(({ input }) => input),
			(sum) => viewUpdate(signed(sum).subarray(1), lens, chosen)
		)
	};
}

/** Whether the unmasked sum is the plain one, number by number, and how it looks. */
export function compareSums(
	roundNum: number,
	unmasked: Uint32Array,
	plain: Uint32Array,
	lens: ModelLens
): SumObserved {
	return {
		type: 'SumObserved',
		roundNum,
		numCompared: unmasked.length,
		numDiffering: unmasked.reduce((n, value, i) => n + Number(value !== plain[i]), 0),
		unmasked: viewUpdate(
			signed(unmasked).subarray(1),
			lens,
			strongestPicture(signed(plain).subarray(1), lens)
		)
	};
}

/** The plain sum of what these clients put in, modulo 2^32; null without any. */
export function sumInputs(views: readonly MaskingView[]): Uint32Array | null {
	const [first, ...others] = views;
	if (!first) return null;
	const sum = first.input.slice();
	for (const { input } of others) addInto(sum, input);
	return sum;
}

/** The model before the first round. */
export function observeInitialModel(params: Float32Array, lens: ModelLens): ModelObserved {
	return observeModel(
		{ roundNum: 0, before: params, after: params, mean: null, noised: null },
		lens
	);
}

export interface ModelChange {
	roundNum: number;
	before: Float32Array;
	after: Float32Array;
	/** The mean update; null where there was no sum. */
	mean: ArrayLike<number> | null;
	/** The mean with the server's own noise; null where it adds none. */
	noised: ArrayLike<number> | null;
}

/** The model after a round, what the round added, and the mean that made it. */
export function observeModel(
	{ roundNum, before, after, mean, noised }: ModelChange,
	lens: ModelLens
): ModelObserved {
	const chosen = mean ? strongestPicture(mean, lens) : 0;
	return {
		type: 'ModelObserved',
		roundNum,
		mean: mean && viewUpdate(mean, lens, chosen),
		noised: noised && viewUpdate(noised, lens, chosen),
		pictures: drawModel(after, lens),
		change: drawModel(subtract(after, before), lens),
		histograms: drawHistograms(after, lens)
	};
}

/** The sum of the first vector, of the first two, and so on, each looked at before the next one is added. */
function viewSums(
	vectors: readonly Uint32Array[],
	look: (sum: Uint32Array) => UpdateView
): UpdateView[] {
	const sum = new Uint32Array(vectors[0]?.length ?? 0);
	return vectors.map((vector) => {
		addInto(sum, vector);
		return look(sum);
	});
}

function signed(vector: Uint32Array): Int32Array {
	return new Int32Array(vector.buffer, vector.byteOffset, vector.length);
}
