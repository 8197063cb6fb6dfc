/** A whole run of the engine in a cell, drawn while it runs: the same events as in the playground. */
import { defaultConfig, parseConfig, type RunConfig } from '../federated/config';
import type { RoundMetrics, RunEvent } from '../federated/events';
import type { FederationOutput } from './output';
import { Stopped, type World } from './world';

/** What a run came to. */
export interface FinishedFederation {
	/** All settings. */
	config: RunConfig;
	/** One entry a round. */
	metrics: RoundMetrics[];
	/** The global model at the end. */
	params: Float32Array;
}

export interface FederationApi {
	/**
	 * Runs a federation of the engine to its end and draws it meanwhile. Takes any settings of the playground; the others
	 * keep their default values (20 rounds here). `onEvent` hears everything that happens.
	 * @throws one sentence where a setting cannot be used.
	 * @example
	 * const run = await runFederation({ rounds: 10, cohortSize: 10, localEpochs: 5 });
	 * run.metrics.at(-1).evaluation.unseen.accuracy
	 */
	runFederation(
		settings?: Partial<RunConfig>,
		onEvent?: (event: RunEvent) => void
	): Promise<FinishedFederation>;
}

/** Unless it is asked for, no yardstick is trained beside the run: a cell has one thread. */
const cellDefaults: Partial<RunConfig> = { rounds: 20, baselines: false };

export function createFederationApi({ createServer, show, breathe }: World): FederationApi {
	let numRuns = 0;
	return {
		async runFederation(settings = {}, onEvent) {
			const { config, problems } = parseConfig({ ...cellDefaults, ...settings });
			if (problems.length > 0) throw new RangeError(problems[0].sentence);
			let output = createOutput(`federation/${numRuns++}`, config);
			const server = createServer();
			const metrics: RoundMetrics[] = [];
			try {
				await server.startRun(config);
				for (;;) {
					await breathe();
					const { done, value } = await server.next();
					if (done) break;
					if (value.type === 'RoundCompleted') metrics.push(value.metrics);
					onEvent?.(value);
					const next = advance(output, value);
					if (next !== output) show((output = next));
				}
				show({ ...output, status: 'done' });
				return { config, metrics, params: await server.params() };
			} catch (error) {
				if (error instanceof Stopped) show({ ...output, status: 'stopped' });
				throw error;
			} finally {
				await server.dispose();
			}
		}
	};
}

function createOutput(key: string, config: RunConfig): FederationOutput {
	const differing = Object.entries(config).filter(
		([name, value]) => value !== (defaultConfig as Record<string, unknown>)[name]
	);
	return {
		kind: 'federation',
		key,
		settings: Object.fromEntries(differing),
		numRounds: config.rounds,
		cohort: [],
		trained: [],
		accuracy: [],
		status: 'running'
	};
}

/** The picture after an event; the same one where nothing changed. */
function advance(output: FederationOutput, event: RunEvent): FederationOutput {
	switch (event.type) {
		case 'CohortSampled':
			return { ...output, cohort: [...event.clientIds], trained: [] };
		case 'ClientTrained':
			return { ...output, trained: [...output.trained, event.clientId] };
		case 'ModelEvaluated': {
			const { unseen, training } = event.evaluation;
			const measured = {
				roundNum: event.roundNum,
				unseen: unseen.accuracy,
				training: training.accuracy
			};
			return { ...output, accuracy: [...output.accuracy, measured] };
		}
		default:
			return output;
	}
}
