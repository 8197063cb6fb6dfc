/** What a client came to, as far as the stage has shown it, against the engine's own counts. */
import { expect, it } from 'vitest';
import { tallyClient, tallyPast } from '../../src/lib/scene/inspect/clientTally';
import type { Playhead } from '../../src/lib/scene/roundRecord';
import { advanceRecords, noRecords } from '../../src/lib/scene/runRecords';
import { advanceSnapshot, emptySnapshot } from '../../src/lib/scene/runSnapshot';
import { createTinyServer, finishRun, tinyConfig } from '../fixtures/runs';

const config = { ...tinyConfig, secureAggregation: true, dropout: 0.5, baselines: false };
const { events } = await finishRun(createTinyServer(), config);
const { rounds } = advanceRecords(noRecords, events);
/** As the client's card puts it together. */
function tallyAt(head: Playhead | null, id: number) {
	const roundNum = head?.roundNum ?? 0;
	const part = rounds[roundNum - 1]?.clients.find((client) => client.id === id) ?? null;
	return tallyClient(tallyPast(rounds, roundNum, id), part, head);
}

const endOf = (roundNum: number) => ({ roundNum, phase: 'evaluate', progress: 1 }) as const;

it('counts, at the end of each round, what the engine had come to by then', () => {
	for (const { roundNum } of rounds) {
		const isLater = (event: (typeof events)[number]) =>
			'roundNum' in event && event.roundNum > roundNum;
		const { clients } = advanceSnapshot(
			emptySnapshot,
			events.filter((event) => !isLater(event))
		);
		for (const { id, timesChosen, timesDropped } of clients) {
			const tally = tallyAt(endOf(roundNum), id);
			expect(tally).toEqual({ timesChosen, timesDropped, trainedRound: roundNum });
		}
		expect(clients.some(({ timesDropped }) => timesDropped > 0)).toBe(true);
	}
});

it('knows of no drop-out and of no loss that the stage has not come to', () => {
	const dropped = rounds[1].clients.find(({ droppedIn }) => droppedIn === 'mask')!;
	const before = tallyAt(endOf(1), dropped.id);
	const at = (phase: 'broadcast' | 'mask', progress: number) =>
		tallyAt({ roundNum: 2, phase, progress }, dropped.id);
	const isChosen = { ...before, timesChosen: before.timesChosen + 1 };
	expect(at('broadcast', 1)).toEqual(isChosen);
	expect(at('mask', 0.1)).toEqual({ ...isChosen, trainedRound: 2 });
	expect(at('mask', 1).timesDropped).toBe(before.timesDropped + 1);
	expect(tallyAt(null, dropped.id).timesChosen).toBe(0);
});
