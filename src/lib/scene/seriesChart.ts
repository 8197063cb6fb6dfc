/** Lines over steps, as a cell draws them: any series, scaled to what they hold. */
import { extent, line, scaleLinear } from 'd3';

export interface PlotSeries {
	name: string;
	points: readonly (readonly [x: number, y: number])[];
}

export interface SeriesPicture {
	lines: {
		name: string;
		path: string;
		/** The newest point; null where there is none that is finite. */
		end: { x: number; y: number; value: number } | null;
	}[];
	xTicks: { value: number; x: number }[];
	yTicks: { value: number; y: number }[];
}

/** Computes the picture for a plot of this size in pixels; what is not finite leaves a gap. */
export function drawSeries(
	series: readonly PlotSeries[],
	{ width, height }: { width: number; height: number }
): SeriesPicture {
	const points = series.flatMap(({ points }) => points.filter(isFinitePoint));
	const x = scaleLinear(spread(points.map(([x]) => x)), [0, Math.max(1, width)]);
	const y = scaleLinear(spread(points.map(([, y]) => y)), [height, 0]).nice(4);
	const path = line<readonly [number, number]>(
		([value]) => round(x(value)),
		([, value]) => round(y(value))
	).defined(isFinitePoint);
	return {
		lines: series.map(({ name, points }) => {
			const last = points.filter(isFinitePoint).at(-1);
			return {
				name,
				path: path(points) ?? '',
				end: last ? { x: round(x(last[0])), y: round(y(last[1])), value: last[1] } : null
			};
		}),
		xTicks: x
			.ticks(Math.max(2, Math.min(6, Math.floor(width / 70))))
			.filter((value) => Number.isInteger(value) || !points.every(([x]) => Number.isInteger(x)))
			.map((value) => ({ value, x: round(x(value)) })),
		yTicks: y.ticks(4).map((value) => ({ value, y: round(y(value)) }))
	};
}

/** Lowest and highest value; a single value gets some room around it. */
function spread(values: readonly number[]): [number, number] {
	const [low = 0, high = 1] = extent(values);
	return low < high ? [low, high] : [low - 0.5, high + 0.5];
}

function isFinitePoint([x, y]: readonly [number, number]): boolean {
	return Number.isFinite(x) && Number.isFinite(y);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
