/** The list of messages in a sentence. */
import type { WireLog } from '../../federated/wireLog';
import { formatBytes, formatCount } from '../../ui/format';

/**
 * Which messages are listed, out of those that are kept.
 * @param matching those of the log that are asked for
 * @param roundNum the one round that is asked for, or null
 */
export function wordListed(
	{ messages, numForgotten }: WireLog,
	matching: WireLog['messages'],
	roundNum: number | null
): string {
	const numKept = formatCount(messages.length);
	const oldest = messages[0]?.roundNum ?? 0;
	if (roundNum !== null && numForgotten > 0 && roundNum < oldest) {
		return `The messages of round ${formatCount(roundNum)} are in the totals only: the log keeps the newest ${numKept}.`;
	}
	const kept = `${numForgotten > 0 ? 'newest ' : ''}${numKept} messages`;
	const isAll = matching.length === messages.length;
	const which = isAll ? `The ${kept}` : `${formatCount(matching.length)} of the ${kept}`;
	const numBytes = matching.reduce((sum, message) => sum + message.numBytes, 0);
	const older = `; ${formatCount(numForgotten)} older ones are in the totals only`;
	return `${which}, ${formatBytes(numBytes)}${numForgotten > 0 ? older : ''}.`;
}

/** What clients under masks send beside their updates, and for whom; empty where there is nothing of the kind. */
export function wordReports({ totals }: Pick<WireLog, 'totals'>): string {
	return totals.report.numMessages === 0
		? ''
		: 'Figures for this page only are what a client says of its training: its loss, its counts of digits and steps, the length of its update. They are counted, but the shared model does not depend on them, and a real deployment would not send them. Results of evaluations go to the server, unmasked.';
}
