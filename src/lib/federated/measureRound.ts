/** The measuring half of a round: federated evaluation, and the baselines with the same budget. */
import { centralizedBatchSize, localOnlyClients, localOnlyEpochs } from './baselines';
import { poolResults, summarizeEvaluation } from './evaluation';
import type {
	CentralizedMeasured,
	LocalOnlyMeasured,
	MeasuringRetried,
	ModelEvaluated,
	RunEvent
} from './events';
import type { EvaluationMessage, OnRetried } from './federation';
import { messageBytes } from './messageBytes';
import { createLocalPlan } from './localPlan';
import type { EvaluationResult, Population } from './records';
import type { RunSetup, RunState } from './runState';
import { streamEvents } from './streamEvents';
import type { TrainedRound } from './trainRound';

export interface MeasuredRound {
	evaluated: ModelEvaluated | null;
	centralized: RunState['centralized'];
	centralizedMeasured: CentralizedMeasured | null;
	localOnly: LocalOnlyMeasured[];
	/** Sent for federated evaluation in this round, both directions. */
	numBytes: number;
}

/** Measures the new model and lets the baselines catch up, side by side. */
export async function* measureRound(
	setup: RunSetup,
	state: RunState,
	trained: TrainedRound
): AsyncGenerator<RunEvent, MeasuredRound> {
	const { roundNum } = trained.server;
	const isDue = roundNum % setup.config.evaluateEvery === 0 || roundNum === setup.config.rounds;
	return yield* streamEvents<RunEvent, MeasuredRound>(async (emit) => {
		const [evaluation, baseline, localOnly] = await Promise.all([
			isDue ? evaluateModel(setup, trained, emit) : { evaluated: null, numBytes: 0 },
			advanceCentralized(setup, state.centralized, trained, isDue, emit),
			trainAlone(setup, roundNum, emit)
		]);
		return { ...evaluation, ...baseline, localOnly };
	});
}

async function evaluateModel(
	setup: RunSetup,
	{ server }: TrainedRound,
	emit: (event: RunEvent) => void
) {
	const { roundNum, params } = server;
	const onRetried = reportRetry(emit, roundNum, 'evaluation');
	const measure = createMeasure(setup, { roundNum, subject: 'federated', params }, onRetried);
	const trainingIds = setup.clients.map((_, id) => id);
	const [training, unseen, students] = await Promise.all([
		measure('training', trainingIds),
		measure('unseen', setup.unseenIds),
		measure('students', setup.studentIds)
	]);
	const evaluated: ModelEvaluated = {
		type: 'ModelEvaluated',
		roundNum,
		evaluation: summarizeEvaluation(training, unseen, students)
	};
	emit(evaluated);
	const devices = [...training, ...unseen];
	const numBytesDown = messageBytes({ roundNum, id: 0, params }) * devices.length;
	const numBytesUp = devices.reduce((sum, result) => sum + messageBytes(result), 0);
	return { evaluated, numBytes: numBytesDown + numBytesUp };
}

async function advanceCentralized(
	setup: RunSetup,
	before: RunState['centralized'],
	trained: TrainedRound,
	isDue: boolean,
	emit: (event: RunEvent) => void
): Promise<Pick<MeasuredRound, 'centralized' | 'centralizedMeasured'>> {
	const { config, federation, unseenIds, studentIds } = setup;
	if (!config.baselines) return { centralized: before, centralizedMeasured: null };
	const { roundNum } = trained.server;
	const onRetried = reportRetry(emit, roundNum, 'baseline');
	const numExamples = trained.numExamples * createLocalPlan(config).numEpochs;
	const batchSize = centralizedBatchSize(config, numExamples);
	const params =
		numExamples > 0
			? await federation.trainCentralized({ ...before, numExamples, batchSize }, onRetried)
			: before.params;
	const centralized = { params, numExamplesSeen: before.numExamplesSeen + numExamples };
	if (!isDue) return { centralized, centralizedMeasured: null };
	const measure = createMeasure(setup, { roundNum, subject: 'baseline', params }, onRetried);
	const [unseen, students] = await Promise.all([
		measure('unseen', unseenIds),
		measure('students', studentIds)
	]);
	const centralizedMeasured: CentralizedMeasured = {
		type: 'CentralizedMeasured',
		roundNum,
		numExamplesSeen: centralized.numExamplesSeen,
		unseen: poolResults(unseen),
		students: poolResults(students)
	};
	emit(centralizedMeasured);
	return { centralized, centralizedMeasured };
}

function trainAlone(
	setup: RunSetup,
	roundNum: number,
	emit: (event: RunEvent) => void
): Promise<LocalOnlyMeasured[]> {
	const { config, federation, initialParams, eligibleIds, unseenIds } = setup;
	if (!config.baselines) return Promise.resolve([]);
	const onRetried = reportRetry(emit, roundNum, 'baseline');
	const numEpochs = localOnlyEpochs(config, eligibleIds.length);
	return Promise.all(
		localOnlyClients(config, roundNum, eligibleIds).map(async (clientId) => {
			const task = { clientId, numEpochs, params: initialParams };
			const { params, own } = await federation.trainAlone(task, onRetried);
			const measure = createMeasure(setup, { roundNum, subject: 'baseline', params }, onRetried);
			const unseen = poolResults(await measure('unseen', unseenIds));
			const event: LocalOnlyMeasured = {
				type: 'LocalOnlyMeasured',
				roundNum,
				clientId,
				numEpochs,
				unseen,
				own
			};
			emit(event);
			return event;
		})
	);
}

function reportRetry(
	emit: (event: RunEvent) => void,
	roundNum: number,
	task: MeasuringRetried['task']
): OnRetried {
	return (reason) => emit({ type: 'MeasuringRetried', roundNum, task, reason });
}

function createMeasure(
	{ federation }: RunSetup,
	model: Pick<EvaluationMessage, 'roundNum' | 'subject' | 'params'>,
	onRetried: OnRetried
) {
	return (population: Population, ids: readonly number[]): Promise<EvaluationResult[]> =>
		federation.evaluate({ ...model, population, ids }, onRetried);
}
