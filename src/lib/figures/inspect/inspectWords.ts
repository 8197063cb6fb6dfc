/** The inspectors in words: what happened to a client in a round, and what the server can make of it. */
import type { RunConfig } from '../../federated/config';
import { isOver, type StopName } from '../../scene/inspect/updateStops';
import type { ServerView } from '../../scene/inspect/serverView';
import { countMasks } from '../../scene/maskCount';
import type { ClientRound, Phase, Playhead, RoundRecord } from '../../scene/roundRecord';
import { hasDropped, isRecovered, wasReceived } from '../../scene/stage/clientState';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent
} from '../../ui/format';
import { clientName, type ClientNoun } from '../describeClient';

export const stopTitles: Readonly<Record<StopName, string>> = {
	trained: 'As trained',
	clipped: 'After the clip',
	noised: 'With its noise',
	masked: 'As it crosses'
};

/** What can be said of an update at a stop; why there is none where there is none. */
export function stopNotes(
	name: StopName,
	client: ClientRound,
	isShown: boolean,
	{ isThinned }: Pick<RoundRecord, 'isThinned'>,
	{ phase, progress }: Playhead
): string[] {
	if (!isShown) {
		if (isThinned) return ['let go to spare memory'];
		return [hasDropped(client, phase, progress) ? 'it never came so far' : 'not yet'];
	}
	const norm = client[name]?.norm;
	if (name === 'masked') return ['uniform noise', 'nothing to read'];
	return typeof norm === 'number' ? [`length ${formatLoss(norm)}`] : [];
}

/** When it fell silent, where the last phase that it had a part in does not say it best. */
const silentSince: Partial<Record<Phase, string>> = {
	broadcast: 'before its training was done',
	mask: 'when it had shared keys and not yet sent its update'
};

/** Its part in the round, in a sentence, as far as the playhead has come. */
export function describePart(
	client: ClientRound,
	record: Pick<RoundRecord, 'isMasked' | 'outcome' | 'stages'>,
	head: Playhead,
	noun: ClientNoun
): string {
	const name = clientName(client.id, noun);
	const isKnown =
		isOver(head, record.isMasked ? 'unmask' : 'upload') ||
		hasDropped(client, head.phase, head.progress);
	if (!isKnown) return `${name} takes part in this round.`;
	const traffic = `It received ${formatBytes(client.bytesDown)} and sent ${formatBytes(client.bytesUp)}.`;
	if (client.droppedIn === null) return `${name} took part to the end. ${traffic}`;
	const cause = client.isByHand ? 'You silenced it' : 'It fell silent';
	const when = silentSince[client.droppedIn] ?? `after "${client.droppedIn}"`;
	const counts = wasReceived(client, record) ? '; its update had arrived, and counts' : '';
	const isRebuilt = isOver(head, 'unmask') && isRecovered(record, client.id);
	const masks = isRebuilt ? '; the others’ shares took its masks off the sum' : '';
	return `${cause} ${when}${counts}${masks}. ${traffic}`;
}

/** How its training changed the model for its own held-out digits; null where it was not measured. */
export function describeHeldOut({ heldOut }: ClientRound): string | null {
	if (!heldOut) return null;
	const { numExamples, received, trained } = heldOut;
	return `On its ${formatCounted(numExamples, 'held-out digit')}: ${formatPercent(received)} with the model it received, ${formatPercent(trained)} with the one it trained.`;
}

/** How decimals become the integers that masks are added to: what a client's update is multiplied by. */
export function describeCoding(
	numExamples: number,
	{ dp, quantizeBits, quantizeRange }: Pick<RunConfig, 'dp' | 'quantizeBits' | 'quantizeRange'>
): string {
	const masks = 'Masks are added to them modulo 2³² = 4,294,967,296.';
	if (dp === 'distributed') {
		return `Before masking, decimals and their noise become integers on a fine grid. ${masks}`;
	}
	const weight = dp === 'none' ? numExamples : 1;
	const levels = 2 ** (quantizeBits - 1);
	const factors = [
		...(dp === 'none' ? [`${formatCounted(weight, 'digit')} ×`] : []),
		formatCount(levels),
		...(quantizeRange === 1 ? [] : [`÷ ${quantizeRange}`])
	];
	const product = formatCount((weight * levels) / quantizeRange);
	const how = factors.length > 1 ? ` (${factors.join(' ')})` : '';
	return `Before masking, decimals become integers: times ${product}${how}, rounded up or down by chance. ${masks}`;
}

/** The sentence above the server's pictures. */
export function describeArrivals(view: ServerView, record: RoundRecord, noun: ClientNoun): string {
	const { numArrived, numExpected, latestId } = view;
	const nobody = record.clients.length === 0 ? 'Nobody was chosen.' : 'No update has arrived yet.';
	if (numArrived === 0 || latestId === null) return nobody;
	const count = `${formatCount(numArrived)} of ${formatCounted(numExpected, 'update')}`;
	const latest = clientName(latestId, noun);
	return record.isMasked
		? `${count} arrived, the last from ${latest}. Under masks every number is one of 4,294,967,296, each as likely.`
		: `${count} arrived, the last from ${latest}: in the clear, the server reads every one of them.`;
}

export interface SumWords {
	/** What hides the sum as it arrived. */
	masked: string;
	/** The same sum without masks: its title, and who has it. */
	title: string;
	note: string;
}

/** What the server holds of the sum, and what of it without masks: not yet, never, or now. */
export function describeSum(view: ServerView, record: RoundRecord): SumWords {
	const { numSummed, numExpected, unmasked, failure } = view;
	if (unmasked) {
		const note = 'what the server has now';
		return { masked: 'what the server had', title: 'The sum, masks off', note };
	}
	const { numLost } = countMasks(record);
	const isWhole = numSummed === numExpected;
	const isHalf = isWhole && numLost > 0;
	const masked = isHalf
		? `on it: own masks and those towards ${formatCounted(numLost, 'drop-out')}`
		: isWhole
			? 'pair masks cancelled, own masks still on'
			: 'what the server holds so far';
	const isNever = failure !== null || !isWhole;
	const note = isNever ? 'what the server never gets' : 'what the server cannot read yet';
	return { masked, title: 'The same sum, without masks', note };
}

/** The check of the unmasked sum, or what stands in its way. */
export function describeCheck({ check, failure }: ServerView): string | null {
	if (failure !== null) return `${failure}.`;
	if (!check) return null;
	const { numDiffering, numCompared } = check;
	const differing = `${formatCount(numDiffering)} of ${formatCount(numCompared)} numbers differ`;
	const verdict = numDiffering === 0 ? 'is exactly' : 'is not';
	const parts = `${formatCount(numCompared - 1)} for the parameters, one for the weight`;
	return `With its masks off, the sum ${verdict} the sum of the integers before masking: ${differing} (${parts}).`;
}
