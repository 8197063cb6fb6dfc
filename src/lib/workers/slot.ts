/** One place for a client host: a queue of tasks, and the replacement of a host that dies. */
import type { ClientHost, OnRetried } from '../federated/federation';
import { HostDied, watchHost, type SpawnedHost, type WatchedHost } from './watchHost';

/** Starts a host for the slot, ready to answer. Rejects with one sentence if it cannot be started. */
export type SpawnHost = (slot: number) => Promise<SpawnedHost>;

/** Hears about a task that waits its turn. */
export interface TaskObserver {
	onStarted?: () => void;
	/** The host died; the task starts again on another. */
	onRetried?: OnRetried | undefined;
}

export interface Slot {
	/** Runs a task after those before it; again on a new host if the old one dies under it. */
	run<Result>(
		task: (host: ClientHost) => Promise<Result>,
		observer?: TaskObserver
	): Promise<Result>;
	/** Starts the host if need be and prepares it for the current run, with no other task at it. */
	prepare(): Promise<void>;
	/** Rejects the tasks that are not at the host yet, and has the host stop those that are. */
	cancel(): void;
	reportDead(reason: string): void;
	dispose(): void;
}

/** Deaths in a row under one task after which the task itself is to blame. */
const MAX_ATTEMPTS = 4;

/**
 * `prepareHost` readies every new host for the run in progress. Two tasks are at the host at a time: while it works on
 * one, the next has arrived already, so that it never waits for a message. More would only make ended runs last longer.
 */
export function createSlot(
	slot: number,
	spawnHost: SpawnHost,
	prepareHost: (host: ClientHost) => Promise<void>
): Slot {
	let living: WatchedHost | null = null;
	let ready: Promise<WatchedHost> | null = null;
	/** When all tasks so far are done, and when all but the latest are; they never reject. */
	let end: Promise<unknown> = Promise.resolve();
	let endBefore: Promise<unknown> = end;
	let numCancels = 0;

	/** Starts the host if need be: once, however many tasks wait for it. */
	function readyHost(): Promise<WatchedHost> {
		if (ready) return ready;
		const starting = startHost();
		starting.catch(() => forget(starting));
		return (ready = starting);
	}

	async function startHost(): Promise<WatchedHost> {
		const started = watchHost(await spawnHost(slot));
		living = started;
		await started.race(prepareHost(started.host));
		return started;
	}

	/** Ends the host that was awaited so, unless another one has taken its place already. */
	function forget(awaited: Promise<WatchedHost> | null) {
		if (ready !== awaited) return;
		living?.end();
		living = null;
		ready = null;
	}

	/** `turn` comes when all tasks before this one are done; answers keep the order. */
	async function attempt<Result>(
		task: (host: ClientHost) => Promise<Result>,
		turn: Promise<unknown>,
		observer?: TaskObserver
	): Promise<Result> {
		let hasStarted = false;
		void turn.then(() => {
			hasStarted = true;
			observer?.onStarted?.();
		});
		for (let numDeaths = 0; ;) {
			const awaited = readyHost();
			try {
				const { host, race } = await awaited;
				const result = await race(task(host));
				await turn;
				return result;
			} catch (error) {
				if (!(error instanceof HostDied)) throw error;
				forget(awaited);
				if (error.isFinal || ++numDeaths === MAX_ATTEMPTS) throw error;
				if (hasStarted) observer?.onRetried?.(error.message);
			}
		}
	}

	function enqueue<Result>(
		work: (turn: Promise<unknown>) => Promise<Result>,
		isAlone = false
	): Promise<Result> {
		const cancelsBefore = numCancels;
		const turn = end;
		const result = (isAlone ? end : endBefore).then(() => {
			if (numCancels !== cancelsBefore) throw new Error('the run was ended');
			return work(turn);
		});
		// Without its values: an end that held those of the end before would hold all results for good.
		end = Promise.allSettled([turn, result]).then(() => undefined);
		endBefore = isAlone ? end : turn;
		return result;
	}

	return {
		run: (task, observer) => enqueue((turn) => attempt(task, turn, observer)),
		prepare: () =>
			enqueue(async (turn) => {
				if (ready) await attempt(prepareHost, turn);
				else await readyHost();
			}, true),
		cancel() {
			numCancels++;
			living?.host.stop().catch(() => {});
		},
		reportDead: (reason) => living?.die(reason),
		dispose() {
			numCancels++;
			living?.die('the federation was closed', true);
			forget(ready);
		}
	};
}
