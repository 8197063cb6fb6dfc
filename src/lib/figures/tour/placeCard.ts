/**
 * Where the card of a stop stands: below what it speaks of, or above, or beside (first of all beside what is tall, for
 * controls stand below it); where nothing is free, wherever it hides the least. Always in the window.
 */

export interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** Pixels between the card, what it speaks of, and the edges of the window. */
const gap = 12;

type Size = Pick<Box, 'width' | 'height'>;

/** Left and top of a card of this size, in pixels of the window. */
export function placeCard(target: Box, card: Size, view: Size): { left: number; top: number } {
	const middle = target.left + (target.width - card.width) / 2;
	const lowest = view.height - card.height - gap;
	const aboveOrBelow = [
		{ left: middle, top: target.top + target.height + gap },
		{ left: middle, top: target.top - gap - card.height }
	];
	const [top, bottom] = [Math.max(0, target.top), target.top + target.height];
	/** At the middle of what can be seen of it: what stands beside keeps its title. */
	const level = (top + Math.min(view.height, bottom) - card.height) / 2;
	const beside = [
		{ left: target.left + target.width + gap, top: level },
		{ left: target.left - gap - card.width, top: level }
	];
	const isTall = target.height > 1.5 * card.height;
	const wanted = [
		...(isTall ? [...beside, ...aboveOrBelow] : [...aboveOrBelow, ...beside]),
		{ left: middle, top: lowest },
		{ left: middle, top: gap }
	];
	const places = wanted.map(({ left, top }) => ({
		left: Math.max(gap, Math.min(left, view.width - card.width - gap)),
		top: Math.max(gap, Math.min(top, lowest))
	}));
	const hidden = places.map((place) => overlap({ ...place, ...card }, target));
	return places[hidden.indexOf(Math.min(...hidden))];
}

/** Pixels that two boxes share. */
function overlap(a: Box, b: Box): number {
	const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
	const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
	return Math.max(0, width) * Math.max(0, height);
}
