/**
 * What the clients of one slot have done in the round under way. Under masks an update, and the keys for it, are only
 * where they were made: when a host dies, the next one goes the same way again before it goes on.
 */
import type { ClientHost, CohortMessage } from '../federated/federation';
import type { SecureRequest } from '../federated/secureParticipant';

export interface RoundTrail {
	/** A round begins with this model. */
	begin(broadcast: Omit<CohortMessage, 'clientIds'>): void;
	addTrained(clientId: number): void;
	/** Requests that have been answered. */
	addAnswered(requests: readonly SecureRequest[]): void;
	/** Brings a new host to where the last one was; nobody hears what its clients say to it. */
	repeat(host: ClientHost): Promise<void>;
	/** Nothing of it is needed any more. */
	end(): void;
}

/** `canRepeatKeys` tells whether clients would draw the same keys again; else they train again, and no more. */
export function createRoundTrail(canRepeatKeys: () => boolean): RoundTrail {
	let broadcast: Omit<CohortMessage, 'clientIds'> | null = null;
	let trainedIds: number[] = [];
	let answered: (readonly SecureRequest[])[] = [];

	function end() {
		broadcast = null;
		trainedIds = [];
		answered = [];
	}

	return {
		begin(message) {
			end();
			broadcast = message;
		},
		addTrained: (clientId) => void trainedIds.push(clientId),
		addAnswered: (requests) => void answered.push(requests),
		async repeat(host) {
			if (!broadcast || trainedIds.length === 0) return;
			await host.train({ ...broadcast, clientIds: [...trainedIds] }, () => {});
			if (!canRepeatKeys()) return;
			for (const requests of answered) await host.answerSecurely(requests);
		},
		end
	};
}
