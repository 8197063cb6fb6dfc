/** The table of secure aggregation, of any round that is looked at, against the events of the run. */
import { describe, expect, it } from 'vitest';
import {
	aggregationRows,
	aggregationVerdict,
	roundUpTo
} from '../../../src/lib/figures/cards/aggregationRows';
import type { RunEvent } from '../../../src/lib/federated/events';
import type { Phase } from '../../../src/lib/scene/roundRecord';
import { advanceRecords, noRecords } from '../../../src/lib/scene/runRecords';
import {
	advanceSnapshot,
	emptySnapshot,
	keyAndShareBytes
} from '../../../src/lib/scene/runSnapshot';
import { createTinyServer, finishRun, tinyConfig } from '../../fixtures/runs';

const { events } = await finishRun(createTinyServer(), {
	...tinyConfig,
	secureAggregation: true,
	dropout: 0.5,
	rounds: 8
});
const { rounds } = advanceRecords(noRecords, events);
const modelBytes = 31_400;

function only<Type extends RunEvent['type']>(roundNum: number, type: Type) {
	return events.filter(
		(event): event is Extract<RunEvent, { type: Type }> =>
			event.type === type && 'roundNum' in event && event.roundNum === roundNum
	);
}

describe('aggregationRows', () => {
	it('counts who trained, and in each stage who was there and what crossed, in every round', () => {
		for (const record of rounds) {
			const [train, ...stages] = aggregationRows(record, modelBytes);
			const numChosen = only(record.roundNum, 'CohortSampled')[0].clientIds.length;
			const numTrained = only(record.roundNum, 'ClientTrained').length;
			expect(train.closed).toEqual({
				numPresent: numTrained,
				numLost: numChosen - numTrained,
				numBytesUp: 0,
				numBytesDown: modelBytes * numChosen
			});
			const closed = only(record.roundNum, 'AggregationStageClosed');
			expect(stages.map((row) => row.closed)).toEqual(
				stages.map((_, index) =>
					closed[index]
						? {
								numPresent: closed[index].presentIds.length,
								numLost: closed[index].droppedIds.length,
								numBytesUp: closed[index].numBytesUp,
								numBytesDown: closed[index].numBytesDown
							}
						: null
				)
			);
		}
		expect(events.some(({ type }) => type === 'ClientDropped')).toBe(true);
	});

	it('has nothing to tell before the first round', () => {
		expect(aggregationRows(null, 0).map(({ closed }) => closed)).toEqual(Array(5).fill(null));
	});
});

describe('roundUpTo', () => {
	it('tells of each stage once the stage has shown it, and of the outcome last', () => {
		const full = rounds.find(({ outcome }) => outcome?.type === 'SumUnmasked')!;
		const upTo = (phase: Phase, progress: number) =>
			roundUpTo(full, { roundNum: full.roundNum, phase, progress });
		const numClosed = (phase: Phase, progress: number) =>
			aggregationRows(upTo(phase, progress), modelBytes).filter(({ closed }) => closed).length;
		const shown = ['broadcast', 'train', 'mask', 'upload', 'sum', 'unmask'] as const;
		expect(shown.map((phase) => numClosed(phase, 0.9))).toEqual([0, 1, 1, 3, 4, 4]);
		expect(shown.map((phase) => numClosed(phase, 1))).toEqual([1, 1, 3, 4, 4, 5]);
		expect(upTo('sum', 1).outcome).toBeNull();
		expect(aggregationVerdict(upTo('upload', 0.9))).toContain('not all masked updates have');
		expect(aggregationVerdict(upTo('upload', 1))).toContain('can read none of them');
		expect(upTo('evaluate', 1)).toEqual(full);
	});

	it('tells what training costs once the model is sent, and who answered once it is over', () => {
		const [record] = rounds;
		const training = (progress: number) => {
			const seen = roundUpTo(record, { roundNum: 1, phase: 'train', progress });
			return aggregationRows(seen, modelBytes)[0].closed;
		};
		const numBytesDown = modelBytes * record.clients.length;
		expect(training(0.5)).toMatchObject({ numPresent: null, numLost: null, numBytesDown });
		const numPresent = record.clients.filter(({ isTrained }) => isTrained).length;
		expect(training(1)).toMatchObject({ numPresent, numBytesDown });
	});
});

describe('aggregationVerdict', () => {
	it('names the sum and the repairs of each round', () => {
		for (const { survivorIds, recoveredIds, roundNum } of events.filter(
			(event) => event.type === 'SumUnmasked'
		)) {
			const verdict = aggregationVerdict(rounds[roundNum - 1]);
			expect(verdict).toContain(`sum of ${survivorIds.length}\u00a0update`);
			if (recoveredIds.length > 0)
				expect(verdict).toContain(`for ${recoveredIds.length}\u00a0drop`);
			else expect(verdict).not.toContain('rebuilt');
		}
	});
});

it('has kept all bytes of keys and shares, round by round', () => {
	const sum = rounds.reduce((total, { stages }) => total + keyAndShareBytes(stages), 0);
	expect(sum).toBeGreaterThan(0);
	expect(sum).toBe(advanceSnapshot(emptySnapshot, events).maskBytes);
});
