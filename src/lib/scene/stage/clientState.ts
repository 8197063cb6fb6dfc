/** What a client is doing at a moment of a round, as its glyph shows it. */
import { madeOnce } from '../madeOnce';
import { type ClientRound, type Phase, phases, type RoundRecord } from '../roundRecord';
import { staggered } from './motion';

export type GlyphState =
	'idle' | 'chosen' | 'training' | 'trained' | 'masked' | 'dropped' | 'recovered';

/** The round's updates travel under masks; pairs are known only where the run is observed. */
export function isUnderMasks({ pairs, stages, reached }: RoundRecord): boolean {
	return pairs.length > 0 || stages.length > 0 || reached.includes('mask');
}

/** Asked for some times a client in every frame. */
const phaseIndices = Object.fromEntries(phases.map((phase, index) => [phase, index])) as Readonly<
	Record<Phase, number>
>;

/** Place of a phase in its round, from 0. */
export function phaseIndex(phase: Phase): number {
	return phaseIndices[phase];
}

/** How far masking has come when keys are shared and updates go under masks. */
export const KEYS_SHARED = 0.4;

/** Keys are shared by now, and masks put on by everybody who is still there. */
export function areKeysShared(phase: Phase, progress: number): boolean {
	if (phase === 'mask') return progress >= KEYS_SHARED;
	return phaseIndex(phase) > phaseIndex('mask');
}

/**
 * Whether a client has fallen silent by now: as soon as the phase begins that it has no part in. Whoever shared keys and
 * never sent is gone when the others put their masks on.
 */
export function hasDropped({ droppedIn }: ClientRound, phase: Phase, progress: number): boolean {
	if (droppedIn === null) return false;
	if (droppedIn === 'mask') return areKeysShared(phase, progress);
	return phaseIndex(phase) > phaseIndex(droppedIn);
}

/** Whether an update reached the server: the round came so far, it was sent, and its sender stayed until then. */
export function wasReceived(
	{ isTrained, droppedIn }: ClientRound,
	{ outcome, stages }: Pick<RoundRecord, 'outcome' | 'stages'>
): boolean {
	const isGivenUp = outcome?.type === 'AggregationFailed';
	const wasAsked = !isGivenUp || stages.some(({ stage }) => stage === 'maskedInput');
	if (!isTrained || !wasAsked) return false;
	return droppedIn === null || phaseIndex(droppedIn) >= phaseIndex('upload');
}

/** Whose masks towards others nothing in the sum cancels. */
export function silentIds(record: RoundRecord): number[] {
	return record.clients.flatMap((client) => (wasReceived(client, record) ? [] : [client.id]));
}

/** A cohort is called one by one. */
export function isCalled(index: number, count: number, progress: number): boolean {
	return progress >= staggered(index, count, 0.4).start + 0.05;
}

/** The state of a chosen client; `progress` is how far the phase has come. */
export function clientState(
	record: RoundRecord,
	client: ClientRound,
	phase: Phase,
	progress: number
): GlyphState {
	const now = phaseIndex(phase);
	if (now === 0) {
		const index = record.clients.indexOf(client);
		return isCalled(index, record.clients.length, progress) ? 'chosen' : 'idle';
	}
	if (hasDropped(client, phase, progress)) {
		const isRebuilt = now > phaseIndex('unmask') || (phase === 'unmask' && progress > 0.5);
		return isRebuilt && isRecovered(record, client.id) ? 'recovered' : 'dropped';
	}
	if (phase === 'broadcast') return 'chosen';
	if (phase === 'train') {
		return trainingShare(record, client, progress) >= 1 ? 'trained' : 'training';
	}
	const isInMasks = areKeysShared(phase, progress) && now < phaseIndex('apply');
	// Where a round is lost before anybody sends, nobody has put masks on.
	return isInMasks && isUnderMasks(record) && wasReceived(client, record) ? 'masked' : 'trained';
}

/** Its masks were rebuilt from the shares that others held. */
export function isRecovered({ outcome }: Pick<RoundRecord, 'outcome'>, id: number): boolean {
	return outcome?.type === 'SumUnmasked' && outcome.recoveredIds.includes(id);
}

/**
 * How much of its own training a client has done: all begin together, and whoever has fewer steps is done
 * sooner, as on real devices of one speed. A client that never trained stays at 0.
 */
export function trainingShare(record: RoundRecord, client: ClientRound, progress: number): number {
	if (!client.isTrained) return 0;
	const own = Math.max(1, client.stepLosses.length);
	return Math.min(1, (progress * longestTraining(record)) / own);
}

/** Asked for each client of each frame, and counted once. */
const longestTraining = madeOnce(({ clients }: RoundRecord) =>
	Math.max(1, ...clients.map(({ stepLosses }) => stepLosses.length))
);

/** The loss of the step that it is at; its mean where single steps were not kept; null before the first. */
export function lossNow(client: ClientRound, share: number): number | null {
	if (share <= 0) return null;
	const { stepLosses, loss } = client;
	if (share >= 1 || stepLosses.length === 0) return loss;
	return stepLosses[Math.min(stepLosses.length - 1, Math.floor(share * stepLosses.length))];
}
