/**
 * What the reader does to a run by hand. It lies outside of the seed: the same link without the hand gives another
 * run, so every round's metrics name whom it silenced.
 */
import type { Stage } from '../masking/messages';

/** When an answer is due: after training, or at a stage of secure aggregation. */
export type Moment = 'train' | Stage;

export interface Interventions {
	/**
	 * The client falls silent for the rest of the round under way, or for the next one where this one waits for nothing
	 * more of it: once its update has arrived. Under masks it trains and shares its keys before it does: only then there is
	 * something to recover (Bonawitz et al., 2017). Returns the round, from 1.
	 */
	drop(clientId: number): number;
	/** From now on the client never answers, until it is unmuted. */
	mute(clientId: number, isMuted: boolean): void;
	isSilent(clientId: number, moment: Moment): boolean;
	/** As `isSilent`; a client that is silent when its answer is due counts as silenced in this round. */
	silences(clientId: number, moment: Moment): boolean;
	/** Clients silenced in the round under way, ascending. */
	silencedIds(): number[];
	beginRound(roundNum: number): void;
	/** The round has all it will get of this client; of everybody, without one. */
	close(clientId?: number): void;
	/** Whoever was dropped may answer again. */
	endRound(): void;
}

/** Moments at which clients under masks have not shared their keys yet. */
const beforeShares: readonly Moment[] = ['train', 'advertiseKeys', 'shareKeys'];

export function createInterventions(isMasked: boolean): Interventions {
	/** The round that each was dropped out of. */
	const droppedIn = new Map<number, number>();
	const muted = new Set<number>();
	const silenced = new Set<number>();
	const closed = new Set<number>();
	let isClosed = false;
	let current = 1;

	function begin(roundNum: number) {
		current = roundNum;
		isClosed = false;
		closed.clear();
	}

	function isSilent(clientId: number, moment: Moment): boolean {
		if (muted.has(clientId)) return true;
		return droppedIn.get(clientId) === current && !(isMasked && beforeShares.includes(moment));
	}

	return {
		drop(clientId) {
			const roundNum = isClosed || closed.has(clientId) ? current + 1 : current;
			droppedIn.set(clientId, roundNum);
			return roundNum;
		},
		mute(clientId, isMuted) {
			if (isMuted) muted.add(clientId);
			else muted.delete(clientId);
		},
		isSilent,
		silences(clientId, moment) {
			const isDue = isSilent(clientId, moment);
			if (isDue) silenced.add(clientId);
			return isDue;
		},
		silencedIds: () => [...silenced].sort((a, b) => a - b),
		beginRound: begin,
		close(clientId) {
			if (clientId === undefined) isClosed = true;
			else closed.add(clientId);
		},
		endRound() {
			silenced.clear();
			begin(current + 1);
		}
	};
}
