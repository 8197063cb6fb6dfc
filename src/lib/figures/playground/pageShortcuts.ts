/** Keys of the page around the stage. */
import type { Shortcut } from '../../state/shortcuts';

export interface PageActions {
	close: () => void;
	present: () => void;
	list: () => void;
}

export function pageShortcuts({ close, present, list }: PageActions): Shortcut[] {
	return [
		{ keys: ['escape'], caption: 'Esc', action: 'close what was opened', run: close },
		{
			keys: ['p'],
			caption: 'P',
			action: 'present: large type and little else; again to leave',
			run: present
		},
		{ keys: ['?'], caption: '?', action: 'show this list', run: list }
	];
}
