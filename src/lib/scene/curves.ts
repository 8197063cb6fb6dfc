/** Learning curves: values over rounds become paths and ticks. Their names stand outside of the plot. */
import { line, scaleLinear } from 'd3';

/** The parts a curve can play; each has one look. */
export type CurveRole =
	| 'federated'
	| 'centralized'
	| 'localOnly'
	| 'training'
	| 'epsilonBound'
	| 'epsilonTight'
	| 'live'
	| 'pinned'
	| 'swept';

export interface Curve {
	role: CurveRole;
	/** Name beside its newest value. */
	name: string;
	points: readonly { roundNum: number; value: number }[];
	/** A yardstick rather than a course: only the newest value counts, drawn level over all rounds. */
	isLevel?: boolean;
	/** Tells curves of the same part from each other, and stands at their end. */
	letter?: string;
}

/** What a curve is called among the curves of one picture. */
export function curveKey({ role, letter = '' }: Pick<Curve, 'role' | 'letter'>): string {
	return role + letter;
}

/** What a curve stands at in a round: its newest point up to there; null before its first. */
export function valueAt({ points, isLevel }: Curve, roundNum: number): number | null {
	const point = isLevel ? points[points.length - 1] : undefined;
	return (point ?? points.findLast((known) => known.roundNum <= roundNum))?.value ?? null;
}

/** The round nearest to a place on the axis, in pixels from its beginning. */
export function roundAt(x: number, { width, numRounds }: CurveArea): number {
	const share = Math.max(0, Math.min(1, x / Math.max(LEAST_WIDTH, width)));
	return Math.round(1 + share * (numRounds - 1));
}

/** Where a round stands on the axis, in pixels. */
export function placeOfRound(roundNum: number, area: CurveArea): number {
	return roundScale(area)(roundNum);
}

export interface CurveArea {
	/** Pixels inside the axes. */
	width: number;
	height: number;
	/** The last round on the axis. */
	numRounds: number;
	/** Lowest and highest value that must be on the axis. */
	domain: readonly [number, number];
}

export interface DrawnCurve extends Curve {
	path: string;
	/** The newest point. */
	end: { x: number; y: number; value: number };
}

export interface CurvePicture {
	curves: DrawnCurve[];
	xTicks: { roundNum: number; x: number }[];
	yTicks: { value: number; y: number }[];
}

/** Narrower than this there is nothing to see; a hidden panel has no width at all. In pixels. */
const LEAST_WIDTH = 40;

/** Computes the picture. Curves without points are left out. */
export function drawCurves(curves: readonly Curve[], given: CurveArea): CurvePicture {
	const area = { ...given, width: Math.max(LEAST_WIDTH, given.width) };
	const x = roundScale(area);
	const y = scaleLinear(area.domain, [area.height, 0]).clamp(true);
	const path = line<{ roundNum: number; value: number }>(
		(point) => round(x(point.roundNum)),
		(point) => round(y(point.value))
	);
	const drawn = curves
		.filter((curve) => curve.points.length > 0)
		.map((curve) => {
			const last = curve.points[curve.points.length - 1];
			const end = { x: x(last.roundNum), y: y(last.value), value: last.value };
			const level = `M0,${round(end.y)}H${area.width}`;
			return { ...curve, path: curve.isLevel ? level : (path(curve.points) ?? ''), end };
		});
	return {
		curves: drawn,
		xTicks: roundTicks(area).map((roundNum) => ({ roundNum, x: x(roundNum) })),
		yTicks: y.ticks(4).map((value) => ({ value, y: y(value) }))
	};
}

function roundScale({ width, numRounds }: CurveArea) {
	return scaleLinear([Math.min(1, numRounds - 1), numRounds], [0, Math.max(LEAST_WIDTH, width)]);
}

/** Room that the name of the first round needs, and the number of the last one, in pixels. */
const FIRST_TICK_ROOM = 64;
const LAST_TICK_ROOM = 36;

/** First and last round, and round numbers between them that keep their distance from both. */
function roundTicks({ numRounds, width }: CurveArea): number[] {
	if (numRounds <= 2) return Array.from({ length: numRounds }, (_, index) => index + 1);
	const x = scaleLinear([1, numRounds], [0, width]);
	const inner = x
		.ticks(4)
		.filter((tick) => Number.isInteger(tick))
		.filter((tick) => x(tick) > FIRST_TICK_ROOM && x(tick) < width - LAST_TICK_ROOM);
	return [1, ...inner, numRounds];
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
