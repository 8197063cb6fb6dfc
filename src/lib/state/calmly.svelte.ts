/** A value for whoever need not show its every change: it follows when it is this part's turn. */
import { untrack } from 'svelte';
import { pageTurns, type Turns } from './turns';

export interface CalmOptions<Value> {
	/** What a turn shows of a value, where not all of it at once; what is left of it has the next turn. */
	approach?: (shown: Value, value: Value) => Value;
	turns?: Turns;
}

/** Follows what `read` gives, the newest always comes in the end. To be called while a component is made. */
export function calmly<Value>(
	read: () => Value,
	{ approach = (_, value) => value, turns = pageTurns }: CalmOptions<Value> = {}
): { readonly current: Value } {
	let shown = $state.raw(untrack(read));
	const owner = {};
	const follow = (value: Value) => {
		const before = untrack(() => shown);
		shown = approach(before, value);
		if (shown !== value) turns.ask(owner, () => follow(value));
	};
	$effect(() => {
		const value = read();
		if (value === untrack(() => shown)) turns.withdraw(owner);
		else turns.ask(owner, () => follow(value));
	});
	$effect(() => () => turns.withdraw(owner));
	return {
		get current() {
			return shown;
		}
	};
}
