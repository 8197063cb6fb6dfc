/** Secure aggregations for tests: seeded, with inputs that nobody could mistake for masks. */
import type { Stage } from '../../src/lib/masking/messages';
import { planAggregation, type AggregationPlan } from '../../src/lib/masking/plan';
import { seededBytes } from '../../src/lib/masking/randomBytes';
import {
	runSecureAggregation,
	type AggregationEvent,
	type StageClosed
} from '../../src/lib/masking/wholeAggregation';

/** Small signed integers, different for each client, as encoded updates are. */
export function createInputs(
	clientIds: readonly number[],
	vectorLength: number
): Map<number, Uint32Array> {
	return new Map(
		clientIds.map((id, place) => [
			id,
			Uint32Array.from({ length: vectorLength }, (_, i) => ((i * 37 + place * 11) % 101) - 50)
		])
	);
}

/** The oracle: a plain loop over big integers. */
export function plainSum(
	inputs: ReadonlyMap<number, Uint32Array>,
	clientIds: readonly number[]
): Uint32Array {
	const [first] = inputs.values();
	return Uint32Array.from(first, (_, i) => {
		const total = clientIds.reduce((sum, id) => sum + BigInt(inputs.get(id)![i]), 0n);
		return Number(total % 2n ** 32n);
	});
}

export interface TestRun {
	inputs: ReadonlyMap<number, Uint32Array>;
	dropouts?: ReadonlyMap<number, Stage>;
	plan?: AggregationPlan;
	seed?: number;
	roundNum?: number;
}

/** All events of one aggregation. */
export function aggregate({
	inputs,
	dropouts = new Map(),
	plan = planAggregation(inputs.size),
	seed = 1,
	roundNum = 1
}: TestRun): AggregationEvent[] {
	return [
		...runSecureAggregation({
			roundNum,
			inputs,
			plan,
			dropouts,
			randomBytesFor: (clientId, purpose) => seededBytes(seed, roundNum, clientId, purpose)
		})
	];
}

export function stageOf(events: readonly AggregationEvent[], stage: Stage): StageClosed {
	return events.find(
		(event): event is StageClosed => event.type === 'StageClosed' && event.stage === stage
	)!;
}

/** The masked vectors that the server received, by client. */
export function maskedVectors(events: readonly AggregationEvent[]): Map<number, Uint32Array> {
	return new Map(
		stageOf(events, 'maskedInput').up.map((message) => {
			if (message.kind !== 'maskedInput') throw new Error(`Unexpected ${message.kind}`);
			return [message.clientId, message.vector];
		})
	);
}
