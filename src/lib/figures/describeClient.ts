/** Clients in words, for labels and captions. */
import type { ClientPhase, ClientSnapshot } from '../scene/runSnapshot';
import { formatCount, formatCounted, formatLoss } from '../ui/format';

/** States of a client as the legend names them, in the order in which a round goes through them. */
export const phaseNames: Readonly<Record<ClientPhase, string>> = {
	idle: 'resting',
	chosen: 'chosen',
	training: 'training',
	trained: 'trained',
	dropped: 'dropped out'
};

/** "Writer 163" where clients are real writers, else "Client 163". */
export function clientName(id: number, noun: ClientNoun): string {
	return `${noun} ${formatCount(id)}`;
}

export type ClientNoun = 'Writer' | 'Client';

/** What a screen reader says of a client in the field. */
export function describeClient(client: ClientSnapshot, noun: ClientNoun): string {
	return [
		clientName(client.id, noun),
		formatCounted(client.numExamples, 'digit'),
		phaseNames[client.phase],
		...(client.lastLoss === null ? [] : [`loss ${formatLoss(client.lastLoss)}`])
	].join(', ');
}
