/** Which phases the rounds of a run have, and which event ends one. */
import type { RunConfig } from '../federated/config';
import type { RunEvent } from '../federated/events';
import { phases, type Phase } from './roundRecord';

type Protection = Pick<RunConfig, 'secureAggregation' | 'dp'>;

/** Masks need secure aggregation, clips need differential privacy; the rest is in every run. */
export function phasesOf({ secureAggregation, dp }: Protection): readonly Phase[] {
	return phases.filter((phase) => {
		if (phase === 'mask' || phase === 'unmask') return secureAggregation;
		return phase === 'clip' ? dp !== 'none' : true;
	});
}

/** Phases whose data is complete once this event has come, in order; none for most events. */
export function phasesEndedBy(event: RunEvent): readonly Phase[] {
	switch (event.type) {
		case 'CohortSampled':
			return ['choose'];
		case 'ModelBroadcast':
			return ['broadcast'];
		case 'TrainingClosed':
			// In the clear an update has crossed as soon as it is made.
			return event.isMasked ? ['train', 'clip'] : ['train', 'clip', 'upload'];
		case 'UpdatesMasked':
			return ['mask'];
		case 'AggregationStageClosed':
			return event.stage === 'maskedInput' ? ['upload', 'sum'] : [];
		case 'SumUnmasked':
			return ['unmask'];
		case 'AggregationFailed':
			return ['mask', 'upload', 'sum', 'unmask'];
		case 'UpdatesAggregated':
			return ['sum', 'apply'];
		case 'RoundCompleted':
			return ['evaluate'];
		default:
			return [];
	}
}
