import { describe, expect, it } from 'vitest';
import { PictureMemory } from '../../../src/lib/figures/stage/pictureMemory';
import type { StageColours } from '../../../src/lib/figures/stage/stageColours.svelte';
import {
	maskedSide,
	paintBlend,
	type PictureBlend,
	signedSide,
	stillPicture
} from '../../../src/lib/scene/stage/pictureBlend';
import type { NumberPicture } from '../../../src/lib/scene/roundRecord';

const numbers = {
	zero: [255, 255, 255],
	plus: [200, 50, 0],
	minus: [0, 80, 200],
	grain: [20, 20, 30]
} as const;
const light = { numbers } as unknown as StageColours;
const dark = { numbers: { ...numbers, zero: [0, 0, 0] } } as unknown as StageColours;

function pictureOf(seed: number, edge = 4): NumberPicture {
	const pixels = Int8Array.from(
		{ length: edge ** 2 },
		(_, i) => ((i * 37 + seed * 11) % 255) - 127
	);
	return { width: edge, height: edge, pixels, scale: 1, subject: `class ${seed}` };
}

/** A memory whose sheets tell what was shown of them. */
function watchedMemory() {
	const shown: { sheet: number; from: number; to: number }[] = [];
	let numSheets = 0;
	const memory = new PictureMemory((width, height) => {
		const sheet = numSheets++;
		return {
			source: {} as CanvasImageSource,
			bytes: new Uint8ClampedArray(4 * width * height),
			show: (from, to) => shown.push({ sheet, from, to })
		};
	});
	return { memory, shown, numSheets: () => numSheets };
}

function bytesOf(blend: PictureBlend, colours = light): number[] {
	const { width, height } = blend.from.picture;
	const bytes = new Uint8ClampedArray(4 * width * height);
	paintBlend(blend, colours.numbers, bytes);
	return [...bytes];
}

const still = (seed: number) => stillPicture(signedSide(pictureOf(seed)));

describe('PictureMemory', () => {
	it('writes every picture to a place of its own, and shows each sheet once', () => {
		const { memory, shown } = watchedMemory();
		const blends = Array.from({ length: 20 }, (_, seed) => still(seed));
		const { cells } = memory.find(
			blends.map((picture) => ({ picture, edge: 30 })),
			light
		);
		cells.forEach((cell, index) => expect([...cell!.bytes]).toEqual(bytesOf(blends[index])));
		expect(new Set(cells).size).toBe(20);
		expect(shown.map(({ sheet }) => sheet)).toEqual([0, 1]);
		for (const cell of cells) {
			const { from, to } = shown[cell!.sheet === cells[0]!.sheet ? 0 : 1];
			expect(cell!.top).toBeGreaterThanOrEqual(from);
			expect(cell!.top + cell!.height).toBeLessThanOrEqual(to);
		}
	});

	it('writes a picture at rest once, and again in other colours', () => {
		const { memory, shown } = watchedMemory();
		const picture = still(3);
		const [first] = memory.find([{ picture, edge: 30 }], light).cells;
		const [again, nothing] = memory.find(
			[
				{ picture: { ...picture }, edge: 12 },
				{ picture: null, edge: 12 }
			],
			light
		).cells;
		expect(again).toBe(first);
		expect(nothing).toBeNull();
		expect(shown).toHaveLength(1);
		const [other] = memory.find([{ picture, edge: 30 }], dark).cells;
		expect([...other!.bytes]).toEqual(bytesOf(picture, dark));
		expect(bytesOf(picture, dark)).not.toEqual(bytesOf(picture, light));
	});

	it('shows large pictures at every moment of a change, each in its own place', () => {
		const { memory } = watchedMemory();
		const changing = (mix: number): PictureBlend => ({
			from: signedSide(pictureOf(1)),
			to: maskedSide(pictureOf(2)),
			mix,
			way: 'grains'
		});
		for (const mix of [0.2, 0.55]) {
			const blends = [changing(mix), changing(mix / 2), still(7)];
			const { cells } = memory.find(
				blends.map((picture) => ({ picture, edge: 30 })),
				light
			);
			cells.forEach((cell, index) => expect([...cell!.bytes]).toEqual(bytesOf(blends[index])));
		}
	});

	it('gives places on, but never one that the frame needs', () => {
		const { memory, numSheets } = watchedMemory();
		const crowd = (from: number) =>
			Array.from({ length: 300 }, (_, index) => ({ picture: still(from + index), edge: 12 }));
		for (let frame = 0; frame < 20; frame++) {
			const wanted = crowd(300 * frame);
			const { cells } = memory.find(wanted, light);
			expect(new Set(cells).size).toBe(300);
			cells.forEach((cell, index) =>
				expect([...cell!.bytes]).toEqual(bytesOf(wanted[index].picture))
			);
		}
		// Room for 400, and for the frame that did not fit in beside them.
		expect(numSheets()).toBeLessThanOrEqual(Math.ceil(700 / 16));
	});

	it('writes a crowd of small pictures over some frames, and says until when', () => {
		const { memory } = watchedMemory();
		const wanted = Array.from({ length: 100 }, (_, seed) => ({ picture: still(seed), edge: 12 }));
		const frames = Array.from({ length: 4 }, () => {
			const { cells, isWhole } = memory.find(wanted, light, 30);
			return { numThere: cells.filter(Boolean).length, isWhole };
		});
		expect(frames).toEqual([
			{ numThere: 30, isWhole: false },
			{ numThere: 60, isWhole: false },
			{ numThere: 90, isWhole: false },
			{ numThere: 100, isWhole: true }
		]);
	});

	it('leaves a small picture a step behind where the frame has no time for it, never another one', () => {
		const { memory } = watchedMemory();
		const masking = (seed: number) => {
			const from = signedSide(pictureOf(seed));
			const to = maskedSide(pictureOf(seed + 100));
			return (mix: number) => ({ picture: { from, to, mix, way: 'grains' as const }, edge: 12 });
		};
		const known = masking(1);
		const [late] = memory.find([known(0.95)], light, 1).cells;
		const bytes = [...late!.bytes];
		// The first takes what the frame has; the second was there before, the third never.
		const { cells, isWhole } = memory.find([masking(2)(0.5), known(1), masking(3)(0.5)], light, 1);
		expect(isWhole).toBe(false);
		expect(cells[1]).toBe(late);
		expect([...cells[1]!.bytes]).toEqual(bytes);
		expect(cells[2]).toBeNull();
		const [settled] = memory.find([known(1)], light, 1).cells;
		expect([...settled!.bytes]).toEqual(bytesOf(known(1).picture));
	});

	it('gives large pictures at once, whatever a frame may write of small ones', () => {
		const { memory } = watchedMemory();
		const wanted = Array.from({ length: 5 }, (_, seed) => ({ picture: still(seed), edge: 40 }));
		const { cells, isWhole } = memory.find(wanted, light, 0);
		expect(cells.every(Boolean)).toBe(true);
		expect(isWhole).toBe(true);
	});
});
