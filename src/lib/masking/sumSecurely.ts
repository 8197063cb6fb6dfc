/** A few updates summed by the whole protocol, with what lies at the server on the way: for lessons and code cells. */
import { randomStream } from '../math/random';
import { encodeUpdate, type FixedPoint } from './fixedPoint';
import type { Stage } from './messages';
import { planAggregation, type AggregationPlan } from './plan';
import { seededBytes } from './randomBytes';
import { addInto } from './ring';
import {
	runSecureAggregation,
	type AggregationFailed,
	type StageClosed,
	type SumUnmasked
} from './wholeAggregation';

export interface SecureSumSetup {
	/** Makes all keys and roundings. */
	seed: number;
	/** By client, at least two, all of one length n; each has weight 1. */
	updates: ReadonlyMap<number, Float32Array>;
	fixedPoint: FixedPoint;
	/** The stage in which a client falls silent. */
	dropouts: ReadonlyMap<number, Stage>;
}

/** Vectors are integers modulo 2^32, [1 + n], the weight first. */
export interface SecureSumRun {
	plan: AggregationPlan;
	/** What each client has to add. */
	encoded: ReadonlyMap<number, Uint32Array>;
	/** What each client sent that sent anything. */
	masked: ReadonlyMap<number, Uint32Array>;
	/** All of that added up, no mask taken off. */
	maskedSum: Uint32Array;
	stages: readonly StageClosed[];
	end: SumUnmasked | AggregationFailed;
}

const ROUND = 1;

export function sumSecurely({ seed, updates, fixedPoint, dropouts }: SecureSumSetup): SecureSumRun {
	const plan = planAggregation(updates.size);
	const encoded = new Map(
		[...updates].map(([id, update]) => {
			const random = randomStream(seed, 'rounding', ROUND, id);
			return [id, encodeUpdate(update, 1, fixedPoint, random)];
		})
	);
	const events = [
		...runSecureAggregation({
			roundNum: ROUND,
			inputs: encoded,
			plan,
			dropouts,
			randomBytesFor: (id, purpose) => seededBytes(seed, ROUND, id, purpose)
		})
	];
	const stages = events.filter((event) => event.type === 'StageClosed');
	const masked = new Map(
		stages
			.flatMap(({ up }) => up)
			.flatMap((message) =>
				message.kind === 'maskedInput' ? [[message.clientId, message.vector] as const] : []
			)
	);
	const [{ length }] = encoded.values();
	const end = events.find((event) => event.type !== 'StageClosed')!;
	return { plan, encoded, masked, maskedSum: addUp(masked.values(), length), stages, end };
}

/** Modulo 2^32, [length]; zeros without any vector. */
export function addUp(vectors: Iterable<Uint32Array>, length: number): Uint32Array {
	const sum = new Uint32Array(length);
	for (const vector of vectors) addInto(sum, vector);
	return sum;
}
