/** How large the clients can be drawn: the largest squares of which all fit into an area. */

export interface FieldArea {
	/** Pixels to fill; the height may be exceeded where squares would become too small. */
	width: number;
	height: number;
	/** Edges of a square in pixels: what a finger or an eye still needs, and what is plenty. */
	smallest: number;
	largest: number;
}

export interface FieldLayout {
	/** Edge of each client's square in pixels. */
	size: number;
	numColumns: number;
}

/** Height of all rows in pixels. */
export function fieldHeight(numClients: number, { size, numColumns }: FieldLayout): number {
	return Math.ceil(numClients / numColumns) * size;
}

/** Full rows are worth squares this much smaller, and so is a field as wide as its place. */
const WORTH = 0.75;

/**
 * Of the layouts whose rows are all full, or of any where those would cost too much, the widest with squares nearly as
 * large as they can be. Where all would be too small, the smallest that is allowed: the height is exceeded.
 */
export function layField(numClients: number, area: FieldArea): FieldLayout {
	const { width, height, smallest, largest } = area;
	const mostColumns = Math.max(1, Math.floor(width / smallest));
	const fitting = Array.from({ length: Math.min(mostColumns, numClients) }, (_, i) => {
		const numColumns = i + 1;
		const numRows = Math.ceil(numClients / numColumns);
		const size = Math.floor(Math.min(largest, width / numColumns, height / numRows));
		return { size, numColumns };
	}).filter(({ size }) => size >= smallest);
	const full = fitting.filter(({ numColumns }) => numClients % numColumns === 0);
	const isWorth = largestSize(full) >= WORTH * largestSize(fitting);
	const layouts = isWorth ? full : fitting;
	return (
		layouts.findLast(({ size }) => size >= WORTH * largestSize(layouts)) ?? {
			size: Math.min(largest, Math.floor(width / mostColumns)),
			numColumns: mostColumns
		}
	);
}

function largestSize(layouts: readonly FieldLayout[]): number {
	return Math.max(0, ...layouts.map(({ size }) => size));
}
