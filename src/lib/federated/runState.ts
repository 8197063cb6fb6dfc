/** What a run is between two rounds: everything the next round depends on besides the configuration. */
import type { DatasetIndex } from '../data/datasetIndex';
import { NUM_CLASSES } from '../data/datasetIndex';
import { countLabels, parseLabels } from '../data/examples';
import { createPartition } from '../data/partition/partition';
import type { FixedPoint } from '../masking/fixedPoint';
import { createRoom, type Room } from '../math/room';
import { createSum } from '../math/vector';
import type { RunConfig } from './config';
import type { LocalOnlyMeasured, RunStarted } from './events';
import type { Federation } from './federation';
import { createInterventions, type Interventions } from './interventions';
import type { ModelLens } from './observation';
import type { ServerState } from './records';
import { createFixedPoint, findWrapProblem } from './secureEncoding';

export interface RunState {
	server: ServerState;
	centralized: { params: Float32Array; numExamplesSeen: number };
	localOnly: readonly LocalOnlyMeasured[];
	/** How often each client's update was part of a mean, by client id. */
	numAnswers: readonly number[];
	/** Sent so far in both directions. */
	trainingBytes: number;
	evaluationBytes: number;
}

/** What stays the same over all rounds. */
export interface RunSetup {
	config: RunConfig;
	federation: Federation;
	/** The model before the first round, [numParams]. */
	initialParams: Float32Array;
	clients: RunStarted['clients'];
	/** Clients with something to train on. */
	eligibleIds: readonly number[];
	unseenIds: readonly number[];
	studentIds: readonly number[];
	/** How updates become integers under secure aggregation. */
	fixedPoint: FixedPoint;
	notes: readonly string[];
	/** Sentences about what computes the run. */
	machine: readonly string[];
	/** Through which the run is observed; null where nobody looks. */
	lens: ModelLens | null;
	interventions: Interventions;
	/** Where the sum of updates grows, and where the next model is made. */
	sumRoom: Room<Float64Array>;
	modelRoom: Room<Float32Array>;
}

/** Deals the partition and counts labels; needs no image. */
export function createRunSetup(
	config: RunConfig,
	index: DatasetIndex,
	initialParams: Float32Array,
	federation: Federation,
	lens: ModelLens | null = null
): RunSetup {
	const partition = createPartition(index, config);
	const labels = parseLabels(index.writers.map((writer) => writer.labels).join(''));
	const clients = partition.clients.map(({ train, heldOut }) => ({
		numExamples: train.length,
		numHeldOut: heldOut.length,
		labelCounts: countLabels(
			train.map((position) => labels[position]),
			NUM_CLASSES
		)
	}));
	const sizes = clients.map((client) => client.numExamples);
	const problem = findWrapProblem(config, sizes);
	if (problem) throw new Error(problem.sentence);
	return {
		config,
		federation,
		fixedPoint: createFixedPoint(config, sizes),
		initialParams,
		clients,
		eligibleIds: clients.flatMap((client, id) => (client.numExamples > 0 ? [id] : [])),
		unseenIds: index.unseenWriters.map((_, id) => id),
		studentIds: index.students.map((_, id) => id),
		notes: partition.notes,
		machine: [],
		lens,
		interventions: createInterventions(config.secureAggregation),
		sumRoom: createRoom(createSum),
		modelRoom: createRoom((length) => new Float32Array(length))
	};
}

/** Before the first round. */
export function createInitialState({ config, initialParams, clients }: RunSetup): RunState {
	return {
		server: { roundNum: 0, clip: config.clip, params: initialParams },
		centralized: { params: initialParams, numExamplesSeen: 0 },
		localOnly: [],
		numAnswers: clients.map(() => 0),
		trainingBytes: 0,
		evaluationBytes: 0
	};
}
