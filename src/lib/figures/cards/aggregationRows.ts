/** Secure aggregation in one round as a table: training and the four stages, who was there, what crossed. */
import { stages, type Stage } from '../../masking/messages';
import { phases, type Phase, type Playhead, type RoundRecord } from '../../scene/roundRecord';
import { formatCounted } from '../../ui/format';

/** What a stage came to; who answers training is known later than what it costs. */
export interface ClosedStage {
	numPresent: number | null;
	numLost: number | null;
	/** Bytes from all clients to the server, and back. */
	numBytesUp: number;
	numBytesDown: number;
}

export interface AggregationRow {
	deed: string;
	/** Null while it goes on. */
	closed: ClosedStage | null;
}

const deeds: Readonly<Record<Stage, string>> = {
	advertiseKeys: 'Keys',
	shareKeys: 'Key shares',
	maskedInput: 'Masked updates',
	unmask: 'Unmasking'
};

/** At the end of which phase the stage has shown what a stage of the protocol came to. */
const shownAfter: Readonly<Record<Stage, Phase>> = {
	advertiseKeys: 'mask',
	shareKeys: 'mask',
	maskedInput: 'upload',
	unmask: 'unmask'
};

/** The round as far as the stage has shown it: of phases, those that are shown to their ends. */
export function roundUpTo(record: RoundRecord, { phase, progress }: Playhead): RoundRecord {
	const isShown = (wanted: Phase) => {
		const order = phases.indexOf(phase) - phases.indexOf(wanted);
		return order > 0 || (order === 0 && progress >= 1);
	};
	return {
		...record,
		reached: record.reached.filter(isShown),
		stages: record.stages.filter(({ stage }) => isShown(shownAfter[stage])),
		outcome: isShown('unmask') ? record.outcome : null
	};
}

/** The rows of a round; before the first round, those of a round in which nothing has happened. */
export function aggregationRows(record: RoundRecord | null, modelBytes: number): AggregationRow[] {
	return [
		{ deed: 'Training', closed: record && closeTraining(record, modelBytes) },
		...stages.map((stage) => ({ deed: deeds[stage], closed: record && closeStage(record, stage) }))
	];
}

/** Who was chosen and who trained. Their answers travel masked, later. */
function closeTraining({ clients, reached }: RoundRecord, modelBytes: number): ClosedStage | null {
	if (!reached.includes('broadcast')) return null;
	const crossed = { numBytesUp: 0, numBytesDown: modelBytes * clients.length };
	if (!reached.includes('train')) return { numPresent: null, numLost: null, ...crossed };
	const numPresent = clients.filter(({ isTrained }) => isTrained).length;
	return { numPresent, numLost: clients.length - numPresent, ...crossed };
}

function closeStage({ stages }: RoundRecord, stage: Stage): ClosedStage | null {
	const closed = stages.find((event) => event.stage === stage);
	if (!closed) return null;
	const { presentIds, droppedIds, numBytesUp, numBytesDown } = closed;
	return { numPresent: presentIds.length, numLost: droppedIds.length, numBytesUp, numBytesDown };
}

/** What the round came to, in a sentence or two. */
export function aggregationVerdict(record: RoundRecord | null): string {
	if (!record || record.stages.length === 0) {
		return 'Clients agree on masks in pairs, anew in every round: one adds what the other subtracts, so that the server reads the sum and no single update.';
	}
	const { outcome, stages } = record;
	if (!outcome) {
		return stages.some(({ stage }) => stage === 'maskedInput')
			? 'The server holds masked updates; it can read none of them.'
			: 'Masks are on; not all masked updates have arrived yet.';
	}
	if (outcome.type === 'AggregationFailed') return `${outcome.reason}.`;
	const numRebuilt = outcome.recoveredIds.length;
	const numLate = stages.at(-1)?.droppedIds.length ?? 0;
	const are = numLate === 1 ? 'is' : 'are';
	return [
		`Masks cancelled in the sum of ${formatCounted(outcome.survivorIds.length, 'update')}.`,
		...(numRebuilt > 0 ? [`Masks rebuilt for ${formatCounted(numRebuilt, 'drop-out')}.`] : []),
		...(numLate > 0
			? [
					`${formatCounted(numLate, 'client')} fell silent only in the last stage and ${are} still in the sum.`
				]
			: [])
	].join(' ');
}
