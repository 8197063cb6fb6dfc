import { describe, expect, it } from 'vitest';
import { phases } from '../../../src/lib/scene/roundRecord';
import { neighborOf } from '../../../src/lib/scene/stage/neighbor';
import { momentAt, shareOf } from '../../../src/lib/scene/stage/phaseTrack';
import {
	centerOfZoom,
	pan,
	pinch,
	reveal,
	wholeStage,
	zoomAt
} from '../../../src/lib/scene/stage/zoom';

const frame = { width: 800, height: 600 };

describe('the track of phases', () => {
	it('finds the moment that lies at a place, and the place of a moment', () => {
		for (const phase of phases) {
			for (const progress of [0.2, 0.5, 1]) {
				const moment = momentAt(phases, shareOf(phases, phase, progress));
				expect(moment.phase).toBe(phase);
				expect(moment.progress).toBeCloseTo(progress, 9);
			}
		}
	});

	it('holds at both ends', () => {
		expect(momentAt(phases, -1)).toEqual({ phase: 'choose', progress: 0 });
		expect(momentAt(phases, 2)).toEqual({ phase: 'evaluate', progress: 1 });
	});
});

describe('zoom', () => {
	it('leaves the point under the pointer where it is', () => {
		const point = { x: 300, y: 200 };
		const zoomed = zoomAt(wholeStage, point, 2, frame);
		expect({ x: 300 * 2 + zoomed.x, y: 200 * 2 + zoomed.y }).toEqual(point);
	});

	it('zooms about whoever is selected, as long as that one is in sight', () => {
		const place = { x: 700, y: 80 };
		expect(centerOfZoom(wholeStage, place, frame)).toEqual(place);
		expect(centerOfZoom(wholeStage, null, frame)).toEqual({ x: 400, y: 300 });
		const elsewhere = zoomAt(wholeStage, { x: 0, y: 600 }, 3, frame);
		expect(centerOfZoom(elsewhere, place, frame)).toEqual({ x: 400, y: 300 });
	});

	it('never shows anything beyond the stage, nor less than all of it', () => {
		const zoomed = zoomAt(wholeStage, { x: 0, y: 0 }, 3, frame);
		expect(pan(zoomed, { x: 500, y: 500 }, frame)).toEqual({ scale: 3, x: 0, y: 0 });
		expect(pan(zoomed, { x: -9999, y: -9999 }, frame)).toEqual({ scale: 3, x: -1600, y: -1200 });
		expect(zoomAt(zoomed, { x: 5, y: 5 }, 0.01, frame)).toEqual(wholeStage);
	});

	it('brings a client into sight, and rests when it is', () => {
		const zoomed = zoomAt(wholeStage, { x: 0, y: 0 }, 4, frame);
		const shown = reveal(zoomed, { x: 700, y: 500 }, frame);
		expect(700 * 4 + shown.x).toBeLessThan(800);
		expect(500 * 4 + shown.y).toBeLessThan(600);
		expect(reveal(shown, { x: 700, y: 500 }, frame)).toEqual(shown);
	});
});

describe('pinch', () => {
	const whole = { x: 300, y: 200 };
	const right = { x: 500, y: 200 };

	it('keeps under two fingers what they took hold of', () => {
		const held = zoomAt(wholeStage, { x: 400, y: 300 }, 2, frame);
		const layoutOf = (point: { x: number; y: number }, { scale, x, y } = held) => ({
			x: (point.x - x) / scale,
			y: (point.y - y) / scale
		});
		const after = [
			{ x: 280, y: 190 },
			{ x: 540, y: 190 }
		] as const;
		const pinched = pinch(held, [whole, right], after, frame);
		expect(pinched.scale).toBeCloseTo(2 * (260 / 200), 9);
		for (const [finger, point] of [whole, right].entries()) {
			const now = layoutOf(after[finger], pinched);
			expect(now.x).toBeCloseTo(layoutOf(point).x, 9);
			expect(now.y).toBeCloseTo(layoutOf(point).y, 9);
		}
	});

	it('only shifts where the fingers keep their distance', () => {
		const held = zoomAt(wholeStage, { x: 400, y: 300 }, 3, frame);
		const by = (point: { x: number; y: number }) => ({ x: point.x + 30, y: point.y - 20 });
		const shifted = pinch(held, [whole, right], [by(whole), by(right)], frame);
		expect(shifted).toEqual(pan(held, { x: 30, y: -20 }, frame));
	});

	it('survives two fingers on one spot', () => {
		const { scale } = pinch(wholeStage, [whole, whole], [whole, right], frame);
		expect(scale).toBe(5);
	});
});

describe('neighborOf', () => {
	const places = [
		{ x: 0, y: 0 },
		{ x: 10, y: 1 },
		{ x: 20, y: -1 },
		{ x: 1, y: 10 }
	];

	it('walks to the nearest place ahead and stays where there is none', () => {
		expect(neighborOf(places, 0, 'right')).toBe(1);
		expect(neighborOf(places, 1, 'right')).toBe(2);
		expect(neighborOf(places, 2, 'left')).toBe(1);
		expect(neighborOf(places, 0, 'down')).toBe(3);
		expect(neighborOf(places, 0, 'left')).toBe(0);
	});
});
