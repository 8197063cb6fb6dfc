/** Rows between two spacings, against a plain loop. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { instantiateWasm } from '../../../src/lib/math/wasmModule';
import { randomStream, standardNormal } from '../../../src/lib/math/random';
import { wasmBase64 } from '../../../src/lib/model/kernels/compiled/training.kernel.js';
import type { MoveRows } from '../../../src/lib/model/kernels/paramsIo';
import { createKernelMemory } from './kernelMemory';

const cases = fc.record({
	numRows: fc.integer({ min: 0, max: 20 }),
	length: fc.integer({ min: 1, max: 40 }),
	gaps: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
	seed: fc.nat(1000)
});

it('moves rows, and leaves what lies between them as it is', () => {
	fc.assert(
		fc.property(cases, ({ numRows, length, gaps, seed }) => {
			const random = randomStream(seed, 'init');
			const draw = (width: number) =>
				Float32Array.from({ length: numRows * width + 1 }, () => standardNormal(random));
			const [fromWidth, toWidth] = gaps.map((gap) => length + gap);
			const [source, target] = [draw(fromWidth), draw(toWidth)];
			const space = createKernelMemory(4);
			const [from, to] = [space.put(source), space.put(target)];
			const { moveRows } = instantiateWasm<{ moveRows: MoveRows }>(wasmBase64, space.memory);
			moveRows(to, 4 * toWidth, from, 4 * fromWidth, 4 * length, numRows);
			for (let row = 0; row < numRows; row++) {
				for (let i = 0; i < length; i++) target[row * toWidth + i] = source[row * fromWidth + i];
			}
			expect([...space.floats(to, target.length)]).toEqual([...target]);
			expect(space.strayWrites()).toEqual([]);
		})
	);
});
