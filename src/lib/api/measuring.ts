/** How a model does on digits, client by client; and the yardstick of all data in one place. */
import { concatExamples } from '../data/examples';
import { trainEpochs } from '../federated/clientUpdate';
import { poolResults, worstTenth } from '../federated/evaluation';
import type { PopulationMetrics } from '../federated/records';
import { randomStream } from '../math/random';
import { Digits } from './digits';
import type { CreateModel } from './models';
import { measure, summarize, type Tally, type TrainingMetrics } from './training';
import { expectNumber, type World } from './world';

/** Anything that holds a model's numbers: a state of a process, or the numbers themselves. */
export type Trained = { params: Float32Array } | Float32Array;

/** Pooled over all digits, and client by client. */
export interface EvaluationReport extends PopulationMetrics {
	/** Mean accuracy of the tenth of the clients that fares worst. */
	worstTenth: number;
	perClient: { id: number; accuracy: number; loss: number; numExamples: number }[];
}

/** Measures a model on each client's own digits; only sums come back. */
export type FederatedEvaluation = (
	trained: Trained,
	clients: readonly Digits[]
) => Promise<EvaluationReport>;

/** How a model is trained in one place. */
export interface CentralOptions {
	/** Learning rate; 0.02. */
	lr?: number;
	/** Times through all digits; 5. */
	epochs?: number;
	/** Digits in one gradient step; 20. */
	batchSize?: number;
	/** Starts the initial model and the shuffling; 7. */
	seed?: number;
}

export interface MeasuringApi {
	/**
	 * Builds federated evaluation: each client measures the model on its own digits and sends back how many there were,
	 * how many were right, and the sum of the losses. Hand it training digits or test digits.
	 * @example
	 * const evaluate = buildFederatedEvaluation(createSoftmaxModel);
	 * await evaluate(state, writers.map((writer) => writer.test));
	 */
	buildFederatedEvaluation(createModel: CreateModel): FederatedEvaluation;
	/**
	 * Trains with all digits in one place: what a federation is measured against. The digits of the clients are put
	 * together and shuffled anew in each epoch.
	 * @example
	 * const central = await trainCentrally(createSoftmaxModel, writers.map(preprocess), { lr: 0.02 });
	 */
	trainCentrally(
		createModel: CreateModel,
		clients: readonly Digits[],
		options?: CentralOptions
	): Promise<{ params: Float32Array; metrics: TrainingMetrics }>;
}

export function createMeasuringApi({ breathe }: World): MeasuringApi {
	return {
		buildFederatedEvaluation(createModel) {
			const learner = createModel().createLearner();
			return async (trained, clients) => {
				const params = paramsOf(trained);
				if (!Array.isArray(clients) || !clients.every((client) => client instanceof Digits))
					throw new TypeError('evaluate: expected an array of digits, one entry a client');
				const results = [];
				for (const digits of clients) {
					await breathe();
					const { isCorrect, losses } = (await learner).predict(params, digits, false);
					results.push({
						id: digits.id,
						numExamples: digits.numExamples,
						numCorrect: isCorrect.reduce((sum, one) => sum + one, 0),
						lossSum: losses.reduce((sum, loss) => sum + loss, 0)
					});
				}
				const measured = results.filter(({ numExamples }) => numExamples > 0);
				const perClient = measured.map((result) => ({ id: result.id, ...poolResults([result]) }));
				const worst = worstTenth(perClient.map(({ accuracy }) => accuracy));
				return { ...poolResults(measured), worstTenth: worst, perClient };
			};
		},

		async trainCentrally(createModel, clients, options = {}) {
			const { lr = 0.02, epochs = 5, batchSize = 20, seed = 7 } = options;
			expectNumber('lr', lr, { min: 0 });
			expectNumber('epochs', epochs, { min: 1, isWhole: true });
			expectNumber('batchSize', batchSize, { min: 0, isWhole: true });
			const model = createModel();
			const pooled = concatExamples(clients);
			const tally: Tally = { numSeen: 0, numCorrect: 0, lossSum: 0 };
			const { params } = await trainEpochs(
				measure(await model.createLearner(), tally),
				pooled,
				model.initialParams(seed),
				{ numEpochs: epochs, batchSize, learningRate: lr },
				randomStream(seed, 'centralized'),
				breathe
			);
			return { params, metrics: summarize([tally], pooled.labels.length) };
		}
	};
}

/** Takes a state or bare numbers. */
export function paramsOf(trained: Trained): Float32Array {
	const params = trained instanceof Float32Array ? trained : trained?.params;
	if (params instanceof Float32Array) return params;
	throw new TypeError('expected the state of a process or its params, got something else');
}
