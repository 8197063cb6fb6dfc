/** Which round a client falls out of when the reader drops it now, as `federated/interventions.ts` decides it. */
import type { RunSnapshot } from './runSnapshot';

/** The round under way as long as the server waits for the client's update in it, else the next; from 1. */
export function dropRoundNow(snapshot: RunSnapshot, clientId: number): number {
	const { stage, roundNum, closedStages, clients, config } = snapshot;
	const isCollecting = stage === 'training' || stage === 'masking';
	const isIn = config?.secureAggregation
		? closedStages.some((closed) => closed.stage === 'maskedInput')
		: clients[clientId]?.phase === 'trained';
	return isCollecting && !isIn ? roundNum : roundNum + 1;
}
