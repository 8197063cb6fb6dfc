/** What has come of one client in all rounds, as far as the stage has shown them. */
import { clientIn } from '../recordMemory';
import type { ClientRound, Playhead, RoundRecord } from '../roundRecord';
import { hasDropped } from '../stage/clientState';
import { isOver } from './updateStops';

export interface PastTally {
	timesChosen: number;
	timesDropped: number;
}

export interface ClientTally extends PastTally {
	/** The newest round whose training is over; 0 before the first. */
	trainedRound: number;
}

/** Of the rounds before one: they stay as they are while that is played. */
export function tallyPast(
	rounds: readonly RoundRecord[],
	roundNum: number,
	clientId: number
): PastTally {
	const parts = rounds
		.slice(0, Math.max(0, roundNum - 1))
		.flatMap((record) => clientIn(record, clientId) ?? []);
	const dropped = parts.filter(({ droppedIn }) => droppedIn !== null);
	return { timesChosen: parts.length, timesDropped: dropped.length };
}

/** With what the stage has shown of the client's part in the round itself; null where that did not choose it. */
export function tallyClient(
	past: PastTally,
	part: ClientRound | null,
	head: Playhead | null
): ClientTally {
	if (!head) return { ...past, trainedRound: 0 };
	const isDropped = part !== null && hasDropped(part, head.phase, head.progress);
	return {
		timesChosen: past.timesChosen + Number(part !== null),
		timesDropped: past.timesDropped + Number(isDropped),
		trainedRound: isOver(head, 'train') ? head.roundNum : head.roundNum - 1
	};
}
