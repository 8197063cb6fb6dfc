/** What the server can see at the playhead, and what it would see without masks. */
import type { NumberPicture, Playhead, RoundRecord, UpdateView } from '../roundRecord';
import { countArrived, countSummed } from '../stage/serverShape';
import { isOver } from './updateStops';

export interface ServerView {
	/** Updates that have arrived by now, of those that ever do in this round. */
	numArrived: number;
	numExpected: number;
	/** Of those, how many are in the sum. */
	numSummed: number;
	/** Whose update came last; null before the first. */
	latestId: number | null;
	/** The last arrival as it came, and as it would have come without masks. */
	latest: UpdateView | null;
	latestPlain: UpdateView | null;
	/** A few numbers of it as the integers that code them under masks; null in the clear. */
	latestCoded: readonly number[] | null;
	/** The sum so far as it stands there, and without masks; both null in the clear, where there is only the mean. */
	sum: UpdateView | null;
	sumPlain: UpdateView | null;
	/** What has come of the sum with all masks off it, as the server has it; null while they are on. */
	unmasked: UpdateView | null;
	/** The mean, once masks are off; null before. */
	mean: UpdateView | null;
	/** How many numbers of the unmasked sum differ from the plain one; null before it was checked. */
	check: { numDiffering: number; numCompared: number } | null;
	/** Why the sum stays masked, once that is known; null where it does not. */
	failure: string | null;
	/** The model as it stands there now. */
	model: readonly NumberPicture[];
	/** What this round has added to it; null before it did. */
	change: readonly NumberPicture[] | null;
}

export function viewServer(record: RoundRecord, head: Playhead): ServerView {
	const { server, clients, isMasked, outcome } = record;
	const arrivals = isMasked
		? clients.filter(({ id }) => server.arrivedIds.includes(id))
		: clients.filter(({ isTrained }) => isTrained);
	const numArrived = countArrived(arrivals.length, head.phase, head.progress);
	const numSummed = countSummed(arrivals.length, head.phase, head.progress);
	const latest = arrivals[numArrived - 1];
	const plain = latest ? (latest.noised ?? latest.clipped ?? latest.trained) : null;
	const isSummed = isOver(head, isMasked ? 'unmask' : 'sum');
	const isChecked = isSummed && server.numDiffering !== null;
	const isApplied = isOver(head, 'apply');
	return {
		numArrived,
		numExpected: arrivals.length,
		numSummed,
		latestId: latest?.id ?? null,
		latest: latest && isMasked ? latest.masked : plain,
		latestPlain: plain,
		latestCoded: latest?.coded ?? null,
		sum: server.runningSums[numSummed - 1] ?? null,
		sumPlain: server.plainSums[numSummed - 1] ?? null,
		unmasked: isSummed ? server.unmasked : null,
		mean: isSummed ? server.sum : null,
		check: isChecked
			? { numDiffering: server.numDiffering!, numCompared: server.numCompared }
			: null,
		failure: isSummed && outcome?.type === 'AggregationFailed' ? outcome.reason : null,
		model: isApplied ? (server.after ?? server.before) : server.before,
		change: isApplied ? server.change : null
	};
}
