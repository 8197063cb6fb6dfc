/** Whether this reader has seen the tour, or said no to it: kept in the browser, where it lets us. */

const KEY = 'many-hands.tour';

/** Storage that is forbidden counts as seen: a tour that cannot be dismissed for good is a nuisance. */
export function hasSeenTour(storage: () => Pick<Storage, 'getItem'>): boolean {
	try {
		return storage().getItem(KEY) !== null;
	} catch {
		return true;
	}
}

/** Remembers it; full or forbidden storage is no reason to complain. */
export function rememberTour(storage: () => Pick<Storage, 'setItem'>): void {
	try {
		storage().setItem(KEY, 'seen');
	} catch {
		// It will be offered again at the next visit.
	}
}
