/** What happens in a run, in past tense. The page, the command line and the tests pull the same stream. */
import type { RunConfig } from './config';
import type {
	AggregationFailed,
	AggregationStageClosed,
	MaskingRetried,
	MasksObserved,
	SumObserved,
	SumUnmasked,
	UpdatesMasked
} from './maskingEvents';
import type { LayerHistogram, NumberPicture, TrainingView, UpdateView } from './observation';
import type { PrivacySpent } from './privacySpent';
import type { PopulationMetrics, RoundEvaluation } from './records';

export type RunEvent =
	| RunStarted
	| RoundStarted
	| CohortSampled
	| ModelBroadcast
	| ClientStarted
	| ClientTrained
	| ClientDropped
	| ClientRetried
	| MaskingRetried
	| MeasuringRetried
	| ClientObserved
	| TrainingClosed
	| MasksObserved
	| UpdatesMasked
	| AggregationStageClosed
	| SumObserved
	| SumUnmasked
	| AggregationFailed
	| ModelObserved
	| UpdatesAggregated
	| ModelEvaluated
	| CentralizedMeasured
	| LocalOnlyMeasured
	| RoundCompleted
	| RunCompleted;

export interface RunStarted {
	type: 'RunStarted';
	config: RunConfig;
	numParams: number;
	/** Training examples and label counts of each client, by client id. */
	clients: { numExamples: number; numHeldOut: number; labelCounts: number[] }[];
	/** Sentences worth showing, e.g. that some clients got no digits. */
	notes: string[];
	/** Sentences about what computes: the kernels, and why backend=auto chose its backend. */
	machine?: string[];
}

export interface RoundStarted {
	type: 'RoundStarted';
	roundNum: number;
}

export interface CohortSampled {
	type: 'CohortSampled';
	roundNum: number;
	/** Ascending. */
	clientIds: number[];
}

export interface ModelBroadcast {
	type: 'ModelBroadcast';
	roundNum: number;
	clientIds: number[];
	/** Bytes that each of them receives. */
	numBytesEach: number;
}

/** A device began to train. */
export interface ClientStarted {
	type: 'ClientStarted';
	roundNum: number;
	clientId: number;
}

export interface ClientTrained {
	type: 'ClientTrained';
	roundNum: number;
	clientId: number;
	numExamples: number;
	numSteps: number;
	/** Mean cross-entropy over its steps, in nats. */
	loss: number;
	/** Euclidean norm of its update. */
	deltaNorm: number;
	/** Bytes of its answer. */
	numBytes: number;
}

/** A chosen client never answered. */
export interface ClientDropped {
	type: 'ClientDropped';
	roundNum: number;
	clientId: number;
	/** Silenced by the reader, outside of the seed. */
	isByHand: boolean;
}

/** The worker that played a client died; another one plays it from the start of this round. */
export interface ClientRetried {
	type: 'ClientRetried';
	roundNum: number;
	clientId: number;
	reason: string;
}

/** The worker that measured a model or trained a baseline died; another one does it again. */
export interface MeasuringRetried {
	type: 'MeasuringRetried';
	roundNum: number;
	/** The federated model was measured, or one of the yardsticks trained or measured. */
	task: 'evaluation' | 'baseline';
	reason: string;
}

/** Through the glass wall: how a client's update looks where it was trained. Observed runs only. */
export interface ClientObserved {
	type: 'ClientObserved';
	roundNum: number;
	clientId: number;
	view: TrainingView;
}

/** Every chosen client has trained or fallen silent. */
export interface TrainingClosed {
	type: 'TrainingClosed';
	roundNum: number;
	/** Ascending. */
	trainedIds: number[];
	/** The updates are still with their clients, to be masked; else they have crossed already. */
	isMasked: boolean;
}

/** The global model in pictures: roundNum 0 before the first round, else before UpdatesAggregated. */
export interface ModelObserved {
	type: 'ModelObserved';
	roundNum: number;
	/** The mean update; null before the first round and where there was no sum. */
	mean: UpdateView | null;
	/** The mean with the server's own noise; null where it adds none. */
	noised: UpdateView | null;
	/** The model after the round, and what the round added to it. */
	pictures: NumberPicture[];
	change: NumberPicture[];
	histograms: LayerHistogram[];
}

export interface UpdatesAggregated {
	type: 'UpdatesAggregated';
	roundNum: number;
	/** Clients whose updates are in the mean; 0 leaves the model as it was. */
	numClients: number;
	/** Examples behind the mean. */
	numExamples: number;
	/** Euclidean norm of the mean update. */
	deltaNorm: number;
}

export interface ModelEvaluated {
	type: 'ModelEvaluated';
	roundNum: number;
	evaluation: RoundEvaluation;
}

/** The model trained with all data in one place, after the same number of examples as the federation. */
export interface CentralizedMeasured {
	type: 'CentralizedMeasured';
	roundNum: number;
	/** Examples it has trained on so far. */
	numExamplesSeen: number;
	unseen: PopulationMetrics;
	students: PopulationMetrics;
}

/** One more writer trained alone, with a share of the budget equal to everybody's. */
export interface LocalOnlyMeasured {
	type: 'LocalOnlyMeasured';
	roundNum: number;
	clientId: number;
	/** Epochs it trained on its own digits. */
	numEpochs: number;
	/** Its own model on the writers never trained on. */
	unseen: PopulationMetrics;
	/** Its own model on its own held-out digits; null where it has none. */
	own: PopulationMetrics | null;
}

/** What one line of metrics.jsonl holds. */
export interface RoundMetrics {
	round: number;
	/** Clients chosen, and those that answered. */
	numChosen: number;
	numAnswered: number;
	/** Chosen clients that the reader silenced: where there are any, the seed alone does not repeat the run. */
	silencedByHand: number[];
	/** Training examples behind this round's mean. */
	numExamples: number;
	/** Mean training loss of the clients, weighted by examples, in nats; null when nobody answered. */
	trainLoss: number | null;
	/** Bytes of models and updates sent for training so far, both directions. */
	trainingBytes: number;
	/** Bytes of models and results sent for federated evaluation so far, both directions. */
	evaluationBytes: number;
	/** What the run has cost one person so far, and the clip of the next round; null without noise or clip. */
	privacy: (PrivacySpent & { clip: number }) | null;
	/** Null in rounds that are not evaluated. */
	evaluation: Omit<RoundEvaluation, 'perClient' | 'confusion'> | null;
	centralized: { unseen: PopulationMetrics; students: PopulationMetrics } | null;
	/** Mean over the writers trained alone so far; null without any. */
	localOnly: { numClients: number; unseenAccuracy: number; ownAccuracy: number | null } | null;
}

export interface RoundCompleted {
	type: 'RoundCompleted';
	roundNum: number;
	metrics: RoundMetrics;
}

export interface RunCompleted {
	type: 'RunCompleted';
	roundNum: number;
}
