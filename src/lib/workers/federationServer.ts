/** The server of the federation: owns the pool, the run and the wire log; answers pulls. */
import type { DatasetIndex } from '../data/datasetIndex';
import type { DatasetStore } from '../data/store';
import { chooseBackend } from '../federated/backendChoice';
import type { RunConfig } from '../federated/config';
import type { Interventions } from '../federated/interventions';
import type { RoundMetrics, RunEvent } from '../federated/events';
import type { DigitReading } from '../federated/observation';
import { createRun, type Run } from '../federated/run';
import { createRunSetup, type RunSetup } from '../federated/runState';
import { createWireRecorder, type WireLog } from '../federated/wireLog';
import { createModelLens } from '../model/modelLens';
import { initialParams, modelSpecs } from '../model/modelSpec';
import type { FederationSizes } from './dealing';
import { createPool } from './pool';
import type { SpawnHost } from './slot';

export interface FederationServer {
	/** Starts a run; a run in progress is ended first. An observed run yields what the stage shows, too. */
	startRun(config: RunConfig, isObserved?: boolean): Promise<void>;
	/** The next event; after a failure the next call begins the unfinished round again. */
	next(): Promise<IteratorResult<RunEvent, void>>;
	/**
	 * The next event, and with it those of other clients that have happened by then: many messages to a page cost it
	 * more than what is in them. Empty once the run is over.
	 */
	nextEvents(): Promise<RunEvent[]>;
	/** As of `RunSession`. */
	dropClient(clientId: number): Promise<number | null>;
	/** The client never answers until it is unmuted; for the run in progress. */
	muteClient(clientId: number, isMuted: boolean): Promise<void>;
	/** Pulls on to the end of the round, without an event crossing; null once the run is over. */
	finishRound(): Promise<RoundMetrics | null>;
	/** The global model of the last completed round, a copy. */
	params(): Promise<Float32Array>;
	/** What the global model of the last completed round takes a client's held-out digits for. */
	readHeldOut(clientId: number): Promise<DigitReading>;
	wireLog(): Promise<WireLog>;
	/** Tensors alive in each worker. */
	numTensors(): Promise<number[]>;
	end(): Promise<void>;
	reportDead(slot: number, reason: string): Promise<void>;
	dispose(): Promise<void>;
}

/** So long, and for so many, events of clients wait to travel together. */
const GATHERING_MS = 4;
const MOST_TOGETHER = 48;
/** Clients go on whether or not anybody asks for these: to look for the next one hurries nothing. */
const concurrentTypes: ReadonlySet<RunEvent['type']> = new Set([
	'ClientStarted',
	'ClientObserved',
	'ClientTrained',
	'ClientDropped',
	'ClientRetried'
]);

export function createFederationServer(
	store: DatasetStore,
	numSlots: number,
	spawnHost: SpawnHost
): FederationServer {
	let recorder = createWireRecorder();
	let run: Run | null = null;
	let events: AsyncGenerator<RunEvent, void> | null = null;
	let interventions: Interventions | null = null;
	/** Asked for, and not handed out yet. */
	let ahead: Promise<IteratorResult<RunEvent, void>> | null = null;
	const pool = createPool(numSlots, spawnHost, () => recorder);

	async function end() {
		run = null;
		events = null;
		ahead = null;
		interventions = null;
		pool.cancel();
	}

	/** The record of a run names the backend that was chosen, so that a replay takes the same one. */
	async function settleBackend(
		config: RunConfig
	): Promise<{ config: RunConfig; machine: string[] }> {
		if (config.backend !== 'auto') return { config, machine: [] };
		const trials = await pool.tryBackends(config.model);
		const { backend, sentence } = chooseBackend(config.model, trials);
		return { config: { ...config, backend }, machine: [sentence] };
	}

	function next(): Promise<IteratorResult<RunEvent, void>> {
		const coming = ahead ?? pull();
		ahead = null;
		return coming;
	}

	async function nextEvents(): Promise<RunEvent[]> {
		const gathered: RunEvent[] = [];
		const isTime = new Promise<null>((resolve) => setTimeout(resolve, GATHERING_MS, null));
		for (let coming = await next(); !coming.done;) {
			gathered.push(coming.value);
			if (gathered.length === MOST_TOGETHER || !concurrentTypes.has(coming.value.type)) break;
			// A failure is for whoever asks next.
			const sought = (ahead ??= pull());
			const found = await Promise.race([sought.catch(() => null), isTime]);
			if (!found || ahead !== sought) break;
			ahead = null;
			coming = found;
		}
		return gathered;
	}

	async function pull(): Promise<IteratorResult<RunEvent, void>> {
		const pulled = run;
		if (!pulled) return { done: true, value: undefined };
		events ??= pulled.events();
		try {
			return await events.next();
		} catch (error) {
			if (run !== pulled) return { done: true, value: undefined };
			events = null;
			throw error;
		}
	}

	return {
		async startRun(wished, isObserved = false) {
			await end();
			recorder = createWireRecorder();
			const { config, machine } = await settleBackend(wished);
			const spec = modelSpecs[config.model];
			const index = await store.index();
			const lens = isObserved ? createModelLens(spec) : null;
			const setup = createRunSetup(config, index, initialParams(spec, config.seed), pool, lens);
			await pool.prepare(config, lens, sizesOf(setup, index));
			interventions = setup.interventions;
			const kernels = `The clients train on ${await pool.kernels()}.`;
			run = createRun({ ...setup, machine: [...machine, kernels] });
		},

		next,
		nextEvents,

		async finishRound() {
			const pulled = run;
			while (run === pulled) {
				const { done, value } = await next();
				if (done) return null;
				if (value.type === 'RoundCompleted') return value.metrics;
			}
			return null;
		},

		dropClient: async (clientId) => interventions?.drop(clientId) ?? null,
		muteClient: async (clientId, isMuted) => interventions?.mute(clientId, isMuted),

		async params() {
			if (!run) throw new Error('expected a run in progress, got none');
			return run.state().server.params.slice();
		},
		async readHeldOut(clientId) {
			if (!run) throw new Error('expected a run in progress, got none');
			return pool.readHeldOut({ clientId, params: run.state().server.params.slice() });
		},
		wireLog: async () => recorder.read(),
		numTensors: () => pool.numTensors(),
		end,
		reportDead: async (slot, reason) => pool.reportDead(slot, reason),
		async dispose() {
			await end();
			pool.dispose();
		}
	};
}

/** What the pool deals by. */
function sizesOf(
	{ clients }: RunSetup,
	{ unseenWriters, students }: DatasetIndex
): FederationSizes {
	const numDigits = (files: DatasetIndex['students']) => files.map(({ labels }) => labels.length);
	return {
		training: clients.map(({ numExamples }) => numExamples),
		measured: {
			training: clients.map(({ numHeldOut }) => numHeldOut),
			unseen: numDigits(unseenWriters),
			students: numDigits(students)
		}
	};
}
