/** The way of one update, stop by stop, as far as the playhead has come. */
import type { RunConfig } from '../../federated/config';
import {
	phases,
	type ClientRound,
	type Phase,
	type Playhead,
	type UpdateView
} from '../roundRecord';

export type StopName = 'trained' | 'clipped' | 'noised' | 'masked';

export interface UpdateStop {
	name: StopName;
	/** Null where the update has not come so far, or never will. */
	view: UpdateView | null;
	/** Integers of the ring rather than floats. */
	isRing: boolean;
}

const phaseOf: Readonly<Record<StopName, Phase>> = {
	trained: 'train',
	clipped: 'clip',
	noised: 'clip',
	masked: 'mask'
};

/** The stops that this run's updates have. Noise that only the server adds is none of theirs. */
export function stopsOf(
	client: ClientRound,
	head: Playhead,
	{ dp, secureAggregation }: Pick<RunConfig, 'dp' | 'secureAggregation'>
): UpdateStop[] {
	const names: StopName[] = ['trained'];
	if (dp !== 'none') names.push('clipped');
	if (dp === 'local' || dp === 'distributed') names.push('noised');
	if (secureAggregation) names.push('masked');
	return names.map((name) => ({
		name,
		view: isOver(head, phaseOf[name]) ? client[name] : null,
		isRing: name === 'masked'
	}));
}

/** How many local steps have been taken by now. */
export function stepsTaken({ stepLosses }: ClientRound, head: Playhead): number {
	const order = phases.indexOf(head.phase) - phases.indexOf('train');
	if (order < 0) return 0;
	return order > 0 ? stepLosses.length : Math.ceil(head.progress * stepLosses.length);
}

/** The phase lies behind the playhead, or most of it does. */
export function isOver(head: Playhead, phase: Phase): boolean {
	const order = phases.indexOf(head.phase) - phases.indexOf(phase);
	return order > 0 || (order === 0 && head.progress > 0.5);
}
