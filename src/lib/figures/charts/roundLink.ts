/** What links charts over rounds: a round that is marked in one of them is marked in all. */
export interface RoundLink {
	/** A round marked here or in another figure, or null. */
	markedRound?: number | null;
	/** Rounds after it have not come on stage yet: they are faint. Null where all have. */
	knownRound?: number | null;
	/** Told the round that is pointed at, and null when none is any more. Without it nothing is marked. */
	onmark?: ((roundNum: number | null) => void) | undefined;
	/** Told the round that is pressed. */
	onpick?: ((roundNum: number) => void) | undefined;
}
