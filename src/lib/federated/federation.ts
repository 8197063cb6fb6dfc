/** What the server may ask for, whoever carries it out: in this process, in workers, or in threads. */
import type { ClientMessage, MaskedInput } from '../masking/messages';
import type { BackendTrial } from './backendChoice';
import type { Claims } from './claims';
import type { RunConfig } from './config';
import type { DigitReading, MaskingView, ModelLens, TrainingView } from './observation';
import type {
	BroadcastMessage,
	ClientOutput,
	EvaluationResult,
	Population,
	PopulationMetrics
} from './records';
import type { SecureRequest } from './secureParticipant';

/** What the server sends to several clients of a round: the broadcast of each, with one copy of the model. */
export interface CohortMessage extends Omit<BroadcastMessage, 'clientId'> {
	/** Ascending, where the server asks for all. */
	clientIds: readonly number[];
	/** Where hosts share memory: of these clients, and of others, it trains those that nobody has begun. */
	claims?: Claims;
}

/** What a host tells when a client has trained. */
export interface TrainedClient {
	output: ClientOutput;
	/** What the observer sees of it; null in runs that nobody observes. */
	view: TrainingView | null;
}

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

export interface ReadingTask {
	clientId: number;
	params: Float32Array;
}

/** One place that plays some of the clients; their examples never leave it. */
export interface ClientHost {
	/** Gets ready for a run: deals the partition, creates the model; with a lens, keeps what it then shows. */
	prepare(config: RunConfig, lens: ModelLens | null): Promise<void>;
	/** Trains its clients one after the other; `onTrained` hears of each. */
	train(message: CohortMessage, onTrained: (trained: TrainedClient) => void): Promise<void>;
	/** Takes back the memory of updates that nobody reads any more. */
	reuse(deltas: readonly Float32Array[]): Promise<void>;
	/** The next step of secure aggregation of its clients, in order; null where one has nothing to answer with. */
	answerSecurely(requests: readonly SecureRequest[]): Promise<(ClientMessage | null)[]>;
	evaluate(message: EvaluationMessage): Promise<EvaluationResult[]>;
	trainCentralized(task: CentralizedTask): Promise<Float32Array>;
	trainAlone(task: LocalOnlyTask): Promise<LocalOnlyResult>;
	/** What the observer sees of these clients after masking, in order; those it knows nothing of are left out. */
	observeMasking(clientIds: readonly number[]): Promise<MaskingView[]>;
	/** What a model takes the held-out digits of a client for: for the observer, no message of the federation. */
	readHeldOut(task: ReadingTask): Promise<DigitReading>;
	/** A few gradient steps of the model on each backend that its machine has; no run needs to be prepared. */
	tryBackends(model: RunConfig['model']): Promise<BackendTrial[]>;
	/** Which kernels train the run it is prepared for, in words for people. */
	kernels(): Promise<string>;
	/** Tensors alive in its backend. */
	numTensors(): Promise<number>;
	/** Ends what it is working on at its next breath: the run is over. */
	stop(): Promise<void>;
	/** Answers as soon as it can: a sign of life. */
	ping(): Promise<void>;
}

/** Hears how the clients of a round get on. */
export interface CohortObserver {
	onStarted(clientId: number): void;
	/** Its host died; it starts again elsewhere. */
	onRetried(clientId: number, reason: string): void;
	onTrained(trained: TrainedClient): void;
	/** Its answer gets lost on its way. */
	isLost(clientId: number): boolean;
}

/** A host died under a task; the task starts again on another. */
export type OnRetried = (reason: string) => void;

/** The host of these clients died while they masked; another one brings them to where they were. */
export type OnMaskingRetried = (clientIds: readonly number[], reason: string) => void;

/** All clients together, as the server sees them. */
export interface Federation {
	/** Resolves when all of them have trained. */
	train(message: CohortMessage, observer: CohortObserver): Promise<void>;
	/** Gives the updates back to where they were made; nobody may read them any more. */
	reuse(outputs: readonly ClientOutput[]): void;
	/** What comes has crossed, but for masked updates: those are ready to, and do when they are received. */
	answerSecurely(
		requests: readonly SecureRequest[],
		onRetried: OnMaskingRetried
	): Promise<(ClientMessage | null)[]>;
	/** These masked updates cross now; a reader may have silenced others since they were made. */
	receiveInputs(inputs: readonly MaskedInput[]): void;
	evaluate(message: EvaluationMessage, onRetried?: OnRetried): Promise<EvaluationResult[]>;
	trainCentralized(task: CentralizedTask, onRetried?: OnRetried): Promise<Float32Array>;
	trainAlone(task: LocalOnlyTask, onRetried?: OnRetried): Promise<LocalOnlyResult>;
	observeMasking(clientIds: readonly number[], onRetried: OnMaskingRetried): Promise<MaskingView[]>;
}
