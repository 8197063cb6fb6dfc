/** From the clients' updates to the mean that the server applies: in the clear or masked, with or without noise. */
import { meanOf } from '../aggregation/mean';
import type { Stage } from '../masking/messages';
import { dropoutStage } from './cohort';
import type { RunEvent } from './events';
import { messageBytes } from './messageBytes';
import { decodeWithNoise, planDistributedNoise } from './privateUpdate';
import type { ClientOutput, ServerState } from './records';
import type { RunSetup } from './runState';
import { decodeTotal } from './secureEncoding';
import { aggregateSecurely } from './secureRound';

/** What the clients of a round answered, in cohort order whoever was first. */
export interface TrainedCohort {
	outputs: readonly ClientOutput[];
	/** The weighted sum of their updates, [numParams]; null where they are still to be masked and summed. */
	sum: Float64Array | null;
}

export interface CombinedUpdates {
	/** Mean update, [numParams]; null where there is no sum and the model stays as it is. */
	delta: Float64Array | null;
	/** Clients behind it, ascending. */
	answeredIds: readonly number[];
	/** Sent for it, both directions. */
	numBytes: number;
}

/** Yields the stages of secure aggregation where it is on; in the clear the sum is there already. */
export async function* combineUpdates(
	setup: RunSetup,
	server: ServerState,
	cohortSize: number,
	{ outputs, sum: plainSum }: TrainedCohort
): AsyncGenerator<RunEvent, CombinedUpdates> {
	const outputBytes = outputs.reduce((sum, output) => sum + messageBytes(output), 0);
	if (plainSum) {
		const totalWeight = outputs.reduce((sum, output) => sum + output.clientWeight, 0);
		return {
			delta: divide(setup, plainSum, totalWeight),
			answeredIds: outputs.map((output) => output.clientId),
			numBytes: outputBytes
		};
	}
	const { sum, survivorIds, numBytes } = yield* sumSecurely(setup, server, cohortSize, outputs);
	const delta = sum && decode(setup, server, cohortSize, sum);
	return { delta, answeredIds: survivorIds, numBytes: outputBytes + numBytes };
}

/**
 * Sum to mean. Under differential privacy the divisor is the EXPECTED number of clients, whoever came: the real
 * one is private (McMahan et al. 2018, arXiv 1710.06963). Otherwise it is the weight behind the sum.
 */
function divide({ config }: RunSetup, total: Float64Array, totalWeight: number) {
	return meanOf(total, config.dp === 'none' ? totalWeight : config.cohortSize);
}

function decode(
	setup: RunSetup,
	{ clip, params }: ServerState,
	cohortSize: number,
	sum: Uint32Array
) {
	const { config, fixedPoint } = setup;
	if (config.dp === 'distributed') {
		const noise = planDistributedNoise(config, clip, cohortSize, params.length);
		const { total, numClients } = decodeWithNoise(sum, noise);
		return divide(setup, total, numClients);
	}
	const { total, totalWeight } = decodeTotal(sum, fixedPoint);
	return divide(setup, total, totalWeight);
}

function sumSecurely(
	{ config, federation, lens, interventions }: RunSetup,
	{ roundNum, clip, params }: ServerState,
	cohortSize: number,
	outputs: readonly ClientOutput[]
) {
	const thisRound = roundNum + 1;
	const clientIds = outputs.map((output) => output.clientId);
	const dropouts = new Map<number, Stage>();
	for (const clientId of clientIds) {
		const stage = dropoutStage(config, thisRound, clientId);
		if (stage !== null && stage !== 'train') dropouts.set(clientId, stage);
	}
	const minClients =
		config.dp === 'distributed' && cohortSize > 0
			? cohortSize - planDistributedNoise(config, clip, cohortSize, params.length).maxDropouts
			: 0;
	return aggregateSecurely({
		seed: config.seed,
		roundNum: thisRound,
		clientIds,
		vectorLength: 1 + params.length,
		dropoutRate: config.dropout,
		minClients,
		dropouts,
		interventions,
		canRepeatKeys: config.maskKeys === 'seed',
		lens,
		federation
	});
}
