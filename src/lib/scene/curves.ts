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

export interface CurvePoint {
	roundNum: number;
	value: number;
}

export interface Curve {
	role: CurveRole;
	/** Name beside its newest value. */
	name: string;
	points: readonly CurvePoint[];
	/** A yardstick rather than a course: only the newest value counts, drawn level over the rounds behind it. */
	isLevel?: boolean;
	/** Tells curves of the same part from each other, and stands at their end. */
	letter?: string;
}

/** What a curve is called among the curves of one picture. */
export function curveKey({ role, letter = '' }: Pick<Curve, 'role' | 'letter'>): string {
	return role + letter;
}

/** Where a curve stands in a round: its newest point up to there; none before its first. */
export function pointAt({ points, isLevel }: Curve, roundNum: number): CurvePoint | undefined {
	return points.findLast((point) => isLevel || point.roundNum <= roundNum);
}

/** The last round that has a point; 0 without any. */
export function lastRoundOf(curves: readonly Curve[]): number {
	return Math.max(0, ...curves.map(({ points }) => points[points.length - 1]?.roundNum ?? 0));
}

/** The newest round of the run on stage: others are read after as many. Without it, their own newest. */
export function newestRoundOf(curves: readonly Curve[]): number {
	const own = curves.filter(({ role }) => role !== 'pinned' && role !== 'live');
	return lastRoundOf(own) || lastRoundOf(curves);
}

/** The round nearest to a place on the axis, in pixels from its beginning. */
export function roundAt(x: number, { width, numRounds }: CurveArea): number {
	const share = Math.max(0, Math.min(1, x / Math.max(LEAST_WIDTH, width)));
	return Math.round(1 + share * (numRounds - 1));
}

/** Where a round stands on the axis, in pixels. */
export function placeOfRound(roundNum: number, { width, numRounds }: CurveArea): number {
	const first = Math.min(1, numRounds - 1);
	return ((roundNum - first) / (numRounds - first)) * Math.max(LEAST_WIDTH, width);
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
	const y = heightScale(area);
	const path = line<{ x: number; y: number }>(
		(point) => round(point.x),
		(point) => round(point.y)
	);
	const drawn = curves
		.filter((curve) => curve.points.length > 0)
		.map((curve) => {
			const course = courseOf(curve, area);
			const last = curve.points.length - 1;
			const end = { ...course[last], value: curve.points[last].value };
			const level = `M0,${round(end.y)}H${round(end.x)}`;
			return { ...curve, path: curve.isLevel ? level : (path(course) ?? ''), end };
		});
	return {
		curves: drawn,
		xTicks: roundTicks(area).map((roundNum) => ({ roundNum, x: placeOfRound(roundNum, area) })),
		yTicks: y.ticks(4).map((value) => ({ value, y: y(value) }))
	};
}

/** The points of a curve in pixels. */
export function courseOf({ points }: Curve, area: CurveArea): { x: number; y: number }[] {
	const y = heightScale(area);
	return points.map(({ roundNum, value }) => ({ x: placeOfRound(roundNum, area), y: y(value) }));
}

function heightScale({ domain, height }: CurveArea) {
	return scaleLinear(domain, [height, 0]).clamp(true);
}

/** Room that the number of a round needs, in pixels. */
const TICK_ROOM = 44;
const MOST_TICKS = 6;

/** Multiples of one round number, as close as they have room. */
function roundTicks({ numRounds, width }: CurveArea): number[] {
	const most = Math.max(1, Math.min(MOST_TICKS, Math.floor(width / TICK_ROOM)));
	const step = roundSteps(numRounds).find((step) => numRounds / step < most + 1) ?? numRounds;
	return Array.from({ length: Math.floor(numRounds / step) }, (_, index) => (index + 1) * step);
}

/** 1, 2, 5, 10, 20, 50 and so on up to a number. */
function roundSteps(highest: number): number[] {
	const steps: number[] = [];
	for (let unit = 1; unit <= highest; unit *= 10) steps.push(unit, 2 * unit, 5 * unit);
	return steps.filter((step) => step <= highest);
}

function round(value: number): number {
	return Math.round(value * 100) / 100;
}
