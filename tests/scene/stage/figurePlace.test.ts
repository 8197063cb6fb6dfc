import { describe, expect, it } from 'vitest';
import { layCohort } from '../../../src/lib/scene/stage/cohortPlaces';
import { placeFigure } from '../../../src/lib/scene/stage/figurePlace';
import type { Box } from '../../../src/lib/scene/stage/geometry';
import { layStage } from '../../../src/lib/scene/stage/stageLayout';

/** Four characters of 14 pixels. */
const words = { width: 30, height: 12 };

function boxesOf(numClients: number, ids: readonly number[], width = 860, height = 440) {
	const layout = layStage({ numClients, cohortSize: ids.length, width, height });
	const { standing, homes, parcelEdge } = layCohort(layout, ids);
	const glyphs = [...standing.values()];
	const boxes = glyphs.map((glyph): Box => {
		const { x, y, anchor } = placeFigure(glyph, layout, ids.length);
		const shift = { start: 0, middle: words.width / 2, end: words.width }[anchor];
		return { x: x - shift, y: y - words.height, ...words };
	});
	const parcels = [...homes.values()].map(({ x, y }): Box => {
		const edge = parcelEdge;
		return { x: x - edge / 2, y: y - edge / 2, width: edge, height: edge };
	});
	return { layout, boxes, glyphs, parcels };
}

const overlap = (a: Box, b: Box) =>
	a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

describe('placeFigure', () => {
	const ids = [1, 6, 11, 17, 22, 28, 33, 37, 42, 47, 52, 57];

	it.each([
		[860, 440],
		[990, 470],
		[1300, 720]
	])('writes no loss over another one, a parcel or anybody’s face, on %i by %i', (...size) => {
		const { layout, boxes, glyphs, parcels } = boxesOf(60, ids, ...size);
		expect(layout.kind).toBe('rings');
		const stayed = layout.seats.filter((_, id) => !ids.includes(id));
		const faces = [...glyphs, ...stayed].map(({ x, y, radius }) => {
			const reach = radius * 0.6;
			return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
		});
		for (const [index, box] of boxes.entries()) {
			expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
			expect(parcels.filter((parcel) => overlap(box, parcel))).toEqual([]);
			expect(faces.filter((face) => overlap(box, face))).toEqual([]);
		}
	});

	it('writes beside those at the sides of a crowd, where the chosen ones stand close', () => {
		const many = Array.from({ length: 30 }, (_, index) => index * 9);
		const { layout, boxes, glyphs } = boxesOf(289, many, 860, 440);
		expect(layout.kind).toBe('crowd');
		for (const [index, box] of boxes.entries()) {
			expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false);
			const others = glyphs.filter((_, other) => other !== index);
			const reach = glyphs[0].radius * 0.6;
			const faces = others.map(({ x, y }) => {
				return { x: x - reach, y: y - reach, width: 2 * reach, height: 2 * reach };
			});
			expect(faces.filter((face) => overlap(box, face))).toEqual([]);
		}
	});

	it('stays away from the server where nobody sits behind', () => {
		const { layout, boxes } = boxesOf(289, ids, 860, 520);
		expect(layout.kind).toBe('crowd');
		for (const box of boxes) expect(overlap(box, layout.server)).toBe(false);
	});
});
