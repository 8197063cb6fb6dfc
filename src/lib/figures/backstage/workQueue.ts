/** Work that takes longer than a frame, one piece at a time, each in a task of its own when the page has time. */

/**
 * Puts a piece of work at the end of the queue: `prepare` gives what `work` needs. The result cancels it, up to the
 * moment when `work` begins.
 */
export type Queue = <Prepared>(
	prepare: () => Promise<Prepared>,
	work: (prepared: Prepared) => Promise<void> | void
) => () => void;

/** `pause` settles when the page has time again; `onerror` hears of pieces that failed, and the queue goes on. */
export function createQueue(
	pause: () => Promise<unknown>,
	onerror: (error: unknown) => void
): Queue {
	let last = Promise.resolve();
	return (prepare, work) => {
		let isOff = false;
		const run = async () => {
			if (isOff) return;
			await pause();
			if (isOff) return;
			const prepared = await prepare();
			// What was loaded just now has used up this task.
			await pause();
			if (!isOff) await work(prepared);
		};
		last = last.then(run).catch(onerror);
		return () => (isOff = true);
	};
}
