/** The loop that all products are made of, against the same sum in double precision. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantiateWasm } from '../../../src/lib/math/wasmModule';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { wasmBase64 } from '../../../src/lib/model/kernels/compiled/training.kernel.js';
import { createKernelMemory, relativeError } from './kernelMemory';

interface Kernels {
	weightedRows(
		...args: [
			out: number,
			start: number,
			rows: number,
			list: number,
			end: number,
			numVectors: number
		]
	): void;
}

const cases = fc.record({
	numRows: fc.integer({ min: 1, max: 40 }),
	numEntries: fc.integer({ min: 0, max: 60 }),
	numVectors: fc.integer({ min: 1, max: 40 }),
	isInPlace: fc.boolean(),
	seed: fc.nat(1000)
});

it('adds the listed rows to the start, whatever the width, and writes nowhere else', () => {
	fc.assert(
		fc.property(cases, ({ numRows, numEntries, numVectors, isInPlace, seed }) => {
			const random = randomStream(seed, 'init');
			const width = 4 * numVectors;
			const draw = (length: number) => Float32Array.from({ length }, () => standardNormal(random));
			const [rows, start, values] = [draw(numRows * width), draw(width), draw(numEntries)];
			const chosen = Array.from({ length: numEntries }, () => Math.floor(random() * numRows));
			const entries = new Float32Array(2 * numEntries);
			const offsets = new Uint32Array(entries.buffer);
			chosen.forEach((row, i) => {
				offsets[2 * i] = row * width * 4;
				entries[2 * i + 1] = values[i];
			});
			const space = createKernelMemory(4);
			const at = [rows, start, entries].map((block) => space.put(block));
			const out = isInPlace ? at[1] : space.put(new Float32Array(width));
			instantiateWasm<Kernels>(wasmBase64, space.memory).weightedRows(
				...([out, at[1], at[0]] as const),
				...([at[2], at[2] + 8 * numEntries, numVectors] as const)
			);
			const expected = Array.from(start, (value, column) =>
				chosen.reduce((sum, row, i) => sum + values[i] * rows[row * width + column], value)
			);
			expect(relativeError(space.floats(out, width), expected)).toBeLessThan(1e-5);
			expect(space.strayWrites()).toEqual([]);
		})
	);
});
