/** The records that clients and server exchange or keep. Parameters are flat Float32Arrays, shapes live in the model room. */

/** What the server keeps from round to round. */
export interface ServerState {
	/** Rounds completed; the next round is `roundNum + 1`. */
	roundNum: number;
	/** Largest norm of an update under differential privacy; follows the norms where it is adaptive. */
	clip: number;
	/** The global model, [numParams]. */
	params: Float32Array;
}

/** What the server sends to one client at the start of its work. */
export interface BroadcastMessage {
	roundNum: number;
	clientId: number;
	/** Clients chosen in this round: distributed noise is shared among them. */
	cohortSize: number;
	/** Largest norm of an update; without effect where there is no differential privacy. */
	clip: number;
	params: Float32Array;
}

/** What a client sends back after local training. Never an example. */
export interface ClientOutput {
	clientId: number;
	/**
	 * Local minus global parameters, [numParams]. Empty under secure aggregation: then the update leaves the
	 * client only masked, and the figures below are the page's own, for its pictures.
	 */
	delta: Float32Array;
	/** Euclidean norm of the update as it was trained. */
	deltaNorm: number;
	/** Training examples it used. */
	numExamples: number;
	/** Its weight in the average: its examples, or 1 under differential privacy. */
	clientWeight: number;
	/** 1 where its update was no longer than the clip, else 0. */
	isWithinClip: number;
	/** Gradient steps it took. */
	numSteps: number;
	/** Mean cross-entropy over its steps, in nats. */
	loss: number;
}

/** How one model does on one client's (or one file's) examples. Sums, so that means can be pooled exactly. */
export interface EvaluationResult {
	/** Client, unseen writer or file number, by the population it belongs to. */
	id: number;
	numExamples: number;
	numCorrect: number;
	/** Sum over the examples of the cross-entropy, in nats. */
	lossSum: number;
	/** Examples of each class taken for each class, [10 * label + predicted]. */
	confusion: Uint16Array;
}

/** Populations that a model is evaluated on. */
export type Population = 'training' | 'unseen' | 'students';

/** Pooled figures of a population. */
export interface PopulationMetrics {
	/** Correct examples over all examples. */
	accuracy: number;
	/** Mean cross-entropy, in nats. */
	loss: number;
	numExamples: number;
}

/** One evaluation of the global model. */
export interface RoundEvaluation {
	/** Held-out digits of the training clients. */
	training: PopulationMetrics;
	/** Mean accuracy of the tenth of the training clients that fares worst. */
	worstTenth: number;
	/** Writers never trained on. */
	unseen: PopulationMetrics;
	/** The other population: high-school students. */
	students: PopulationMetrics;
	/** Accuracy on own held-out digits, by client; NaN-free: clients without held-out digits are left out. */
	perClient: { id: number; accuracy: number; numExamples: number }[];
	/** Digits of each class taken for each class, [10 * label + predicted], by population. */
	confusion: Readonly<Record<Population, readonly number[]>>;
}
