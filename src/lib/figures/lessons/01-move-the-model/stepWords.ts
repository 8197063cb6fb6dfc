/** What a step of the story says, with the figures of the round that is shown. */
import type { DeviceState } from '../../../federated/readiness';
import { isReady } from '../../../federated/readiness';
import type { RoundRecord } from '../../../scene/roundRecord';
import type { Step } from '../../../scene/sixSteps';
import {
	formatBytes,
	formatCount,
	formatCounted,
	formatLoss,
	formatPercent
} from '../../../ui/format';

export const stepNames: Readonly<Record<Step, string>> = {
	copy: 'A copy goes out',
	learn: 'Devices learn',
	return: 'Results come back',
	combine: 'Many become one',
	improve: 'The model improves',
	ship: 'A new version ships'
};

export interface StoryRound {
	record: RoundRecord;
	numParams: number;
	/** Accuracy on unseen writers of the round before; null before the first. */
	accuracyBefore: number | null;
	/** State of every device in this round. */
	states: readonly DeviceState[];
}

/** One or two sentences. */
export function describeStep(
	step: Step,
	{ record, numParams, accuracyBefore }: StoryRound
): string {
	const { clients, roundNum, server } = record;
	const numDevices = formatCounted(clients.length, 'device');
	const numDigits = clients.reduce((sum, { numExamples }) => sum + numExamples, 0);
	if (clients.length === 0) {
		return 'No device is ready this time. The server waits for the next round; the model stays as it was.';
	}
	switch (step) {
		case 'copy': {
			const state = roundNum === 1 ? ' It knows nothing yet: every number in it is zero.' : '';
			return `The server sends a copy of its model, ${formatBytes(4 * numParams)}, to ${numDevices}.${state}`;
		}
		case 'learn': {
			const [first] = clients;
			const losses = first.stepLosses;
			return `Each device goes through its own digits once, ${formatCount(numDigits)} in all. On the first, the error (its mean loss) falls from ${formatLoss(losses[0])} to ${formatLoss(losses[losses.length - 1])}.`;
		}
		case 'return': {
			const bytes = clients.reduce((sum, { bytesUp }) => sum + bytesUp, 0);
			return `What changed in each copy goes back: ${formatCount(numParams)} differences a device, ${formatBytes(bytes)} together. Each picture shows the part for one digit: orange where ink now counts for it, blue against. None of the ${formatCount(numDigits)} digits is sent.`;
		}
		case 'combine':
			return `The server takes the mean of ${formatCounted(server.numAveraged ?? clients.length, 'update')}. Whoever has more digits counts for more.`;
		case 'improve': {
			const accuracy = record.metrics?.evaluation?.unseen.accuracy;
			if (accuracy === undefined) return 'The mean is added to the shared model.';
			const reads = `The mean is added to the shared model. It now reads ${formatPercent(accuracy)} of the digits of writers nobody trained on`;
			if (accuracyBefore === null) return `${reads}.`;
			const isWorse = accuracy < accuracyBefore;
			return `${reads}, after ${formatPercent(accuracyBefore)} before.${isWorse ? ' Worse, this time: a few hands can pull it their way.' : ''}`;
		}
		case 'ship':
			return `Version ${roundNum} is the model from now on, also for the devices that slept through this round. Then it all begins again.`;
	}
}

/** What the chosen devices were doing: whom the round has disturbed. */
export function describeDisturbance({ record, states }: StoryRound): string {
	const chosen = record.clients.map(({ id }) => states[id]);
	const numReady = states.filter(isReady).length;
	const ready = `${numReady} of ${states.length} devices ${numReady === 1 ? 'was' : 'were'} ready (all three signs).`;
	const disturbed = chosen.filter((state) => !isReady(state));
	if (disturbed.length === 0) return `${ready} The round disturbed nobody.`;
	const reasons = [
		[disturbed.filter(({ isCharging }) => !isCharging).length, 'on battery'],
		[disturbed.filter(({ isIdle }) => !isIdle).length, 'in use'],
		[disturbed.filter(({ isOnWifi }) => !isOnWifi).length, 'on mobile data']
	] as const;
	const listed = reasons
		.filter(([count]) => count > 0)
		.map(([count, words]) => `${count} ${words}`);
	const numReasons = reasons.reduce((sum, [count]) => sum + count, 0);
	const overlap = numReasons > disturbed.length ? ', some for more than one reason' : '';
	return `${ready} The round disturbed ${disturbed.length} of ${formatCounted(chosen.length, 'device')}${overlap}: ${listed.join(', ')}.`;
}
