/** What happens in a phase, in one sentence that names real quantities of this very round, and one that explains. */
import type { ClientRound, Phase, RoundRecord } from '../../scene/roundRecord';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent
} from '../../ui/format';
import { isUnderMasks } from '../../scene/stage/clientState';
import { clientName, type ClientNoun } from '../describeClient';

export interface PhaseCaption {
	/** What the round is doing, in a word or two. */
	title: string;
	/** Who acts: decides the colour. */
	role: 'rest' | 'server' | 'learning' | 'mask' | 'noise';
	sentence: string;
	/** What it means; may be empty. */
	aside: string;
}

/** What captions need to know beside the record. */
export interface CaptionFacts {
	noun: ClientNoun;
	numClients: number;
	numParams: number;
	/** Bytes of the model that each chosen client receives. */
	modelBytes: number;
	/** The client that the sentence follows; another one stands in where it takes no part. */
	focusId: number | null;
}

type CaptionOf = (record: RoundRecord, facts: CaptionFacts) => PhaseCaption;

/** The caption of a phase; before the first round it says what is about to happen. */
export function phaseCaption(
	record: RoundRecord | null,
	phase: Phase,
	facts: CaptionFacts
): PhaseCaption {
	if (record) return sayThinned(record, phase, captions[phase](record, facts));
	return {
		title: 'Before the start',
		role: 'rest',
		sentence:
			'The server will choose a few hands, send them the model, and average what they learn.',
		aside: 'Press Start, or Space.'
	};
}

/** Phases that show updates themselves. */
const pictured: readonly Phase[] = ['train', 'clip', 'mask', 'upload', 'sum'];

/** An old round keeps its figures and the model, a very old one its figures alone: nobody shall wonder why. */
function sayThinned(record: RoundRecord, phase: Phase, caption: PhaseCaption): PhaseCaption {
	const isBare = record.server.before.length === 0;
	if (!record.isThinned || !(isBare || pictured.includes(phase))) return caption;
	const aside = `${caption.aside} Pictures of so old a round were let go to save memory.`;
	return { ...caption, aside };
}

/** The client that a story about this round follows: the wanted one if it stayed, else the first that did. */
export function leadOf({ clients }: RoundRecord, wantedId: number | null): ClientRound | null {
	const wanted = clients.find(({ id }) => id === wantedId);
	return wanted ?? clients.find(({ droppedIn }) => droppedIn === null) ?? clients[0] ?? null;
}

const captions: Readonly<Record<Phase, CaptionOf>> = {
	choose: ({ clients, roundNum }, { noun, numClients }) => ({
		title: 'Choosing',
		role: 'server',
		sentence: `For round ${formatCount(roundNum)} the server draws ${formatCount(clients.length)} of ${counted(numClients, noun)}.`,
		aside: 'The seed decides who: the same seed draws the same hands on every machine.'
	}),
	broadcast: ({ clients }, { noun, numParams, modelBytes }) => ({
		title: 'Broadcasting',
		role: 'server',
		sentence: `The server sends its model to ${counted(clients.length, noun)}: ${formatCounted(numParams, 'number')}, ${formatBytes(modelBytes)} each.`,
		aside: 'The model travels to the digits, so that the digits need not travel.'
	}),
	train: (record, { noun, focusId }) => ({
		title: 'Training',
		role: 'learning',
		sentence: trainSentence(record, noun, focusId),
		aside: `${silence(record, 'broadcast', noun)}Everybody starts from the same model and learns from digits that stay at home.`
	}),
	clip: (record, { noun, focusId }) => ({
		title: 'Clipping and noise',
		role: 'noise',
		sentence: record.isThinned
			? `The updates of ${counted(record.clients.length, noun)} are clipped before they leave.`
			: clipSentence(leadOf(record, focusId), noun),
		aside: 'A clip bounds what one person can change; noise hides what is left.'
	}),
	mask: maskCaption,
	upload: uploadCaption,
	sum: (record, { noun }) => {
		const { numAveraged } = record.server;
		const isMasked = isUnderMasks(record);
		const numAdded = isMasked ? numSent(record) : (numAveraged ?? 0);
		if (numAdded === 0) return lostCaption(record);
		return {
			title: 'Summing',
			role: isMasked ? 'mask' : 'server',
			sentence: isMasked
				? `The server adds up ${formatCounted(numAdded, 'masked update')}; the sum so far is as unreadable as each of them.`
				: `The server averages ${formatCounted(numAdded, 'update')} of ${counted(record.clients.length, noun)}.`,
			aside: isMasked
				? 'Each mask is in the sum twice, once with + and once with −.'
				: 'It has seen every single one of them in the clear.'
		};
	},
	unmask: unmaskCaption,
	apply: applyCaption,
	evaluate: evaluateCaption
};

function trainSentence(record: RoundRecord, noun: ClientNoun, focusId: number | null): string {
	const lead = leadOf(record, focusId);
	if (!lead?.isTrained) {
		const numTrained = record.clients.filter(({ isTrained }) => isTrained).length;
		return `${formatCount(numTrained)} of ${counted(record.clients.length, noun)} trained.`;
	}
	const name = clientName(lead.id, noun);
	const digits = formatCounted(lead.numExamples, 'digit');
	const numSteps = lead.stepLosses.length;
	if (numSteps < 2) {
		return `${name} trains on its ${digits}; its loss is ${formatLoss(lead.loss ?? 0)} on average.`;
	}
	const [first, last] = [lead.stepLosses[0], lead.stepLosses[numSteps - 1]];
	return `${name} takes ${formatCounted(numSteps, 'step')} over its ${digits}: loss ${formatLoss(first)} at the first, ${formatLoss(last)} at the last.`;
}

function clipSentence(lead: ClientRound | null, noun: ClientNoun): string {
	if (!lead?.trained) return 'No update is there to be clipped.';
	const name = clientName(lead.id, noun);
	const before = lead.trained.norm ?? 0;
	const after = lead.clipped?.norm ?? before;
	const isShorter = after < before * 0.9999;
	const clipped = isShorter
		? `${name}’s update is ${formatLoss(before)} long and is cut to ${formatLoss(after)}`
		: `${name}’s update is ${formatLoss(before)} long: within the clip, it stays`;
	const loud = lead.noised?.norm;
	return loud ? `${clipped}; with its noise it is ${formatLoss(loud)} long.` : `${clipped}.`;
}

function maskCaption(record: RoundRecord, facts: CaptionFacts): PhaseCaption {
	const lead = leadOf(record, facts.focusId);
	if (!lead || !isUnderMasks(record)) return lostCaption(record);
	if (record.pairs.length === 0) return unseenMasks(record, facts);
	const numMasks = record.pairs.filter((pair) => pair.includes(lead.id)).length;
	const name = clientName(lead.id, facts.noun);
	return {
		title: 'Masking',
		role: 'mask',
		sentence: `${name} adds ${formatCounted(numMasks, 'mask')} to its ${formatCounted(facts.numParams, 'number')}: + where its id is lower, − where it is higher.`,
		aside: `Whatever one adds, another subtracts: ${formatCounted(record.pairs.length, 'pair')} of masks total exactly 0, modulo 2³².`
	};
}

/** Masks of a run that nobody observes: their pairs are between the clients alone. */
function unseenMasks({ clients }: RoundRecord, { noun, numParams }: CaptionFacts): PhaseCaption {
	return {
		title: 'Masking',
		role: 'mask',
		sentence: `Each of ${counted(clients.length, noun)} adds masks to its ${formatCounted(numParams, 'number')}.`,
		aside: 'Whatever one adds, another subtracts.'
	};
}

function uploadCaption(record: RoundRecord, { noun, focusId }: CaptionFacts): PhaseCaption {
	const isMasked = isUnderMasks(record);
	const senders = record.clients.filter(({ id }) => sentBytes(record, id) > 0);
	const lead =
		senders.find(({ id }) => id === focusId) ?? leadOf({ ...record, clients: senders }, null);
	if (!lead) return lostCaption(record);
	const bytes = formatBytes(sentBytes(record, lead.id));
	const name = clientName(lead.id, noun);
	return {
		title: 'Uploading',
		role: isMasked ? 'mask' : 'learning',
		sentence: isMasked
			? `${name} sends ${bytes}; the server cannot read it.`
			: `${name} sends ${bytes}; the server can read every number of it.`,
		aside: `${silence(record, isMasked ? 'mask' : 'broadcast', noun)}No image is among what ${counted(senders.length, noun)} sent.`
	};
}

/** Updates that reached the server. */
function numSent(record: RoundRecord): number {
	return record.clients.filter(({ id }) => sentBytes(record, id) > 0).length;
}

/** Bytes of the update itself, without keys and shares; 0 where none was sent. */
export function sentBytes(record: RoundRecord, id: number): number {
	if (!isUnderMasks(record)) {
		const client = record.clients.find((one) => one.id === id);
		return client?.isTrained ? client.bytesUp : 0;
	}
	const stage = record.stages.find((one) => one.stage === 'maskedInput');
	return stage?.traffic.find(({ clientId }) => clientId === id)?.numBytesUp ?? 0;
}

function unmaskCaption(record: RoundRecord, { noun }: CaptionFacts): PhaseCaption {
	const { outcome, server } = record;
	if (outcome?.type !== 'SumUnmasked') return lostCaption(record);
	const numRebuilt = outcome.recoveredIds.length;
	const sum = `the sum of ${formatCounted(outcome.survivorIds.length, 'update')}`;
	const rebuilt =
		numRebuilt > 0
			? `The masks of ${counted(numRebuilt, noun)} that dropped out are rebuilt from shares, and all masks are off ${sum}.`
			: `Shares of the others’ secrets take the last masks off ${sum}.`;
	const check =
		server.numDiffering === null
			? ''
			: ` ${formatCount(server.numDiffering)} of ${formatCount(server.numCompared)} numbers of the sum, the weight included, differ from the plain one.`;
	return {
		title: 'Unmasking',
		role: 'mask',
		sentence: rebuilt,
		aside: `The server never had one update alone.${check}`
	};
}

function applyCaption(record: RoundRecord): PhaseCaption {
	const { numAveraged, deltaNorm, noised } = record.server;
	if (!numAveraged) return lostCaption(record);
	const noise = noised ? ', with the server’s noise in it,' : '';
	const length = deltaNorm === null ? '' : ` by ${formatLoss(deltaNorm)}`;
	return {
		title: 'Applying',
		role: 'server',
		sentence: `The mean of ${formatCounted(numAveraged, 'update')}${noise} moves the shared model${length}.`,
		aside: 'The length is the Euclidean norm of the change over all numbers.'
	};
}

function evaluateCaption({ evaluation, roundNum }: RoundRecord): PhaseCaption {
	const title = 'Evaluating';
	if (!evaluation) {
		const sentence = `The model of round ${formatCount(roundNum)} is not measured; some rounds are skipped to save time.`;
		return { title, role: 'server', sentence, aside: '' };
	}
	const { unseen, training, worstTenth, students } = evaluation;
	return {
		title,
		role: 'server',
		sentence: `The new model reads ${formatPercent(unseen.accuracy)} of ${formatCounted(unseen.numExamples, 'digit')} of writers nobody trained on.`,
		aside: `Of the clients’ own held-out digits ${formatPercent(training.accuracy)}, in the worst tenth ${formatPercent(worstTenth)}; of the students’ ${formatPercent(students.accuracy)}.`
	};
}

/** Why the round taught the model nothing. */
function lostCaption({ outcome, clients }: RoundRecord): PhaseCaption {
	const reason =
		outcome?.type === 'AggregationFailed'
			? outcome.reason
			: clients.length === 0
				? 'Nobody was chosen'
				: 'Nobody answered';
	return {
		title: 'Round lost',
		role: 'mask',
		sentence: `${reason.replace(/\.$/, '')}.`,
		aside: 'There is no mean to apply.'
	};
}

/** Who has fallen silent by the end of a phase, as a sentence with a space after it; empty for nobody. */
function silence({ clients }: RoundRecord, phase: Phase, noun: ClientNoun): string {
	const silent = clients.filter(({ droppedIn }) => droppedIn === phase);
	if (silent.length === 0) return '';
	const numByHand = silent.filter(({ isByHand }) => isByHand).length;
	const byHand = numByHand === 0 ? '' : `, ${formatCount(numByHand)} of them by hand`;
	return `${counted(silent.length, noun)} dropped out${byHand}. `;
}

function counted(count: number, noun: ClientNoun): string {
	return formatCounted(count, noun.toLowerCase());
}
