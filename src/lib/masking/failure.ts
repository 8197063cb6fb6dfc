/** How a secure aggregation ends when too many clients drop out: nothing is learned, the model stays as it was. */
import type { Stage } from './messages';

export interface AggregationFailure {
	ok: false;
	/** The stage that too few clients reached the end of. */
	stage: Stage;
	numNeeded: number;
	numPresent: number;
	/** One sentence for people. */
	reason: string;
}

const deeds: Readonly<Record<Stage, string>> = {
	advertiseKeys: 'advertised their keys',
	shareKeys: 'shared their keys',
	maskedInput: 'sent their masked updates',
	unmask: 'sent their shares to take the masks off'
};

/** The failure of a stage that fewer than `numNeeded` clients completed, or null. */
export function findShortage(
	stage: Stage,
	numPresent: number,
	numNeeded: number
): AggregationFailure | null {
	if (numPresent >= numNeeded) return null;
	const reason = `${numPresent} of the ${numNeeded} clients needed ${deeds[stage]}: the sum stays masked and the model as it was`;
	return { ok: false, stage, numNeeded, numPresent, reason };
}
