/**
 * What a host keeps for the observer of a run, client by client, until it is fetched: how its update looked at
 * each stop, and what its masks were agreed with. Only observed runs have one.
 */
import type { Examples } from '../data/examples';
import { fingerprint, firstOfMask } from '../masking/fingerprint';
import { addScaled } from '../math/vector';
import type { RunConfig } from './config';
import type { Learner } from './learner';
import { NUM_FIRST } from './maskColumns';
import { strongestPicture, viewUpdate } from './numberPicture';
import type { HeldOutView, MaskEnd, MaskingView, ModelLens, TrainingView } from './observation';
import { decodeWithNoise, planDistributedNoise } from './privateUpdate';
import type { BroadcastMessage, ClientOutput } from './records';

/** The update at its stops; null where the run has no such stop. */
export interface TrainingStops {
	stepLosses: Float32Array;
	trained: Float32Array;
	clipped: Float32Array | null;
	noised: ArrayLike<number> | null;
	/** Integers before masking; null in the clear. */
	input: Uint32Array | null;
	heldOut: HeldOutView | null;
}

export interface ClientWatch {
	keepTraining(roundNum: number, clientId: number, stops: TrainingStops): void;
	keepMask(clientId: number, peerId: number, maskSecret: Uint8Array): void;
	/** What was kept, once. Null where nothing was. */
	takeTraining(clientId: number): TrainingView | null;
	takeMasking(clientId: number): MaskingView | null;
}

interface Watched {
	roundNum: number;
	training: TrainingView;
	masking: MaskingView | null;
}

export function createClientWatch(lens: ModelLens): ClientWatch {
	const watched = new Map<number, Watched>();

	return {
		keepTraining(roundNum, clientId, stops) {
			for (const [id, earlier] of watched) if (earlier.roundNum !== roundNum) watched.delete(id);
			const { stepLosses, trained, clipped, noised, input, heldOut } = stops;
			const chosen = strongestPicture(trained, lens);
			watched.set(clientId, {
				roundNum,
				training: {
					stepLosses,
					trained: viewUpdate(trained, lens, chosen),
					clipped: clipped && viewUpdate(clipped, lens, chosen),
					noised: noised && viewUpdate(noised, lens, chosen),
					heldOut
				},
				masking: input && { clientId, chosen, ends: [], input: input.slice() }
			});
		},
		keepMask(clientId, peerId, maskSecret) {
			const client = watched.get(clientId);
			if (!client?.masking) return;
			const first = firstOfMask(maskSecret, client.roundNum, clientId, peerId, NUM_FIRST);
			const end: MaskEnd = { peerId, fingerprint: fingerprint(maskSecret), first };
			client.masking.ends.push(end);
		},
		takeTraining: (clientId) => watched.get(clientId)?.training ?? null,
		takeMasking(clientId) {
			const masking = watched.get(clientId)?.masking ?? null;
			watched.delete(clientId);
			return masking;
		}
	};
}

/** The same learner, and the losses of the steps it takes. */
export function listenTo(learner: Learner): { learner: Learner; stepLosses: readonly number[] } {
	const stepLosses: number[] = [];
	const listening: Learner = {
		...learner,
		train(...task) {
			const result = learner.train(...task);
			stepLosses.push(...result.losses);
			return result;
		}
	};
	return { learner: listening, stepLosses };
}

/** The update after the clip and after its own noise. Distributed noise is in the integers that will be masked. */
export function protectedStops(
	{ clip, cohortSize }: BroadcastMessage,
	config: RunConfig,
	clipped: ClientOutput,
	noised: ClientOutput,
	input: Uint32Array | null
): Pick<TrainingStops, 'clipped' | 'noised'> {
	if (config.dp === 'none') return { clipped: null, noised: null };
	if (config.dp === 'local') return { clipped: clipped.delta, noised: noised.delta };
	if (config.dp === 'central' || !input) return { clipped: clipped.delta, noised: null };
	const plan = planDistributedNoise(config, clip, cohortSize, clipped.delta.length);
	return { clipped: clipped.delta, noised: decodeWithNoise(input, plan).total };
}

/** How the received and the trained model do on held-out digits; null without any. */
export function compareOn(
	heldOut: Examples,
	learner: Learner,
	params: Float32Array,
	delta: Float32Array
): HeldOutView | null {
	const numExamples = heldOut.labels.length;
	if (numExamples === 0) return null;
	const accuracy = (model: Float32Array) =>
		learner.predict(model, heldOut, false).isCorrect.reduce((sum, one) => sum + one, 0) /
		numExamples;
	return {
		numExamples,
		received: accuracy(params),
		trained: accuracy(addScaled(params, 1, delta))
	};
}
