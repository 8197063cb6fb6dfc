import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeClients } from '../../src/lib/federated/claims';
import { createCohortDeal, createSharedTakers } from '../../src/lib/workers/cohortDeal';

const shares = [
	[2, 5, 7],
	[1, 3, 6, 9]
];

/** A host that trains what it is dealt, one client a call. */
function startHost({
	clientIds,
	claims
}: ReturnType<ReturnType<typeof createCohortDeal>['begin']>) {
	const taken = takeClients(clientIds, claims);
	return () => taken.next().value as number | undefined;
}

describe('hosts that share memory', () => {
	it('take their own from the front, then those of others from the back', () => {
		const deal = createCohortDeal(shares, createSharedTakers(10));
		const [first, second] = [startHost(deal.begin(0)), startHost(deal.begin(1))];
		expect([first(), first(), second(), first(), first(), first()]).toEqual([2, 5, 1, 7, 9, 6]);
		expect([second(), second(), first()]).toEqual([3, undefined, undefined]);
	});

	it('train each client once, whoever is fast and whoever dies', () => {
		const cohorts = fc.record({
			numsOfClients: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 }),
			/** Whose turn it is, and whether that is the end of its host; what it had not answered is lost. */
			turns: fc.array(fc.record({ who: fc.nat({ max: 3 }), dies: fc.boolean() }), { maxLength: 60 })
		});
		fc.assert(
			fc.property(cohorts, ({ numsOfClients, turns }) => {
				let id = 0;
				const dealt = numsOfClients.map((num) => Array.from({ length: num }, () => id++));
				const deal = createCohortDeal(dealt, createSharedTakers(id));
				const hosts = dealt.map((_, slot) => ({ slot, train: startHost(deal.begin(slot)) }));
				const answers: number[] = [];
				const answer = (host: (typeof hosts)[number]) => {
					const clientId = host.train();
					if (clientId !== undefined) answers.push(clientId);
					if (clientId !== undefined) deal.settle(clientId);
					return clientId;
				};
				for (const { who, dies } of turns) {
					const host = hosts[who % hosts.length];
					if (!dies) answer(host);
					else {
						host.train();
						host.train = startHost(deal.begin(host.slot));
					}
				}
				for (const host of hosts) while (answer(host) !== undefined);
				expect(answers.toSorted((a, b) => a - b)).toEqual(dealt.flat());
				expect(deal.unsettled()).toEqual([]);
			})
		);
	});

	it('tell by what they took who has begun', () => {
		const deal = createCohortDeal(shares, createSharedTakers(10));
		const [first, second] = [startHost(deal.begin(0)), startHost(deal.begin(1))];
		// About to begin: nobody has taken anything yet.
		expect([deal.nextBegun(0), deal.nextBegun(1)]).toEqual([2, 1]);
		for (let i = 0; i < 3; i++) expect(deal.settle(first()!)).toBe(i === 0);
		expect(second()).toBe(1);
		expect(deal.owed(0)).toBeUndefined();
		expect(deal.nextBegun(0)).toBeUndefined();
		expect(first()).toBe(9);
		expect([deal.nextBegun(0), deal.nextBegun(0), deal.owed(0)]).toEqual([9, undefined, 9]);
		expect([deal.nextBegun(1), deal.owed(1)]).toEqual([3, 1]);
	});
});

describe('hosts that share none', () => {
	it('keep to what they were dealt, and a new one to what is left of it', () => {
		const deal = createCohortDeal(shares, null);
		expect(deal.begin(1)).toEqual({ clientIds: [1, 3, 6, 9] });
		expect([deal.nextBegun(1), deal.settle(1), deal.nextBegun(1)]).toEqual([1, true, 3]);
		expect(deal.begin(1)).toEqual({ clientIds: [3, 6, 9] });
		expect([deal.owed(1), deal.nextBegun(1)]).toEqual([3, 6]);
		expect(deal.unsettled()).toEqual([2, 5, 7, 3, 6, 9]);
	});
});
