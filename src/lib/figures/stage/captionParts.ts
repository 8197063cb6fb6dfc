/** What captions of all phases are made of: who is followed, what was sent, why a round was lost. */
import type { Preset } from '../../federated/experiments/presets';
import type { ClientRound, Phase, RoundRecord } from '../../scene/roundRecord';
import { isUnderMasks, phaseIndex } from '../../scene/stage/clientState';
import { formatCount, formatCounted } from '../../ui/format';
import type { ClientNoun } from '../describeClient';

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
	/** Masking has come so far that whoever falls silent before it sends is gone. */
	areKeysShared: boolean;
}

/** What to say before the start. */
interface RestFacts {
	/** Whoever has fingers only is not told of keys. */
	isTouchOnly: boolean;
	/** The example that the settings are of, where nothing else tells of it. */
	preset: Pick<Preset, 'title' | 'sentence'> | null;
	/** What is unusual about the settings, where nothing else tells of it; may be empty. */
	unusual: string;
}

/** What is about to happen, before the first round. */
export function restCaption({ isTouchOnly, preset, unusual }: RestFacts): PhaseCaption {
	const settings = unusual && !preset ? `This run: ${unusual}. ` : '';
	return {
		title: preset?.title ?? 'Before the start',
		role: 'rest',
		sentence:
			preset?.sentence ??
			'The server will choose a few hands, send them the model, and average what they learn.',
		aside: settings + (isTouchOnly ? 'Press Start.' : 'Press Start, or Space.')
	};
}

/** The client that a story about this round follows: the wanted one if it stayed, else the first that did. */
export function leadOf({ clients }: RoundRecord, wantedId: number | null): ClientRound | null {
	const wanted = clients.find(({ id }) => id === wantedId);
	return wanted ?? clients.find(({ droppedIn }) => droppedIn === null) ?? clients[0] ?? null;
}

/** Updates that reached the server. */
export function numSent(record: RoundRecord): number {
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

/** Why the round taught the model nothing. */
export function lostCaption({ outcome, clients }: RoundRecord): PhaseCaption {
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

/** "12 writers". */
export function counted(count: number, noun: ClientNoun): string {
	return formatCounted(count, noun.toLowerCase());
}

/**
 * Who has fallen silent after one of these phases, the last they took part in, and how many by then, as a sentence with a
 * space after it; empty for nobody.
 */
export function silence(
	{ clients }: RoundRecord,
	lastPhases: readonly Phase[],
	noun: ClientNoun
): string {
	const silent = clients.filter(
		({ droppedIn }) => droppedIn !== null && lastPhases.includes(droppedIn)
	);
	if (silent.length === 0) return '';
	const latest = Math.max(...lastPhases.map(phaseIndex));
	const numByThen = clients.filter(
		({ droppedIn }) => droppedIn !== null && phaseIndex(droppedIn) <= latest
	).length;
	const inAll = numByThen > silent.length ? `, ${formatCount(numByThen)} by now` : '';
	const numByHand = silent.filter(({ isByHand }) => isByHand).length;
	const some = numByHand === silent.length ? '' : `${formatCount(numByHand)} of them `;
	const byHand = numByHand === 0 ? '' : `, ${some}by hand`;
	return `${counted(silent.length, noun)} dropped out${byHand}${inAll}. `;
}
