/**
 * Spreads over some frames what comes at once when a page begins to work: code that has never run is slow, and one
 * frame with all of it keeps the page from answering.
 */
import { pagePlayClock, type PlayClock } from './playClock';

/**
 * Whether `read` has been true for this many frames, for the first time: from then on it stays so. To be called while
 * a component is made.
 */
export function framesLater(
	read: () => boolean,
	numFrames: number,
	clock: PlayClock = pagePlayClock
): { readonly current: boolean } {
	let numLeft = $state(numFrames);
	/** Apart, so that whatever else changes what is read does not begin to wait anew. */
	const isThere = $derived(read());
	$effect(() => {
		if (!isThere || numLeft === 0) return;
		return clock.onFrame(() => numLeft--);
	});
	return {
		get current() {
			return numLeft === 0;
		}
	};
}
