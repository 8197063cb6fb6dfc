/**
 * The story of the masks in captions (Bonawitz et al. 2017): a client adds one mask a pair and one of its own. Those of
 * pairs cancel where both ends arrive; own masks, and those towards drop-outs, come off by shares.
 */
import { countMasks } from '../../scene/maskCount';
import type { RoundRecord } from '../../scene/roundRecord';
import { isUnderMasks, wasReceived } from '../../scene/stage/clientState';
import { formatCount, formatCounted } from '../../ui/format';
import { clientName, type ClientNoun } from '../describeClient';
import {
	counted,
	leadOf,
	lostCaption,
	numSent,
	silence,
	type CaptionFacts,
	type PhaseCaption
} from './captionParts';

export function maskCaption(record: RoundRecord, facts: CaptionFacts): PhaseCaption {
	const numMasksOf = (id: number) => record.pairs.filter((pair) => pair.includes(id)).length;
	const wanted = leadOf(record, facts.focusId);
	const lead = wanted && numMasksOf(wanted.id) > 0 ? wanted : leadOf(record, null);
	if (!lead || !isUnderMasks(record) || numSent(record) === 0) return lostCaption(record);
	if (record.pairs.length === 0) return unseenMasks(record, facts);
	const numMasks = numMasksOf(lead.id);
	const name = clientName(lead.id, facts.noun);
	const numbers = formatCounted(facts.numParams, 'number');
	const { numOwn, numLost } = countMasks(record);
	const end = facts.areKeysShared ? ', and falls silent before it sends anything' : '';
	return {
		title: 'Masking',
		role: 'mask',
		sentence:
			lead.droppedIn === 'mask'
				? `${name} shares masks with ${counted(numMasks, facts.noun)} that send${end}.`
				: `${name} hides its ${numbers} under ${formatCounted(numMasks, 'pair mask')} and one of its own.`,
		aside:
			silenceSoFar(record, facts) +
			(numLost > 0
				? 'What one of a pair adds, the other subtracts: 0 together, modulo 2³², once both have sent. Own masks stay.'
				: `What one of a pair adds, the other subtracts: ${formatCounted(record.pairs.length, 'pair')} total 0, modulo 2³². The ${formatCounted(numOwn, 'own mask')} stay.`)
	};
}

/** Masks of a run that nobody observes: their pairs are between the clients alone. */
function unseenMasks(record: RoundRecord, facts: CaptionFacts): PhaseCaption {
	const { noun, numParams } = facts;
	return {
		title: 'Masking',
		role: 'mask',
		sentence: `Each of ${counted(numSent(record), noun)} hides its ${formatCounted(numParams, 'number')} under a mask for each partner, and one of its own.`,
		aside: `${silenceSoFar(record, facts)}What one of a pair adds, the other subtracts. Own masks stay.`
	};
}

/** Some are missing when keys are asked for, and some share keys and are gone when masks are put on. */
function silenceSoFar(record: RoundRecord, { noun, areKeysShared }: CaptionFacts): string {
	return silence(record, ['train', 'clip', ...(areKeysShared ? ['mask' as const] : [])], noun);
}

export function maskedSumCaption(record: RoundRecord): PhaseCaption {
	const numAdded = numSent(record);
	if (numAdded === 0) return lostCaption(record);
	const { numLost, numWhole, numHalf } = countMasks(record);
	const others = numLost > 0 ? `, and those towards ${formatCounted(numLost, 'drop-out')}` : '';
	return {
		title: 'Summing',
		role: 'mask',
		sentence: `The server adds up ${formatCounted(numAdded, 'masked update')}. Own masks still hide the sum${others}.`,
		aside: describePairs(numWhole, numHalf, numLost)
	};
}

/** How often the masks of pairs are in the sum. */
function describePairs(numWhole: number | null, numHalf: number | null, numLost: number): string {
	const cancel = 'in it twice, with + and −, and cancel';
	if (numWhole === null) {
		const whose = numLost > 0 ? 'Masks of pairs that both sent are' : 'Each pair’s masks are';
		return `${whose} ${cancel}.`;
	}
	const whole = `${formatCounted(numWhole, 'pair mask')} ${numWhole === 1 ? 'is' : 'are'} ${cancel}`;
	return numHalf
		? `${whole}; ${formatCount(numHalf)} towards drop-outs ${numHalf === 1 ? 'is' : 'are'} in it once.`
		: `${whole}.`;
}

export function unmaskCaption(record: RoundRecord, { noun }: CaptionFacts): PhaseCaption {
	const { outcome, server } = record;
	if (outcome?.type !== 'SumUnmasked') return lostCaption(record);
	const numRebuilt = outcome.recoveredIds.length;
	const numOwn = outcome.survivorIds.length;
	const lost =
		numRebuilt > 0
			? ` and the pair masks of ${formatCounted(numRebuilt, 'drop-out')}, and takes`
			: ' and takes';
	const check =
		server.numDiffering === null
			? ''
			: ` ${formatCount(server.numDiffering)} of ${formatCount(server.numCompared)} numbers (one is the weight) differ from the sum without masks.`;
	return {
		title: 'Unmasking',
		role: 'mask',
		sentence: `From the ${noun.toLowerCase()}s’ shares the server rebuilds ${formatCounted(numOwn, 'own mask')}${lost} them off.`,
		aside: `${lateSilence(record, noun)}${check}`
	};
}

/** What the server learns of single updates: nothing; those of clients that fell silent once they had sent count as well. */
function lateSilence(record: RoundRecord, noun: ClientNoun): string {
	const late = record.clients.filter(({ droppedIn }) => droppedIn !== null);
	const numLate = late.filter((client) => wasReceived(client, record)).length;
	if (numLate === 0) return 'It never had one update alone.';
	return `${counted(numLate, noun)} dropped out after sending: in the sum, never seen alone.`;
}
