/** Points on ellipses, evenly apart, and the order in which things take their places on them. */

import { bisectLeft } from 'd3';

export interface Point {
	x: number;
	y: number;
}

export interface Box extends Point {
	width: number;
	height: number;
}

export interface Ellipse extends Point {
	radiusX: number;
	radiusY: number;
}

const NUM_SAMPLES = 720;

/** Points that lie equally far from each other along the line, clockwise from the top. */
export function spreadOnEllipse(ellipse: Ellipse, count: number): Point[] {
	return pointsAlong(
		ellipse,
		Array.from({ length: count }, (_, index) => index / count)
	);
}

/** The points at these shares (0 to 1) of the way around an ellipse, clockwise from the top. */
export function pointsAlong(ellipse: Ellipse, shares: readonly number[]): Point[] {
	const samples = Array.from({ length: NUM_SAMPLES + 1 }, (_, index) =>
		pointAt(ellipse, (index / NUM_SAMPLES) * 2 * Math.PI)
	);
	const lengths = [0];
	for (let i = 1; i < samples.length; i++) {
		lengths.push(lengths[i - 1] + distance(samples[i - 1], samples[i]));
	}
	return shares.map((share) => {
		const target = share * lengths[NUM_SAMPLES];
		const next = Math.max(1, Math.min(NUM_SAMPLES, bisectLeft(lengths, target)));
		const rest = (target - lengths[next - 1]) / (lengths[next] - lengths[next - 1]);
		return between(samples[next - 1], samples[next], rest);
	});
}

/** Length of the line, by Ramanujan's approximation (error below one part in ten thousand here). */
export function perimeter({ radiusX: a, radiusY: b }: Ellipse): number {
	const h = ((a - b) / (a + b)) ** 2;
	return Math.PI * (a + b) * (1 + (3 * h) / (10 + Math.sqrt(4 - 3 * h)));
}

/** Angle of a point seen from another, clockwise from the top, 0 to 2 pi. */
export function angleFrom(center: Point, point: Point): number {
	const angle = Math.atan2(point.x - center.x, center.y - point.y);
	return angle < 0 ? angle + 2 * Math.PI : angle;
}

/**
 * Gives each of these angles one of as many even places, keeping their order, with the turn that moves
 * them least. Returns the place (a number of turns, 0 to 1) of each, in the order given.
 */
export function evenTurns(angles: readonly number[]): number[] {
	const count = angles.length;
	const order = angles.map((_, index) => index).sort((a, b) => angles[a] - angles[b] || a - b);
	const offsets = order.map((index, rank) => angles[index] / (2 * Math.PI) - rank / count);
	const turn = offsets.reduce((sum, offset) => sum + offset, 0) / Math.max(1, count);
	const turns = new Array<number>(count);
	order.forEach((index, rank) => {
		const place = (rank / count + turn) % 1;
		turns[index] = place < 0 ? place + 1 : place;
	});
	return turns;
}

/** The point this share of the way round the border of a box, clockwise from the middle of its top. */
export function pointOnBox(box: Box, turn: number): Point {
	const { width, height } = box;
	let rest = (((turn % 1) + 1) % 1) * 2 * (width + height);
	if (rest < width / 2) return { x: box.x + width / 2 + rest, y: box.y };
	rest -= width / 2;
	if (rest < height) return { x: box.x + width, y: box.y + rest };
	rest -= height;
	if (rest < width) return { x: box.x + width - rest, y: box.y + height };
	rest -= width;
	if (rest < height) return { x: box.x, y: box.y + height - rest };
	return { x: box.x + rest - height, y: box.y };
}

/** Where the line from the middle of a box to a point outside crosses its border. */
export function crossingOf(box: Box, point: Point): Point {
	const center = centerOf(box);
	const dx = Math.abs(point.x - center.x) / (box.width / 2);
	const dy = Math.abs(point.y - center.y) / (box.height / 2);
	return between(center, point, 1 / Math.max(1, dx, dy));
}

/** The point itself where it lies outside of a box, or else the nearest one on its border. */
export function outside(box: Box, point: Point): Point {
	const beyond = { x: box.x + box.width - point.x, y: box.y + box.height - point.y };
	const inside = { x: point.x - box.x, y: point.y - box.y };
	const least = Math.min(beyond.x, beyond.y, inside.x, inside.y);
	if (least <= 0) return point;
	if (least === inside.x) return { x: box.x, y: point.y };
	if (least === beyond.x) return { x: box.x + box.width, y: point.y };
	return { x: point.x, y: least === inside.y ? box.y : box.y + box.height };
}

/** A box with this much more on every side. */
export function grow(box: Box, by: number): Box {
	return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

export function centerOf(box: Box): Point {
	return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** From the edge of a glyph to the next point of a square around another one. */
export function airBetween(
	{ x, y, radius }: Point & { radius: number },
	square: Point,
	edge: number
): number {
	const wide = Math.max(0, Math.abs(x - square.x) - edge / 2);
	const high = Math.max(0, Math.abs(y - square.y) - edge / 2);
	return Math.hypot(wide, high) - radius;
}

export function distance(a: Point, b: Point): number {
	return Math.hypot(a.x - b.x, a.y - b.y);
}

/** The point this share of the way from one to another. */
export function between(from: Point, to: Point, share: number): Point {
	return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** The point this far from one towards another, in pixels. */
export function towards(from: Point, to: Point, pixels: number): Point {
	const length = distance(from, to);
	return length === 0 ? from : between(from, to, pixels / length);
}

function pointAt({ x, y, radiusX, radiusY }: Ellipse, angle: number): Point {
	return { x: x + radiusX * Math.sin(angle), y: y - radiusY * Math.cos(angle) };
}
