/** What to tell a reader after a worker has died and the run lives on. */
import type { MaskingRetried } from '../../federated/maskingEvents';
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
	if (last.type === 'MaskingRetried') return maskingNotice(last, round);
	const numClients = retries.filter(
		({ type, roundNum }) => type === 'ClientRetried' && roundNum === last.roundNum
	).length;
	const whom = numClients === 1 ? 'client' : formatCounted(numClients, 'client');
	return `A worker stopped ${round}: another one plays its ${whom} from the start of the round, so nothing is lost.`;
}

function maskingNotice({ clientIds, areLost }: MaskingRetried, round: string): string {
	const isOne = clientIds.length === 1;
	const whom = isOne ? 'its client' : `its ${formatCounted(clientIds.length, 'client')}`;
	const begin = `A worker stopped ${round} while ${whom} masked ${isOne ? 'an update' : 'their updates'}`;
	if (!areLost) return `${begin}: another one does the same again, so nothing is lost.`;
	return `${begin}, and their secret keys went with it: they drop out, and the others finish the round without them.`;
}

/** The same for those who look behind the stage: how often, and the last time why. */
export function retryTally(retries: readonly Retry[]): string {
	const last = retries[retries.length - 1];
	if (!last) return 'Nothing had to start over in this run.';
	const clients = retries.filter(({ type }) => type === 'ClientRetried').length;
	const maskings = retries.flatMap((retry) =>
		retry.type === 'MaskingRetried' ? retry.clientIds : []
	).length;
	const others = retries.filter(({ type }) => type === 'MeasuringRetried').length;
	const parts = [
		clients > 0 ? `${formatCounted(clients, 'client')} had to start a round over` : '',
		maskings > 0 ? `${formatCounted(maskings, 'client')} had to mask again or dropped out` : '',
		others > 0 ? `${formatCounted(others, 'measurement')} had to begin again` : ''
	].filter(Boolean);
	return `In this run ${parts.join(', and ')}. The last was ${whomOf(last)}, in round ${formatCount(last.roundNum)}: ${last.reason}.`;
}

function whomOf(retry: Retry): string {
	switch (retry.type) {
		case 'ClientRetried':
			return `client ${formatCount(retry.clientId)}`;
		case 'MaskingRetried':
			return `the masking of ${formatCounted(retry.clientIds.length, 'client')}`;
		case 'MeasuringRetried':
			return retry.task === 'evaluation' ? 'the evaluation' : 'a baseline';
	}
}
