/** Where the card of a stop stands: below what it speaks of, or above, or beside, and always in the window. */

export interface Box {
	left: number;
	top: number;
	width: number;
	height: number;
}

/** Pixels between the card, what it speaks of, and the edges of the window. */
const gap = 12;

/** Left and top of a card of this size, in pixels of the window. */
export function placeCard(
	target: Box,
	card: Pick<Box, 'width' | 'height'>,
	view: Pick<Box, 'width' | 'height'>
): { left: number; top: number } {
	const below = target.top + target.height + gap;
	const above = target.top - gap - card.height;
	const lowest = view.height - card.height - gap;
	const rightmost = view.width - card.width - gap;
	const isHigh = ![below, above].some((top) => top >= gap && top <= lowest);
	const beside = target.left + target.width + gap;
	const middle = target.left + (target.width - card.width) / 2;
	const left = isHigh && beside <= rightmost ? beside : middle;
	const top = above >= gap && below > lowest ? above : below;
	return {
		left: Math.max(gap, Math.min(left, rightmost)),
		top: Math.max(gap, Math.min(top, lowest))
	};
}
