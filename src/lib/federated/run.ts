/**
 * A run: rounds of federated averaging as an async generator of typed events.
 * Playing, pausing and stepping are only how fast it is pulled. A round is atomic: when one fails, the
 * state stays that of the last completed round, and `events()` goes on from there.
 */
import type { RoundMetrics, RunEvent } from './events';
import { observeInitialModel } from './observeRound';
import { measureRound, type MeasuredRound } from './measureRound';
import { privacySpent } from './privacySpent';
import { createInitialState, type RunSetup, type RunState } from './runState';
import { trainRound, type TrainedRound } from './trainRound';

export interface Run {
	/** As of the last completed round; its arrays are good until the next one. */
	state(): RunState;
	/** What happens from the last completed round on. Only one generator may be pulled at a time. */
	events(): AsyncGenerator<RunEvent, void>;
}

export function createRun(setup: RunSetup): Run {
	let state = createInitialState(setup);
	let hasStarted = false;

	async function* events(): AsyncGenerator<RunEvent, void> {
		const { config } = setup;
		if (!hasStarted) {
			hasStarted = true;
			yield {
				type: 'RunStarted',
				config,
				numParams: setup.initialParams.length,
				clients: setup.clients,
				notes: [...setup.notes],
				machine: [...setup.machine]
			};
			if (setup.lens) yield observeInitialModel(setup.initialParams, setup.lens);
		}
		while (state.server.roundNum < config.rounds) {
			const roundNum = state.server.roundNum + 1;
			setup.interventions.beginRound(roundNum);
			yield { type: 'RoundStarted', roundNum };
			const trained = yield* trainRound(setup, state.server);
			const measured = yield* measureRound(setup, state, trained);
			const before = state.server.params;
			state = advance(state, trained, measured);
			giveBack(setup, before, state);
			const metrics = summarize(setup, state, trained, measured);
			setup.interventions.endRound();
			yield { type: 'RoundCompleted', roundNum, metrics };
		}
		yield { type: 'RunCompleted', roundNum: state.server.roundNum };
	}

	return { state: () => state, events };
}

/** The model before this one: what an observer was shown may live in it, and alone everybody begins with the first. */
function giveBack(
	{ lens, initialParams, modelRoom }: RunSetup,
	model: Float32Array,
	now: RunState
) {
	if (!lens && model !== initialParams && model !== now.server.params) modelRoom.giveBack(model);
}

function advance(state: RunState, trained: TrainedRound, measured: MeasuredRound): RunState {
	return {
		server: trained.server,
		centralized: measured.centralized,
		localOnly: [...state.localOnly, ...measured.localOnly],
		numAnswers: state.numAnswers.map((n, id) => n + Number(trained.answeredIds.includes(id))),
		trainingBytes: state.trainingBytes + trained.numBytes,
		evaluationBytes: state.evaluationBytes + measured.numBytes
	};
}

function summarize(
	setup: RunSetup,
	state: RunState,
	trained: TrainedRound,
	measured: MeasuredRound
): RoundMetrics {
	const { evaluated, centralizedMeasured } = measured;
	return {
		round: state.server.roundNum,
		numChosen: trained.numChosen,
		numAnswered: trained.answeredIds.length,
		silencedByHand: setup.interventions.silencedIds(),
		numExamples: trained.numExamples,
		trainLoss: trained.trainLoss,
		trainingBytes: state.trainingBytes,
		evaluationBytes: state.evaluationBytes,
		privacy: summarizePrivacy(setup, state),
		evaluation: evaluated && withoutClients(evaluated.evaluation),
		centralized: centralizedMeasured && {
			unseen: centralizedMeasured.unseen,
			students: centralizedMeasured.students
		},
		localOnly: summarizeLocalOnly(state.localOnly)
	};
}

function withoutClients({ training, worstTenth, unseen, students }: RoundMetricsSource) {
	return { training, worstTenth, unseen, students };
}
type RoundMetricsSource = NonNullable<RoundMetrics['evaluation']>;

function summarizePrivacy({ config, eligibleIds, initialParams }: RunSetup, state: RunState) {
	const { roundNum, clip } = state.server;
	const spent = privacySpent(config, {
		rounds: roundNum,
		numEligible: eligibleIds.length,
		numParams: initialParams.length,
		mostAnswers: Math.max(0, ...state.numAnswers),
		clip
	});
	return spent && { ...spent, clip };
}

/** Means over the writers trained alone so far, each counting once. */
function summarizeLocalOnly(results: RunState['localOnly']): RoundMetrics['localOnly'] {
	if (results.length === 0) return null;
	const own = results.flatMap((result) => (result.own ? [result.own.accuracy] : []));
	return {
		numClients: results.length,
		unseenAccuracy: mean(results.map((result) => result.unseen.accuracy)),
		ownAccuracy: own.length > 0 ? mean(own) : null
	};
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
