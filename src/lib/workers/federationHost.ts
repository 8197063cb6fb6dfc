/** What the page, the command line and the tests hold of a federation, wherever its parts run. */
import type { RunConfig } from '../federated/config';
import type { RoundMetrics, RunEvent } from '../federated/events';
import type { DigitReading } from '../federated/observation';
import type { WireLog } from '../federated/wireLog';

/** A run in progress. Nothing happens faster than it is pulled, apart from clients already at work. */
export interface RunSession {
	/**
	 * The next event; done after RunCompleted or end(). Rejects with one sentence for people; the next call
	 * then begins the unfinished round again.
	 */
	next(): Promise<IteratorResult<RunEvent, void>>;
	/**
	 * The client falls silent in the round under way, or in the next where this one waits for nothing more of it,
	 * whatever the seed says. Gives that round, from 1; null without a run.
	 */
	dropClient(clientId: number): Promise<number | null>;
	/** The client never answers until it is unmuted. */
	muteClient(clientId: number, isMuted: boolean): Promise<void>;
	/**
	 * Pulls on to the end of the round and keeps its events to itself: for those who only want the figures.
	 * Null once the run is over.
	 */
	finishRound(): Promise<RoundMetrics | null>;
	/** The global model as of the last completed round, [numParams], a copy. */
	params(): Promise<Float32Array>;
	/** What the same model takes the held-out digits of a client for; the wire log does not count it. */
	readHeldOut(clientId: number): Promise<DigitReading>;
	/** Every message that crossed between clients and server so far. */
	wireLog(): Promise<WireLog>;
	/** Tensors alive in each client worker, for leak checks. */
	numTensors(): Promise<number[]>;
	/** Ends the run; nothing more is trained. */
	end(): Promise<void>;
}

export interface FederationHost {
	/** Number of client workers; each plays many clients. */
	readonly numWorkers: number;
	/** False once the federation itself has failed; then only a new host helps. */
	isAlive(): boolean;
	/**
	 * Starts a run; a run still in progress must be ended first. An observed run tells the stage how updates look
	 * on their way; it gives the same bytes, a little later.
	 */
	startRun(config: RunConfig, isObserved?: boolean): Promise<RunSession>;
	/** Kills one client worker as a crash would, without telling anybody (the pool has to notice). */
	killWorker(slot: number): void;
	/** Ends all workers. */
	dispose(): void;
}
