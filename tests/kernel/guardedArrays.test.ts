/** Arrays of cells: as always below the limit, refused above it. */
import { describe, expect, it } from 'vitest';
import { createGuardedArrays } from '../../src/lib/kernel/guardedArrays';

const limit = 100_000;

describe('guarded arrays', () => {
	it('are what they are called', () => {
		const { Float32Array: Guarded, Uint8Array: Bytes } = createGuardedArrays(limit);
		const numbers = new Guarded([1, 2, 3]);
		expect(numbers).toBeInstanceOf(Float32Array);
		expect(numbers).toBeInstanceOf(Guarded);
		expect([...Guarded.from([4, 5], (value) => 2 * value)]).toEqual([8, 10]);
		expect([...Bytes.of(1, 2)]).toEqual([1, 2]);
		expect(Guarded.BYTES_PER_ELEMENT).toBe(4);
	});

	it('are refused once they hold too much together', () => {
		const { Float64Array: Guarded, Uint8Array: Bytes } = createGuardedArrays(limit);
		const hoard = [new Guarded(6000), new Guarded(6000)];
		expect(() => hoard.push(new Guarded(1000))).toThrow(/arrays of the cells hold more than/);
		expect(() => new Bytes(2000)).toThrow(RangeError);
		expect(new Bytes(100)).toHaveLength(100);
	});

	it('count a buffer once, however many look at it', () => {
		const { ArrayBuffer: Buffer, Float32Array: Guarded } = createGuardedArrays(limit);
		const buffer = new Buffer(60_000);
		expect([new Guarded(buffer), new Guarded(buffer)]).toHaveLength(2);
		expect(() => new Buffer(60_000)).toThrow(RangeError);
	});
});
