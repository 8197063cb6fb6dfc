/** Lets the worker answer waiting messages, now and then: one macrotask, without the 4 ms that nested timers cost. */

/** As long as messages may wait. A macrotask for every client of a small model would be a tenth of its training. */
const BREATH_MS = 4;

const immediate: ((callback: () => void) => unknown) | undefined = (
	globalThis as { setImmediate?: (callback: () => void) => unknown }
).setImmediate;

let lastMs = -Infinity;

export async function breathe(): Promise<void> {
	if (performance.now() - lastMs < BREATH_MS) return;
	await macrotask();
	lastMs = performance.now();
}

function macrotask(): Promise<void> {
	if (immediate) return new Promise((resolve) => immediate(resolve));
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = () => {
			port1.close();
			resolve();
		};
		port2.postMessage(null);
	});
}
