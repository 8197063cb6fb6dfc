/** What has come of one client in all rounds, as far as the stage has shown them. */
import { clientIn } from '../recordMemory';
import type { Playhead, RoundRecord } from '../roundRecord';
import { hasDropped } from '../stage/clientState';
import { isOver } from './updateStops';

export interface ClientTally {
	timesChosen: number;
	timesDropped: number;
	/** The newest round whose training is over; 0 before the first. */
	trainedRound: number;
}

export function tallyClient(
	rounds: readonly RoundRecord[],
	head: Playhead | null,
	clientId: number
): ClientTally {
	if (!head) return { timesChosen: 0, timesDropped: 0, trainedRound: 0 };
	const { roundNum, phase, progress } = head;
	const parts = rounds.slice(0, roundNum).flatMap((record) => {
		const part = clientIn(record, clientId);
		return part ? [{ part, isPast: record.roundNum < roundNum }] : [];
	});
	const dropped = parts.filter(({ part, isPast }) =>
		isPast ? part.droppedIn !== null : hasDropped(part, phase, progress)
	);
	return {
		timesChosen: parts.length,
		timesDropped: dropped.length,
		trainedRound: isOver(head, 'train') ? roundNum : roundNum - 1
	};
}
