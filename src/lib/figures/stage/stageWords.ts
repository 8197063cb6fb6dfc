/** Words on the stage: what a glyph is doing, and what the server holds. */
import type { RoundEvaluation } from '../../federated/records';
import type { Phase, RoundRecord } from '../../scene/roundRecord';
import type { ClientSnapshot } from '../../scene/runSnapshot';
import { type GlyphState, isUnderMasks } from '../../scene/stage/clientState';
import type { ServerShape } from '../../scene/stage/shapes';
import { formatCount, formatCounted, formatPercent } from '../../ui/format';
import { clientName, type ClientNoun } from '../describeClient';

/** States of a client as they are named on the page, in the order in which a round goes through them. */
export const stateNames: Readonly<Record<GlyphState, string>> = {
	idle: 'resting',
	chosen: 'chosen',
	training: 'training',
	trained: 'trained',
	masked: 'masked',
	dropped: 'dropped out',
	recovered: 'dropped out, masks rebuilt'
};

/** What a screen reader says of a client on the stage; that it is muted now, whatever the moment on show. */
export function describeGlyph(
	client: ClientSnapshot,
	state: GlyphState,
	noun: ClientNoun,
	isMuted = false
): string {
	const { id, numExamples } = client;
	const parts = [clientName(id, noun), formatCounted(numExamples, 'digit'), stateNames[state]];
	return [...parts, ...(isMuted ? ['muted by you'] : [])].join(', ');
}

/** What stands in the server's card now: the model of which round, of how many numbers. */
export function serverLine(
	record: RoundRecord | null,
	phase: Phase,
	{ mode }: ServerShape,
	numParams: number
): string {
	if (!record) return 'a model not trained yet';
	if (mode === 'sum') return 'what it has received';
	if (phase === 'evaluate' && record.evaluation) return accuracyNote(record.evaluation);
	const numbers = numParams > 0 ? ` · ${formatCounted(numParams, 'number')}` : '';
	const isNew = phase === 'evaluate' || phase === 'apply';
	const roundNum = isNew ? record.roundNum : record.roundNum - 1;
	return roundNum === 0 ? `untrained${numbers}` : `after round ${formatCount(roundNum)}${numbers}`;
}

/** Short lines beside the sum: what has arrived while updates are sent, what of it is added up from then on. */
export function sumNotes(record: RoundRecord, phase: Phase, server: ServerShape): string[] {
	const { numArrived, numAdded, numExpected, isUnmasked } = server;
	const isMasked = isUnderMasks(record);
	const isLost = record.outcome?.type === 'AggregationFailed';
	if (isLost && numExpected === 0) return ['nothing', 'was sent'];
	const added = `${formatCount(numAdded)} of ${formatCount(numExpected)}`;
	if (phase === 'upload') {
		const arrived = `${formatCount(numArrived)} of ${formatCount(numExpected)}`;
		return isMasked
			? [`${arrived} arrived`, 'they come', 'masked']
			: [arrived, 'updates', 'arrived'];
	}
	if (!isMasked) return [added, 'updates in', 'the mean'];
	if (isLost) return ['stays masked', added, 'added'];
	if (!isUnmasked) return [`${added} added`, 'all noise to', 'the server'];
	const { numDiffering, numCompared } = record.server;
	if (numDiffering === null) return ['masks are off', `sum of ${formatCount(numAdded)}`];
	const differing = `${formatCount(numDiffering)} of ${formatCount(numCompared)}`;
	return ['masks are off', differing, 'numbers differ'];
}

function accuracyNote({ unseen }: RoundEvaluation): string {
	return `reads ${formatPercent(unseen.accuracy)} of unseen hands`;
}
