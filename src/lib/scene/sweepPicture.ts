/** The end of each run of a sweep, over the values of its knob: evenly spaced, whatever the values are. */
import { line, scaleLinear, scalePoint } from 'd3';

export interface SweepEnd {
	/** The value as it is written on the axis. */
	text: string;
	/** Accuracy after the last round, 0 to 1; null while the run is not complete. */
	accuracy: number | null;
	/** The same for those who fare worst, drawn fainter. */
	worstTenth: number | null;
}

export interface SweepPicture {
	points: { text: string; x: number; y: number | null; worstY: number | null }[];
	/** Through the points that are there. */
	path: string;
	worstPath: string;
	yTicks: { value: number; y: number }[];
}

/** Narrower than this there is nothing to see. In pixels. */
const LEAST_WIDTH = 40;

/** Computes the picture inside the axes, in pixels. */
export function drawSweep(
	ends: readonly SweepEnd[],
	size: { width: number; height: number }
): SweepPicture {
	const width = Math.max(LEAST_WIDTH, size.width);
	const known = ends.flatMap(({ accuracy, worstTenth }) =>
		[accuracy, worstTenth].filter((value) => value !== null)
	);
	const lowest = Math.max(0, Math.floor(Math.min(0.9, ...known) * 10) / 10);
	const x = scalePoint(
		ends.map((_, index) => index),
		[0, width]
	).padding(0.5);
	const y = scaleLinear([lowest, 1], [size.height, 0]);
	const place = (value: number | null) => (value === null ? null : y(value));
	const points = ends.map(({ text, accuracy, worstTenth }, index) => ({
		text,
		x: x(index) ?? 0,
		y: place(accuracy),
		worstY: place(worstTenth)
	}));
	const pathOf = (heightOf: (point: (typeof points)[number]) => number | null) =>
		line<(typeof points)[number]>(
			(point) => round(point.x),
			(point) => round(heightOf(point) ?? 0)
		)(points.filter((point) => heightOf(point) !== null)) ?? '';
	return {
		points,
		path: pathOf((point) => point.y),
		worstPath: pathOf((point) => point.worstY),
		yTicks: y.ticks(4).map((value) => ({ value, y: y(value) }))
	};
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
