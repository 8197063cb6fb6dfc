/** The keys of the stage: everything that the transport can do. */
import type { Playback } from '../../state/Playback.svelte';
import type { Shortcut } from '../../state/shortcuts';
import { shiftSpeed } from './speeds';

export interface StageActions {
	playback: Playback;
	/** Starts or pauses, unless something stands in the way. */
	toggle: () => void;
	/** There is no run to step through, and none can begin: settings are bad. */
	isBlocked: () => boolean;
	reset: () => void;
}

/** In the order of the list that is shown on `?`. */
export function stageShortcuts({ playback, toggle, isBlocked, reset }: StageActions): Shortcut[] {
	const unlessBlocked = (run: () => void) => () => {
		if (!isBlocked()) run();
	};
	const speedUp = (by: number) => () => (playback.speed = shiftSpeed(playback.speed, by));
	return [
		{ keys: [' '], caption: 'Space', action: 'start or pause', run: toggle },
		{
			keys: ['arrowright'],
			isShifted: false,
			caption: '→',
			action: 'next phase',
			run: unlessBlocked(() => playback.nextPhase())
		},
		{
			keys: ['arrowleft'],
			isShifted: false,
			caption: '←',
			action: 'previous phase',
			run: () => playback.previousPhase()
		},
		{
			keys: ['arrowright'],
			isShifted: true,
			caption: 'Shift →',
			action: 'next round',
			run: unlessBlocked(() => playback.nextRound())
		},
		{
			keys: ['s'],
			caption: 'S',
			action: 'next round',
			run: unlessBlocked(() => playback.nextRound())
		},
		{
			keys: ['arrowleft'],
			isShifted: true,
			caption: 'Shift ←',
			action: 'previous round',
			run: () => playback.previousRound()
		},
		{ keys: ['home'], caption: 'Home', action: 'first round', run: () => playback.toFirst() },
		{ keys: ['end'], caption: 'End', action: 'newest round', run: () => playback.toNewest() },
		{ keys: ['+', '='], caption: '+', action: 'faster', run: speedUp(1) },
		{ keys: ['-'], caption: '−', action: 'slower', run: speedUp(-1) },
		{
			keys: ['f'],
			caption: 'F',
			action: 'training waits, or runs ahead',
			run: () => (playback.isFollowed = !playback.isFollowed)
		},
		{ keys: ['r'], caption: 'R', action: 'reset', run: reset }
	];
}
