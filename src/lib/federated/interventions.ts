/**
 * What the reader does to a run by hand. It lies outside of the seed: the same link without the hand gives another
 * run, so every round's metrics name whom it silenced.
 */

export interface Interventions {
	/** The client falls silent for the rest of the round under way, or of the next one between two rounds. */
	drop(clientId: number): void;
	/** From now on the client never answers, until it is unmuted. */
	mute(clientId: number, isMuted: boolean): void;
	isSilent(clientId: number): boolean;
	/** As `isSilent`; a client that is silent when its answer is due counts as silenced in this round. */
	silences(clientId: number): boolean;
	/** Clients silenced in the round under way, ascending. */
	silencedIds(): number[];
	/** Whoever was dropped may answer again. */
	endRound(): void;
}

export function createInterventions(): Interventions {
	const dropped = new Set<number>();
	const muted = new Set<number>();
	const silenced = new Set<number>();
	const isSilent = (clientId: number) => dropped.has(clientId) || muted.has(clientId);
	return {
		drop: (clientId) => void dropped.add(clientId),
		mute(clientId, isMuted) {
			if (isMuted) muted.add(clientId);
			else muted.delete(clientId);
		},
		isSilent,
		silences(clientId) {
			if (isSilent(clientId)) silenced.add(clientId);
			return isSilent(clientId);
		},
		silencedIds: () => [...silenced].sort((a, b) => a - b),
		endRound() {
			dropped.clear();
			silenced.clear();
		}
	};
}
