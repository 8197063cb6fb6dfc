/** What the server may ask for, whoever carries it out: in this process, in workers, or in threads. */
import type { ClientMessage } from '../masking/messages';
import type { BackendTrial } from './backendChoice';
import type { RunConfig } from './config';
import type { MaskingView, ModelLens, TrainingView } from './observation';
import type {
	BroadcastMessage,
	ClientOutput,
	EvaluationResult,
	Population,
	PopulationMetrics
} from './records';
import type { SecureRequest } from './secureParticipant';

/** Asks devices how a model does on their own digits. */
export interface EvaluationMessage {
	roundNum: number;
	/** Whose model is measured: that of a baseline is no message of the federation. */
	subject: 'federated' | 'baseline';
	population: Population;
	/** Clients, unseen writers or student files, ascending. */
	ids: readonly number[];
	params: Float32Array;
}

/** Trains the centralised baseline on its next examples. Not a message to a client. */
export interface CentralizedTask {
	params: Float32Array;
	/** Examples it has trained on before. */
	numExamplesSeen: number;
	/** Examples to train on now, and in one step. */
	numExamples: number;
	batchSize: number;
}

/** Trains one client alone from the initial model. Not a message to a client. */
export interface LocalOnlyTask {
	clientId: number;
	numEpochs: number;
	params: Float32Array;
}

export interface LocalOnlyResult {
	/** Its own model, [numParams]. */
	params: Float32Array;
	/** That model on its own held-out digits; null where it has none. */
	own: PopulationMetrics | null;
}

/** One place that plays some of the clients; their examples never leave it. */
export interface ClientHost {
	/** Gets ready for a run: deals the partition, creates the model; with a lens, keeps what it then shows. */
	prepare(config: RunConfig, lens: ModelLens | null): Promise<void>;
	train(message: BroadcastMessage): Promise<ClientOutput>;
	/** The next step of secure aggregation of its clients, in order; null where one has nothing to answer with. */
	answerSecurely(requests: readonly SecureRequest[]): Promise<(ClientMessage | null)[]>;
	evaluate(message: EvaluationMessage): Promise<EvaluationResult[]>;
	trainCentralized(task: CentralizedTask): Promise<Float32Array>;
	trainAlone(task: LocalOnlyTask): Promise<LocalOnlyResult>;
	/** What the observer sees of a client that has just trained; null in runs that nobody observes. */
	observeTraining(clientId: number): Promise<TrainingView | null>;
	/** What the observer sees of these clients after masking, in order; those it knows nothing of are left out. */
	observeMasking(clientIds: readonly number[]): Promise<MaskingView[]>;
	/** A few gradient steps of the model on each backend that its machine has; no run needs to be prepared. */
	tryBackends(model: RunConfig['model']): Promise<BackendTrial[]>;
	/** Which kernels train the run it is prepared for, in words for people. */
	kernels(): Promise<string>;
	/** Tensors alive in its backend. */
	numTensors(): Promise<number>;
	/** Answers as soon as it can: a sign of life. */
	ping(): Promise<void>;
}

/** Hears about a task that waits its turn. */
export interface TaskObserver {
	onStarted?: () => void;
	/** The host died; the task starts again elsewhere. */
	onRetried?: (reason: string) => void;
	/** In observed runs: how the update looks where it was trained, before the answer. */
	onObserved?: (view: TrainingView) => void;
	/** The answer gets lost on its way. */
	isLost?: () => boolean;
}

/** All clients together, as the server sees them. */
export interface Federation {
	train(message: BroadcastMessage, observer?: TaskObserver): Promise<ClientOutput>;
	answerSecurely(requests: readonly SecureRequest[]): Promise<(ClientMessage | null)[]>;
	evaluate(message: EvaluationMessage): Promise<EvaluationResult[]>;
	trainCentralized(task: CentralizedTask): Promise<Float32Array>;
	trainAlone(task: LocalOnlyTask): Promise<LocalOnlyResult>;
	observeMasking(clientIds: readonly number[]): Promise<MaskingView[]>;
}
