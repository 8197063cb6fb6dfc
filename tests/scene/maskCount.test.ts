/** The masks of a sum, against the messages of real rounds. */
import { expect, it } from 'vitest';
import type { RunConfig } from '../../src/lib/federated/config';
import { countMasks } from '../../src/lib/scene/maskCount';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { makeRecord } from '../fixtures/roundRecords';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

async function observe(isObserved: boolean) {
	const server = createTinyServer();
	const startRun = (config: RunConfig) => server.startRun(config, isObserved);
	const config = { ...tinyConfig, secureAggregation: true, dropout: 0.2, rounds: 4 };
	const { events } = await finishRun({ ...server, startRun }, config);
	return { events, rounds: advanceRecords(noRecords, events).rounds };
}

it('counts an own mask for each update in the sum, and pairs by how many of their ends are', async () => {
	const { events, rounds } = await observe(true);
	const outcomes = events.filter((event) => event.type === 'SumUnmasked');
	for (const { roundNum, survivorIds, recoveredIds } of outcomes) {
		const record = rounds[roundNum - 1];
		const numSent = survivorIds.length;
		// A small cohort agrees on masks each with each.
		expect(countMasks(record)).toEqual({
			numOwn: numSent,
			numLost: recoveredIds.length,
			numWhole: (numSent * (numSent - 1)) / 2,
			numHalf: numSent * recoveredIds.length
		});
	}
	expect(outcomes.some(({ recoveredIds }) => recoveredIds.length > 0)).toBe(true);
});

it('knows of no pairs where nobody observes the run', async () => {
	const { rounds } = await observe(false);
	for (const record of rounds) {
		expect(countMasks(record)).toMatchObject({ numWhole: null, numHalf: null });
	}
	expect(rounds.some((record) => countMasks(record).numLost > 0)).toBe(true);
});

it('is zero in the clear', () => {
	expect(countMasks(makeRecord({ isMasked: false }))).toMatchObject({ numOwn: 0, numLost: 0 });
});
