import { describe, expect, it } from 'vitest';
import { drawModel, strongestPicture, viewUpdate } from '../../src/lib/federated/numberPicture';
import { createModelLens } from '../../src/lib/model/modelLens';
import { modelSpecs } from '../../src/lib/model/modelSpec';

describe('the lens of a model', () => {
	it('shows the ten classes of softmax, sixteen hidden units of 2nn, all filters of a cnn', () => {
		const shown = (name: keyof typeof modelSpecs) => {
			const spec = modelSpecs[name];
			const pictures = drawModel(new Float32Array(spec.numParams), createModelLens(spec));
			return pictures.map(({ width, height, subject }) => `${subject} ${width}x${height}`);
		};
		expect(shown('softmax')).toHaveLength(10);
		expect(shown('softmax')[3]).toBe('class 3 28x28');
		expect(shown('2nn')).toHaveLength(16);
		expect(shown('2nn')[0]).toBe('hidden unit 0 28x28');
		expect(shown('cnn-small')).toEqual(['16 filters 23x23']);
		expect(shown('cnn')).toEqual(['32 filters 35x35']);
	});

	it('finds the picture in which something happened, and its pixel', () => {
		const spec = modelSpecs['2nn'];
		const lens = createModelLens(spec);
		const update = new Float32Array(spec.numParams);
		update[300 * 200 + 42] = -0.5;
		update[310 * 200 + 42] = 0.25;
		expect(strongestPicture(update, lens)).toBe(42);
		const { picture, norm } = viewUpdate(update, lens, 42);
		expect(picture).toMatchObject({ scale: 0.5, subject: 'hidden unit 42' });
		expect([picture.pixels[300], picture.pixels[310], picture.pixels[0]]).toEqual([-127, 64, 0]);
		expect(norm).toBeCloseTo(Math.hypot(0.5, 0.25), 12);
	});

	it('lays filters a pixel apart', () => {
		const spec = modelSpecs['cnn-small'];
		const update = new Float32Array(spec.numParams);
		// Filter 5, second column and second row of the sheet; its middle tap.
		update[12 * 16 + 5] = 1;
		const [{ pixels, width }] = drawModel(update, createModelLens(spec));
		expect(pixels.indexOf(127)).toBe((6 + 2) * width + 6 + 2);
		expect(pixels.filter((pixel) => pixel !== 0)).toHaveLength(1);
	});

	it('bears numbers that are none', () => {
		const spec = modelSpecs.softmax;
		const params = new Float32Array(spec.numParams).fill(NaN);
		params[5] = 2;
		const pictures = drawModel(params, createModelLens(spec));
		expect(pictures[5].scale).toBe(2);
		expect(pictures[5].pixels[0]).toBe(127);
		expect(pictures[4].pixels.every((pixel) => pixel === 0)).toBe(true);
	});
});
