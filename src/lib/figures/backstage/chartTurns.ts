/** Lets a chart of Vega take its time: what its operators do at once, when their code has never run, takes 60 ms. */
import type { View } from 'vega';

/** What the operators of a chart may take in one task. */
const TURN_MS = 8;

interface Operator {
	run: (pulse: unknown) => unknown;
}

/** As much of a view as tells which operator comes next. */
interface Dataflow {
	_heap: { pop: () => Operator };
}

/**
 * Runs a view that is in no element yet, so that no event can come in between. Vega waits for an operator that answers
 * with a promise: where a turn is over, the next one answers in another task.
 */
export async function runInTurns(view: View, turnMs = TURN_MS): Promise<void> {
	const { _heap: heap } = view as unknown as Dataflow;
	const { pop } = heap;
	let turnEnd = performance.now() + turnMs;
	heap.pop = () => {
		const operator = pop();
		if (performance.now() >= turnEnd) {
			const { run } = operator;
			operator.run = async (pulse) => {
				operator.run = run;
				await nextTask();
				turnEnd = performance.now() + turnMs;
				return operator.run(pulse);
			};
		}
		return operator;
	};
	// What the view then runs by itself, to fit into its size, has to be over when it is.
	view.runAfter(() => (heap.pop = pop), true, Infinity);
	await view.runAsync();
}

export function nextTask(): Promise<unknown> {
	return new Promise((resolve) => setTimeout(resolve));
}
