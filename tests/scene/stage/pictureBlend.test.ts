import { describe, expect, it } from 'vitest';
import {
	grainMoment,
	maskedSide,
	paintBlend,
	type PictureBlend,
	signedSide,
	stillPicture
} from '../../../src/lib/scene/stage/pictureBlend';
import { makePicture } from '../../fixtures/roundRecords';

const colours = {
	zero: [255, 255, 255],
	plus: [200, 80, 10],
	minus: [0, 90, 160],
	grain: [20, 20, 20]
} as const;
const plain = signedSide(makePicture(1, 1));
const masked = maskedSide(makePicture(1, 2));

function paint(blend: PictureBlend): Uint8ClampedArray {
	const out = new Uint8ClampedArray(784 * 4);
	paintBlend(blend, colours, out);
	return out;
}

describe('paintBlend', () => {
	it('paints zero, the largest and the smallest number in the named colours', () => {
		const pixels = new Int8Array(784);
		pixels[1] = 127;
		pixels[2] = -127;
		const picture = { width: 28, height: 28, pixels, scale: 1, subject: 'class 0' };
		const out = paint(stillPicture(signedSide(picture)));
		expect([...out.subarray(0, 12)]).toEqual([
			255, 255, 255, 255, 200, 80, 10, 255, 0, 90, 160, 255
		]);
	});

	it('is paler where another picture with larger numbers sets the scale', () => {
		const alone = paint(stillPicture(plain));
		const beside = paint(stillPicture({ ...plain, reference: plain.reference * 4 }));
		const darkness = (bytes: Uint8ClampedArray) => bytes.reduce((sum, byte) => sum + 255 - byte, 0);
		expect(darkness(beside)).toBeLessThan(darkness(alone));
		const blank = paint(stillPicture({ ...plain, reference: Infinity }));
		expect(new Set(blank)).toEqual(new Set([255]));
	});

	it.each(['fade', 'grains'] as const)('begins and ends exactly at its sides by %s', (way) => {
		const blend = { from: plain, to: masked, way };
		expect(paint({ ...blend, mix: 0 })).toEqual(paint(stillPicture(plain)));
		expect(paint({ ...blend, mix: 1 })).toEqual(paint(stillPicture(masked)));
	});

	it('turns pixels over one after the other, each only once', () => {
		const [before, after] = [paint(stillPicture(plain)), paint(stillPicture(masked))];
		let turned = new Set<number>();
		for (const mix of [0.2, 0.5, 0.8]) {
			const now = paint({ from: plain, to: masked, mix, way: 'grains' });
			const next = new Set<number>();
			for (let i = 0; i < 784; i++) {
				const [pixel, old, fresh] = [now, before, after].map((bytes) =>
					bytes.subarray(i * 4, i * 4 + 3).join()
				);
				expect([old, fresh]).toContain(pixel);
				if (pixel === fresh) next.add(i);
			}
			for (const pixel of turned) expect(next.has(pixel)).toBe(true);
			expect(next.size / 784).toBeCloseTo(mix, 1);
			turned = next;
		}
	});
});

it('scatters the grains evenly', () => {
	const moments = Array.from({ length: 784 }, (_, index) => grainMoment(index));
	for (let row = 0; row < 28; row += 7) {
		const quarter = moments.slice(row * 28, (row + 7) * 28);
		const mean = quarter.reduce((sum, moment) => sum + moment, 0) / quarter.length;
		expect(mean).toBeGreaterThan(0.4);
		expect(mean).toBeLessThan(0.6);
	}
});
