/** A value for whoever need not show its every change: it follows when it is this part's turn. */
import { untrack } from 'svelte';
import { pageTurns, type Turns } from './turns';

/** Follows what `read` gives, the newest always comes in the end. To be called while a component is made. */
export function calmly<Value>(
	read: () => Value,
	turns: Turns = pageTurns
): { readonly current: Value } {
	let shown = $state.raw(untrack(read));
	const owner = {};
	$effect(() => {
		const value = read();
		if (value === untrack(() => shown)) turns.withdraw(owner);
		else turns.ask(owner, () => (shown = value));
	});
	$effect(() => () => turns.withdraw(owner));
	return {
		get current() {
			return shown;
		}
	};
}
