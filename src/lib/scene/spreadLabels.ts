/** Labels at the ends of curves, moved apart where they would lie on each other, as little as possible. */

/**
 * Places for labels at the wished heights, at least `gap` apart and within [top, bottom] where they fit.
 * @returns one height a label, in the order given.
 */
export function spreadLabels(
	wished: readonly number[],
	gap: number,
	[top, bottom]: readonly [number, number]
): number[] {
	const order = wished.map((_, i) => i).sort((a, b) => wished[a] - wished[b]);
	const places = new Array<number>(wished.length).fill(top);
	let lowest = top - gap;
	for (const i of order) lowest = places[i] = Math.max(wished[i], lowest + gap);
	let highest = bottom + gap;
	for (const i of order.toReversed()) {
		highest = places[i] = Math.min(places[i], highest - gap);
	}
	return places;
}
