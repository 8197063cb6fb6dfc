/** What happens in a phase, in one sentence that names real quantities of this very round, and one that explains. */
import type { ClientRound, Phase, RoundRecord } from '../../scene/roundRecord';
import { isUnderMasks } from '../../scene/stage/clientState';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent
} from '../../ui/format';
import { clientName, type ClientNoun } from '../describeClient';
import {
	counted,
	leadOf,
	lostCaption,
	sentBytes,
	silence,
	type CaptionFacts,
	type PhaseCaption
} from './captionParts';
import { maskCaption, maskedSumCaption, unmaskCaption } from './maskCaptions';

type CaptionOf = (record: RoundRecord, facts: CaptionFacts) => PhaseCaption;

/** The caption of a phase. */
export function phaseCaption(record: RoundRecord, phase: Phase, facts: CaptionFacts): PhaseCaption {
	return sayThinned(record, phase, captions[phase](record, facts));
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
		aside: `${silence(record, ['broadcast'], noun)}Everybody starts from the same model and learns from digits that stay at home.`
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
	sum: (record, facts) => {
		if (isUnderMasks(record)) return maskedSumCaption(record);
		const { numAveraged } = record.server;
		if (!numAveraged) return lostCaption(record);
		return {
			title: 'Summing',
			role: 'server',
			sentence: `The server averages ${formatCounted(numAveraged, 'update')} of ${counted(record.clients.length, facts.noun)}.`,
			aside: 'It has seen every single one of them in the clear.'
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
	return `${name} takes ${formatCounted(numSteps, 'step')} over its ${digits}: loss ${formatLoss(first)} at the first, ${formatLoss(last)} at the last, ${formatLoss(lead.loss ?? 0)} on average.`;
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
		aside: `${silence(record, [isMasked ? 'mask' : 'broadcast'], noun)}No image is among what ${counted(senders.length, noun)} sent.`
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

function evaluateCaption({ evaluation, roundNum, server }: RoundRecord): PhaseCaption {
	const title = 'Evaluating';
	if (!evaluation) {
		const sentence = `The model of round ${formatCount(roundNum)} is not measured; some rounds are skipped to save time.`;
		return { title, role: 'server', sentence, aside: '' };
	}
	const { unseen, training, worstTenth, students } = evaluation;
	return {
		title,
		role: 'server',
		sentence: `${server.numAveraged ? 'The new model' : 'The model, as it was before this lost round,'} reads ${formatPercent(unseen.accuracy)} of ${formatCounted(unseen.numExamples, 'digit')} of writers nobody trained on.`,
		aside: `Of the clients’ own held-out digits ${formatPercent(training.accuracy)}, in the worst tenth ${formatPercent(worstTenth)}; of high-school students’ ${formatPercent(students.accuracy)}.`
	};
}
