import { describe, expect, it } from 'vitest';
import { layCohort } from '../../../src/lib/scene/stage/cohortPlaces';
import { placeFigure } from '../../../src/lib/scene/stage/figurePlace';
import type { Box } from '../../../src/lib/scene/stage/geometry';
import { obstaclesNear } from '../../../src/lib/scene/stage/labelObstacles';
import { glyphObstacle, parcelObstacle, placeLabel } from '../../../src/lib/scene/stage/labelPlace';
import type { Glyph } from '../../../src/lib/scene/stage/shapes';
import { layStage } from '../../../src/lib/scene/stage/stageLayout';
import { sizeStage } from '../../../src/lib/scene/stage/stageSize';
import { sightOf } from '../../../src/lib/scene/stage/zoom';

const words = { width: 188, height: 26 };
const nameAlone = { width: 84, height: 26 };

function shared(a: Box, b: Box): number {
	const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
	const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
	return Math.max(0, across) * Math.max(0, down);
}

/** A stage in its place on a page, with a cohort in the light, whose losses are written where there is room. */
function stageOf(
	numClients: number,
	cohortSize: number,
	width: number,
	room: number,
	isOfLosses = true
) {
	const size = sizeStage({ width, height: room, isPresenting: false });
	const layout = layStage({ numClients, cohortSize, ...size });
	const stride = Math.floor(numClients / cohortSize);
	const ids = Array.from({ length: cohortSize }, (_, index) => index * stride);
	const cohort = layCohort(layout, ids);
	const glyphs = layout.seats.map((seat, id): Glyph => {
		const isForward = cohort.standing.has(id);
		const state = isForward ? 'trained' : 'idle';
		const place = cohort.standing.get(id) ?? seat;
		return { ...place, id, state, isForward, trained: 1, loss: null, accuracy: null };
	});
	const hasRoom = layout.kind === 'phone' || (layout.forward !== null && layout.largest >= 22);
	const hasFigures = isOfLosses && hasRoom;
	const label = layout.kind === 'phone' ? nameAlone : words;
	const place = (focusId: number, sight: Box, size = label) =>
		placeLabel(
			glyphs[focusId],
			obstaclesNear(glyphs[focusId], size, { glyphs, cohort, layout, hasFigures, focusId }),
			layout.server,
			size,
			sight
		);
	const whole = { x: 0, y: 0, width: layout.width, height: layout.height };
	return { layout, ids, cohort, glyphs, hasFigures, label, place, whole };
}

describe('placeLabel', () => {
	const glyph = { x: 400, y: 300, radius: 30 };
	const server = { x: 0, y: 0, width: 10, height: 10 };
	const whole = { x: 0, y: 0, width: 800, height: 600 };

	it('goes below where nobody is in the way, and elsewhere where somebody is', () => {
		expect(placeLabel(glyph, [], server, words, whole)).toMatchObject({ x: 306, y: 334 });
		const below = glyphObstacle({ x: 400, y: 360, radius: 30 }, 1);
		expect(placeLabel(glyph, [below], server, words, whole).y).toBeLessThan(270);
	});

	it('keeps inside of what is in sight, and with a glyph that is not', () => {
		const sight = { x: 300, y: 200, width: 200, height: 150 };
		for (const [x, y] of [
			[301, 201],
			[499, 201],
			[301, 349],
			[499, 349]
		]) {
			const box = placeLabel({ x, y, radius: 20 }, [], server, words, sight);
			expect(shared(box, sight)).toBeCloseTo(words.width * words.height, 9);
		}
		const away = placeLabel({ x: 700, y: 300, radius: 20 }, [], server, words, sight);
		expect(shared(away, sight)).toBe(0);
	});

	it.each([
		[60, 10, 850],
		[60, 20, 850],
		[60, 10, 717],
		[289, 10, 559]
	])(
		'leaves parcels free before there are losses: %i clients, %i chosen, %i pixels wide',
		(...[clients, chosen, width]) => {
			const { ids, cohort, place, whole } = stageOf(clients, chosen, width, 440, false);
			for (const id of ids) {
				for (const point of [...cohort.homes.values(), ...cohort.docks.values()]) {
					const parcel = parcelObstacle(point, cohort.parcelEdge);
					expect(shared(place(id, whole), parcel)).toBeLessThan(chosen > 10 ? 200 : 60);
				}
			}
		}
	);

	it.each([
		[60, 20, 849, 470],
		[60, 30, 849, 470],
		[289, 10, 850, 440],
		[289, 20, 850, 440],
		[289, 20, 640, 440],
		[289, 30, 990, 400],
		[60, 20, 1300, 700],
		[30, 10, 328, 0],
		[289, 30, 328, 0]
	])('hides no loss of another: %i clients, %i chosen, on %i by %i', (...size) => {
		const { ids, glyphs, layout, label, place, hasFigures, whole } = stageOf(...size);
		expect(hasFigures).toBe(true);
		for (const focusId of ids) {
			const box = place(focusId, whole);
			expect(shared(box, whole)).toBeCloseTo(label.width * label.height, 9);
			for (const id of ids.filter((other) => other !== focusId)) {
				const { x, y, anchor } = placeFigure(glyphs[id], layout, ids.length);
				const left = x - { start: 0, middle: 14, end: 28 }[anchor];
				const loss = { x: left, y: y - 10, width: 28, height: 10 };
				expect(shared(box, loss), `${focusId} over ${id}`).toBeLessThan(12);
			}
		}
	});

	it('stays in sight however close one looks, as its size on screen stays', () => {
		const { ids, glyphs, layout, place } = stageOf(289, 10, 328, 0);
		for (const scale of [1, 1.6, 2.56, 5]) {
			const size = { width: nameAlone.width / scale, height: nameAlone.height / scale };
			for (const id of ids) {
				const { x, y } = glyphs[id];
				const zoom = { scale, x: layout.width - 5 - x * scale, y: layout.height / 2 - y * scale };
				const sight = sightOf(zoom, layout);
				expect(shared(place(id, sight, size), sight)).toBeCloseTo(size.width * size.height, 6);
			}
		}
	});
});

describe('obstaclesNear', () => {
	it('leaves out only what no place of the label can hide', () => {
		const { ids, glyphs, cohort, layout, hasFigures, whole } = stageOf(289, 20, 850, 440);
		for (const focusId of ids) {
			const surroundings = { glyphs, cohort, layout, hasFigures, focusId };
			const everything = { width: 3000, height: 3000 };
			const all = obstaclesNear(glyphs[focusId], everything, surroundings);
			const near = obstaclesNear(glyphs[focusId], words, surroundings);
			expect(near.length).toBeLessThan(all.length / 2);
			const place = (others: typeof all) =>
				placeLabel(glyphs[focusId], others, layout.server, words, whole);
			expect(place(near)).toEqual(place(all));
		}
	});
});
