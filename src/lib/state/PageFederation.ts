/**
 * One set of workers for all live runs of a page, made when the first of them is touched. Runs take turns:
 * a new one ends the one in progress, and tells it.
 */
import type { RunConfig } from '../federated/config';
import type { FederationHost, RunSession } from '../workers/federationHost';

export class PageFederation {
	readonly #createHost: () => Promise<FederationHost>;
	#host: Promise<FederationHost> | null = null;
	/** Tells whoever runs now that another one has begun. */
	#dismiss: (() => void) | null = null;
	/** The run that has the workers, also when it is complete. */
	#session: RunSession | null = null;
	/** What has to be over before the next run may start. */
	#farewell: Promise<unknown> = Promise.resolve();

	constructor(createHost: () => Promise<FederationHost>) {
		this.#createHost = createHost;
	}

	/**
	 * Starts a run; the one before ends first, and its `ondismissed` is called. Null when yet another run began
	 * meanwhile. Rejects with one sentence; the next call then makes new workers where the old ones are gone.
	 */
	async start(
		config: RunConfig,
		ondismissed: () => void,
		isObserved = false
	): Promise<RunSession | null> {
		this.#dismiss?.();
		let isCurrent = true;
		this.#dismiss = () => {
			isCurrent = false;
			ondismissed();
		};
		if (this.#session) void this.end(this.#session);
		const opening = this.#farewell.then(() => (isCurrent ? this.#open(config, isObserved) : null));
		this.#farewell = opening.catch(() => {});
		const session = await opening;
		if (!session || isCurrent) return session;
		await this.end(session);
		return null;
	}

	/** Ends a run; the next one starts after that. */
	async end(session: RunSession): Promise<void> {
		if (this.#session !== session) return;
		this.#session = null;
		this.#farewell = Promise.allSettled([this.#farewell, session.end()]);
		await this.#farewell;
	}

	/** Ends all workers; a later run makes new ones. */
	dispose(): void {
		this.#dismiss?.();
		this.#dismiss = null;
		this.#session = null;
		void this.#host?.then((host) => host.dispose()).catch(() => {});
		this.#host = null;
		this.#farewell = Promise.resolve();
	}

	async #open(config: RunConfig, isObserved: boolean): Promise<RunSession> {
		const opened = (this.#host ??= this.#createHost());
		try {
			const host = await opened;
			if (host.isAlive()) {
				this.#session = await host.startRun(config, isObserved);
				return this.#session;
			}
			host.dispose();
		} catch (error) {
			if (this.#host === opened && !(await isAlive(opened))) this.#host = null;
			throw error;
		}
		this.#host = null;
		return this.#open(config, isObserved);
	}
}

async function isAlive(host: Promise<FederationHost>): Promise<boolean> {
	return host.then((it) => it.isAlive()).catch(() => false);
}
