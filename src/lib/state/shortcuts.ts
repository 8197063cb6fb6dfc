/** Keys of the page. They keep quiet while somebody types, chooses or presses a button by key, but for Escape. */

export interface Shortcut {
	/** Values of `KeyboardEvent.key`, lower case. */
	keys: readonly string[];
	/** Whether Shift has to be held, or must not be; left out where it does not matter. */
	isShifted?: boolean;
	/** How the keys are written for people. */
	caption: string;
	/** What it does, for the list of shortcuts. */
	action: string;
	run: () => void;
}

type KeyPress = Pick<
	KeyboardEvent,
	'key' | 'target' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'
>;

const TYPING = 'input, select, textarea, [contenteditable]';
/** Things that answer the space bar themselves, and things that answer the arrows. */
const SPACE_OWNERS = 'button, a, summary, [role="option"]';
const ARROW_OWNERS = '[role="option"]';

/** The shortcut that a key press means here, or null. */
export function matchShortcut(event: KeyPress, shortcuts: readonly Shortcut[]): Shortcut | null {
	if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return null;
	const target = event.target as { closest?: (selector: string) => unknown } | null;
	const key = event.key.toLowerCase();
	if (key !== 'escape' && target?.closest?.(TYPING)) return null;
	if (key === ' ' && target?.closest?.(SPACE_OWNERS)) return null;
	if (key.startsWith('arrow') && target?.closest?.(ARROW_OWNERS)) return null;
	const isMeant = ({ keys, isShifted = event.shiftKey }: Shortcut) =>
		keys.includes(key) && isShifted === event.shiftKey;
	return shortcuts.find(isMeant) ?? null;
}
