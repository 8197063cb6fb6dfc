import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyPair } from '../../src/lib/masking/keyAgreement';
import { stages, type Stage } from '../../src/lib/masking/messages';
import { planAggregation, type AggregationPlan } from '../../src/lib/masking/plan';
import type { AggregationEvent } from '../../src/lib/masking/wholeAggregation';
import { createRecovery } from '../../src/lib/masking/secretSharing';
import { aggregate, createInputs, maskedVectors, plainSum, stageOf } from './aggregations';

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Who should be left after each stage, by counting. */
function presentAfter(
	clientIds: readonly number[],
	dropouts: ReadonlyMap<number, Stage>
): number[][] {
	return stages.map((_, last) =>
		clientIds.filter((id) => {
			const left = dropouts.get(id);
			return left === undefined || stages.indexOf(left) > last;
		})
	);
}

/** Checks an aggregation of a complete graph against the counts and the plain sum. */
function expectOutcome(
	events: readonly AggregationEvent[],
	inputs: ReadonlyMap<number, Uint32Array>,
	dropouts: ReadonlyMap<number, Stage>,
	plan: AggregationPlan
): void {
	const present = presentAfter(
		[...inputs.keys()].sort((a, b) => a - b),
		dropouts
	);
	const end = events[events.length - 1];
	const needed = [plan.minClients, plan.minClients, plan.minClients, plan.threshold];
	const shortStage = present.findIndex((ids, stage) => ids.length < needed[stage]);
	if (shortStage >= 0) {
		expect(end).toMatchObject({
			type: 'AggregationFailed',
			stage: stages[shortStage],
			numPresent: present[shortStage].length,
			numNeeded: needed[shortStage]
		});
		return;
	}
	const [, shared, inSum] = present;
	expect(end).toEqual({
		type: 'SumUnmasked',
		sum: plainSum(inputs, inSum),
		survivorIds: inSum,
		recoveredIds: shared.filter((id) => !inSum.includes(id))
	});
}

const dropoutPattern = fc.array(fc.option(fc.constantFrom(...stages), { nil: null, freq: 3 }), {
	minLength: 12,
	maxLength: 12
});

describe('the secure sum', () => {
	it('equals the plain sum exactly, or fails cleanly, for any clients, sizes and drop-outs', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(fc.nat({ max: 2000 }), { minLength: 2, maxLength: 9 }),
				fc.integer({ min: 0, max: 60 }),
				dropoutPattern,
				fc.constantFrom('clients' as const, 'server' as const, 'serverAndClients' as const),
				fc.nat(),
				(clientIds, vectorLength, pattern, adversary, seed) => {
					const inputs = createInputs(clientIds, vectorLength);
					const dropouts = new Map(
						clientIds.flatMap((id, i) => (pattern[i] ? [[id, pattern[i]] as const] : []))
					);
					const plan = planAggregation(clientIds.length, {
						adversary,
						corruptRate: 0,
						dropoutRate: 0.33
					});
					const events = aggregate({ inputs, dropouts, plan, seed });
					expectOutcome(events, inputs, dropouts, plan);
				}
			),
			{ numRuns: 60 }
		);
	});

	it('equals the plain sum for any 32-bit inputs, extremes included', () => {
		const word = fc.oneof(fc.constantFrom(0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1), fc.nat());
		const vector = fc.array(word, { minLength: 3, maxLength: 3 });
		fc.assert(
			fc.property(fc.array(vector, { minLength: 2, maxLength: 5 }), (vectors) => {
				const inputs = new Map(vectors.map((words, id) => [id, Uint32Array.from(words)]));
				expectOutcome(aggregate({ inputs }), inputs, new Map(), planAggregation(vectors.length));
			}),
			{ numRuns: 20 }
		);
	});

	it.each(stages)('survives one drop-out too few to matter at %s, and not one more', (stage) => {
		const clientIds = range(7);
		const inputs = createInputs(clientIds, 20);
		const plan = planAggregation(7); // threshold 4: three may go
		for (const numDropped of [3, 4]) {
			const dropouts = new Map(clientIds.slice(0, numDropped).map((id) => [id, stage]));
			const events = aggregate({ inputs, dropouts, plan });
			expectOutcome(events, inputs, dropouts, plan);
			expect(events[events.length - 1].type).toBe(
				numDropped === 3 ? 'SumUnmasked' : 'AggregationFailed'
			);
		}
	});

	it('says why it failed', () => {
		const dropouts = new Map(range(6).map((id) => [id, 'maskedInput'] as const));
		const events = aggregate({ inputs: createInputs(range(10), 4), dropouts });
		expect(events[events.length - 1]).toEqual({
			type: 'AggregationFailed',
			stage: 'maskedInput',
			numNeeded: 6,
			numPresent: 4,
			reason:
				'4 of the 6 clients needed sent their masked updates: the sum stays masked and the model as it was'
		});
		expect(stageOf(events, 'maskedInput').down).toEqual([]);
	});

	it('holds for a model of 7,850 parameters with drop-outs at every stage', () => {
		const inputs = createInputs(range(12), 7851);
		const dropouts = new Map<number, Stage>([
			[0, 'advertiseKeys'],
			[5, 'shareKeys'],
			[7, 'maskedInput'],
			[11, 'maskedInput'],
			[3, 'unmask']
		]);
		const events = aggregate({ inputs, dropouts });
		expectOutcome(events, inputs, dropouts, planAggregation(12));
		expect(events.map((event) => ('droppedIds' in event ? event.droppedIds : null))).toEqual([
			[0],
			[5],
			[7, 11],
			[3],
			null
		]);
	});

	it('holds for 40 clients, complete', () => {
		const inputs = createInputs(range(40), 50);
		const dropouts = new Map<number, Stage>(range(12).map((id) => [3 * id, stages[id % 4]]));
		expectOutcome(aggregate({ inputs, dropouts }), inputs, dropouts, planAggregation(40));
	});

	it('holds for 80 clients on a sparse graph, a quarter of them dropping out', () => {
		const inputs = createInputs(range(80), 50);
		const dropouts = new Map<number, Stage>(range(20).map((id) => [4 * id, stages[id % 4]]));
		const plan = planAggregation(80);
		const events = aggregate({ inputs, dropouts, plan });
		expect(plan.degree).toBeLessThan(40);
		for (const message of stageOf(events, 'advertiseKeys').down)
			if (message.kind === 'keyList') expect(message.neighbors.length).toBe(plan.degree);
		expectOutcome(events, inputs, dropouts, plan);
	});

	it('fails on a sparse graph when more leave than it was built for', () => {
		const dropouts = new Map<number, Stage>(range(30).map((id) => [2 * id, 'shareKeys']));
		const events = aggregate({ inputs: createInputs(range(64), 3), dropouts });
		expect(events[events.length - 1]).toMatchObject({
			type: 'AggregationFailed',
			stage: 'shareKeys',
			numPresent: 34,
			numNeeded: 43
		});
	});
});

describe('a client whose neighbors all leave', () => {
	const plan = { numClients: 14, degree: 4, threshold: 3, minClients: 8 };
	const inputs = createInputs(range(14), 5);
	const neighborsOf = (clientId: number) =>
		stageOf(aggregate({ inputs, plan }), 'advertiseKeys').down.flatMap((message) =>
			message.kind === 'keyList' && message.clientId === clientId
				? message.neighbors.map((keys) => keys.clientId)
				: []
		);
	const lonely = 6;
	const dropoutsAt = (stage: Stage) => new Map(neighborsOf(lonely).map((id) => [id, stage]));

	it('is left out of the sum when they did not share', () => {
		const events = aggregate({ inputs, plan, dropouts: dropoutsAt('shareKeys') });
		const inSum = range(14).filter((id) => id !== lonely && !neighborsOf(lonely).includes(id));
		expect(stageOf(events, 'maskedInput').droppedIds).toEqual([lonely]);
		expect(events[events.length - 1]).toEqual({
			type: 'SumUnmasked',
			sum: plainSum(inputs, inSum),
			survivorIds: inSum,
			recoveredIds: []
		});
	});

	it('ends the round when they took the shares of it with them', () => {
		const events = aggregate({ inputs, plan, dropouts: dropoutsAt('maskedInput') });
		expect(events[events.length - 1]).toMatchObject({
			type: 'AggregationFailed',
			stage: 'unmask',
			numPresent: 1,
			numNeeded: 3
		});
	});
});

describe('replaying', () => {
	const inputs = createInputs([1, 2, 3], 6);

	it('gives the same messages for the same seed, and others for another seed or round', () => {
		expect(aggregate({ inputs, seed: 5 })).toEqual(aggregate({ inputs, seed: 5 }));
		const vectors = [
			aggregate({ inputs, seed: 5 }),
			aggregate({ inputs, seed: 6 }),
			aggregate({ inputs, seed: 5, roundNum: 2 })
		].map((events) => maskedVectors(events).get(1)!.join());
		expect(new Set(vectors).size).toBe(3);
	});
});

describe('a key that a recovery reveals', () => {
	const inputs = createInputs([0, 1, 2, 3, 4], 4);
	const dropouts = new Map([[2, 'maskedInput']] as const);
	const rounds = [1, 2, 3].map((roundNum) => aggregate({ inputs, dropouts, roundNum }));

	/** What the server can compute in a round: the mask key of client 2. */
	const recovered = rounds.map((events) => {
		const shares = stageOf(events, 'unmask').up.flatMap((message) =>
			message.kind === 'revealedShares'
				? message.maskKeyShares.map(({ share }) => ({ holderId: message.clientId, bytes: share }))
				: []
		);
		return createKeyPair(createRecovery(3)(shares)).publicKey.join();
	});
	const advertised = rounds.map((events) =>
		stageOf(events, 'advertiseKeys').up.flatMap((message) =>
			message.kind === 'keyAdvertisement' ? [message.channelKey.join(), message.maskKey.join()] : []
		)
	);

	it('is the one that was advertised in that round', () => {
		recovered.forEach((key, i) => expect(advertised[i]).toContain(key));
	});

	it('is never used again: no key of any client appears in two rounds', () => {
		const all = advertised.flat();
		expect(all.length).toBe(3 * 5 * 2);
		expect(new Set(all).size).toBe(all.length);
	});
});
