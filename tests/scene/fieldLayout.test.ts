import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldHeight, layField } from '../../src/lib/scene/fieldLayout';

describe('layField', () => {
	const bounds = { smallest: 30, largest: 112 };

	it('never exceeds the width, and the height only where squares would become too small', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 1, max: 1000 }),
				fc.integer({ min: 200, max: 1600 }),
				(numClients, width) => {
					const { size, numColumns } = layField(numClients, { width, height: 500, ...bounds });
					expect(numColumns * size).toBeLessThanOrEqual(width);
					expect(size).toBeLessThanOrEqual(112);
					expect(size).toBeGreaterThanOrEqual(30);
					const isTooHigh = Math.ceil(numClients / numColumns) * size > 500;
					if (isTooHigh) expect(numColumns).toBe(Math.floor(width / 30));
				}
			)
		);
	});

	it('shows all writers on a phone at once, none too small to hit', () => {
		const phone = { width: 328, height: 560, smallest: 24, largest: 112 };
		const layout = layField(289, phone);
		expect(layout.size).toBeGreaterThanOrEqual(24);
		expect(layout.size * layout.numColumns).toBeLessThanOrEqual(328);
		expect(fieldHeight(289, layout)).toBeLessThan(640);
		expect(fieldHeight(27, { size: 10, numColumns: 13 })).toBe(30);
	});

	it('leaves no writer of the first page over in a row of its own', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 200, max: 1000 }),
				fc.integer({ min: 300, max: 440 }),
				fc.constantFrom(24, 30),
				(width, height, smallest) => {
					const { numColumns } = layField(30, { width, height, smallest, largest: 112 });
					expect(30 % numColumns, `${numColumns} columns`).toBe(0);
				}
			)
		);
	});

	it('fills the width rather than the height, and keeps squares large where no row can be full', () => {
		expect(layField(30, { width: 620, height: 300, ...bounds })).toEqual({
			size: 62,
			numColumns: 10
		});
		expect(layField(30, { width: 560, height: 440, ...bounds })).toEqual({
			size: 88,
			numColumns: 6
		});
		const { size } = layField(31, { width: 620, height: 300, ...bounds });
		expect(size).toBeGreaterThan(50);
	});

	it('makes few clients large and many small', () => {
		const sizeOf = (numClients: number) =>
			layField(numClients, { width: 560, height: 520, ...bounds }).size;
		expect(sizeOf(4)).toBe(112);
		expect(sizeOf(30)).toBeGreaterThan(80);
		expect(sizeOf(289)).toBeLessThan(34);
	});
});
