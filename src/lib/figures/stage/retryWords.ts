/** What to tell a reader after a worker has died and the run lives on. */
import type { Retry } from '../../scene/runSnapshot';
import { formatCount, formatCounted } from '../../ui/format';

/** The latest death, in a sentence for everybody; empty when there was none. */
export function retryNotice(retries: readonly Retry[]): string {
	const last = retries[retries.length - 1];
	if (!last) return '';
	const round = `in round ${formatCount(last.roundNum)}`;
	if (last.type === 'MeasuringRetried') {
		const task = last.task === 'evaluation' ? 'measuring the model' : 'working on a comparison';
		return `A worker stopped ${round} while ${task}: another one does it again, so nothing is lost.`;
	}
	const numClients = retries.filter(
		({ type, roundNum }) => type === 'ClientRetried' && roundNum === last.roundNum
	).length;
	const whom = numClients === 1 ? 'client' : formatCounted(numClients, 'client');
	return `A worker stopped ${round}: another one plays its ${whom} from the start of the round, so nothing is lost.`;
}

/** The same for those who look behind the stage: how often, and the last time why. */
export function retryTally(retries: readonly Retry[]): string {
	const last = retries[retries.length - 1];
	if (!last) return 'Nothing had to start over in this run.';
	const clients = retries.filter(({ type }) => type === 'ClientRetried').length;
	const others = retries.length - clients;
	const parts = [
		clients > 0 ? `${formatCounted(clients, 'client')} had to start a round over` : '',
		others > 0 ? `${formatCounted(others, 'measurement')} had to begin again` : ''
	].filter(Boolean);
	const whom =
		last.type === 'ClientRetried'
			? `client ${formatCount(last.clientId)}`
			: last.task === 'evaluation'
				? 'the evaluation'
				: 'a baseline';
	return `In this run ${parts.join(', and ')}. The last was ${whom}, in round ${formatCount(last.roundNum)}: ${last.reason}.`;
}
