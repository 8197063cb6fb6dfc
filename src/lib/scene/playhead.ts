/** Where the reader looks, moved: by time, by phase, by round. Pure steps over the records; no clock, no engine. */
import type { RunRecords } from './runRecords';
import { phases, type Phase, type Playhead, type RoundRecord } from './roundRecord';

/** How long the motion of each phase takes at speed 1, in milliseconds. */
export const phaseDurationMs: Readonly<Record<Phase, number>> = {
	choose: 1200,
	broadcast: 1200,
	train: 2600,
	clip: 1600,
	mask: 2200,
	upload: 1600,
	sum: 2400,
	unmask: 2200,
	apply: 1600,
	evaluate: 1800
};

/** The first thing to see; null while there is nothing. */
export function firstPlayhead(records: RunRecords): Playhead | null {
	const first = records.rounds.find(({ reached }) => reached.length > 0);
	return first ? { roundNum: first.roundNum, phase: first.reached[0], progress: 0 } : null;
}

/** The newest thing there is, with its motion over; null while there is nothing. */
export function newestPlayhead(records: RunRecords): Playhead | null {
	const newest = records.rounds.findLast(({ reached }) => reached.length > 0);
	return newest ? settle(newest, newest.reached[newest.reached.length - 1]) : null;
}

/** Where the playhead may stand: itself, or else the newest moment before it. Null while there is nothing. */
export function clampPlayhead(records: RunRecords, head: Playhead): Playhead | null {
	const newest = newestPlayhead(records);
	const first = firstPlayhead(records);
	if (!newest || !first) return null;
	const roundNum = Math.round(Math.min(newest.roundNum, Math.max(first.roundNum, head.roundNum)));
	if (roundNum < head.roundNum) return newest;
	if (roundNum > head.roundNum) return first;
	const { reached } = recordOf(records, roundNum);
	if (reached.includes(head.phase)) {
		return { ...head, progress: Math.min(1, Math.max(0, head.progress)) };
	}
	const earlier = reached.findLast((phase) => phases.indexOf(phase) < phases.indexOf(head.phase));
	return earlier ? { roundNum, phase: earlier, progress: 1 } : { ...first, progress: 1 };
}

/** The playhead after so much time; it rests at the end of what there is. Speed 1 is `phaseDurationMs`. */
export function movePlayhead(
	records: RunRecords,
	head: Playhead,
	elapsedMs: number,
	speed: number
): Playhead {
	let moved = clampPlayhead(records, head) ?? head;
	let leftMs = elapsedMs * speed;
	for (;;) {
		const durationMs = phaseDurationMs[moved.phase];
		const neededMs = (1 - moved.progress) * durationMs;
		if (leftMs < neededMs) return { ...moved, progress: moved.progress + leftMs / durationMs };
		const next = nextPhase(records, moved);
		if (!next) return { ...moved, progress: 1 };
		leftMs -= neededMs;
		moved = next;
	}
}

/** The beginning of the phase after this one, in the next round if need be; null where there is none yet. */
export function nextPhase(records: RunRecords, head: Playhead): Playhead | null {
	const { roundNum } = head;
	const { reached } = recordOf(records, roundNum);
	const later = reached.find((phase) => phases.indexOf(phase) > phases.indexOf(head.phase));
	if (later) return { roundNum, phase: later, progress: 0 };
	const next = records.rounds[roundNum];
	return next?.reached.length
		? { roundNum: next.roundNum, phase: next.reached[0], progress: 0 }
		: null;
}

/** The end of the phase before this one; null at the very first. */
export function previousPhase(records: RunRecords, head: Playhead): Playhead | null {
	const { reached } = recordOf(records, head.roundNum);
	const earlier = reached.findLast((phase) => phases.indexOf(phase) < phases.indexOf(head.phase));
	if (earlier) return { roundNum: head.roundNum, phase: earlier, progress: 1 };
	const before = records.rounds[head.roundNum - 2];
	return before ? settle(before, before.reached[before.reached.length - 1]) : null;
}

/** The same phase, its motion over, so many rounds away, or the newest one before it; null outside of the run. */
export function sameMomentIn(
	records: RunRecords,
	head: Playhead,
	roundNum: number
): Playhead | null {
	const record = records.rounds[roundNum - 1];
	if (!record?.reached.length) return null;
	return clampPlayhead(records, settle(record, head.phase));
}

/** There is nothing after it, and its motion is over. */
export function isNewest(records: RunRecords, head: Playhead): boolean {
	return head.progress >= 1 && nextPhase(records, head) === null;
}

/** A later round has something to show. */
export function isOvertaken({ rounds }: RunRecords, { roundNum }: Playhead): boolean {
	return (rounds[roundNum]?.reached.length ?? 0) > 0;
}

/** The newest round whose result is on show: from its evaluation on, as it is not known before; 0 if none is. */
export function knownRoundAt({ roundNum, phase }: Playhead): number {
	return phase === 'evaluate' ? roundNum : roundNum - 1;
}

/** The round that the playhead stands in; null before the first. */
export function recordAt(records: RunRecords, head: Playhead | null): RoundRecord | null {
	return head ? (records.rounds[head.roundNum - 1] ?? null) : null;
}

function recordOf(records: RunRecords, roundNum: number): RoundRecord {
	const record = records.rounds[roundNum - 1];
	if (!record) throw new Error(`expected a round up to ${records.rounds.length}, got ${roundNum}`);
	return record;
}

function settle({ roundNum }: RoundRecord, phase: Phase): Playhead {
	return { roundNum, phase, progress: 1 };
}
