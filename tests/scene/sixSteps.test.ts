import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutSteps, localStepAt, parcelsOf, steps } from '../../src/lib/scene/sixSteps';

const widths = fc.integer({ min: 240, max: 1200 });
const shares = fc.double({ min: 0, max: 1, noNaN: true });
const cohort = [1, 4, 7, 11];

describe('the layout', () => {
	it('keeps everything inside, and devices apart', () => {
		fc.assert(
			fc.property(widths, fc.integer({ min: 1, max: 24 }), (width, numDevices) => {
				const { devices, height, deviceSize, server, serverSize } = layoutSteps(width, numDevices);
				expect(server.y - serverSize / 2).toBeGreaterThan(0);
				for (const [index, { x, y }] of devices.entries()) {
					expect(x - deviceSize / 2).toBeGreaterThanOrEqual(0);
					expect(x + deviceSize / 2).toBeLessThanOrEqual(width);
					expect(y - deviceSize / 2).toBeGreaterThan(server.y + serverSize / 2);
					expect(y + deviceSize / 2).toBeLessThan(height);
					for (const other of devices.slice(0, index)) {
						const distance = Math.hypot(other.x - x, other.y - y);
						expect(distance).toBeGreaterThan(deviceSize);
					}
				}
			})
		);
	});
});

describe('what travels', () => {
	const layout = layoutSteps(700, 12);

	it('goes from the server to the cohort, and a new version to everybody', () => {
		const [first] = parcelsOf('copy', cohort, layout, 0.01);
		expect(Math.hypot(first.x - layout.server.x, first.y - layout.server.y)).toBeLessThan(2);
		for (const { id, x, y, opacity } of parcelsOf('copy', cohort, layout, 1)) {
			expect({ x, y }).toEqual(layout.devices[id]);
			expect(opacity).toBe(0);
		}
		expect(parcelsOf('ship', cohort, layout, 0.5).map(({ id }) => id)).toHaveLength(12);
	});

	it('comes back from the devices to where the merging begins', () => {
		expect(parcelsOf('return', cohort, layout, 0)[0]).toMatchObject(layout.devices[1]);
		const arrived = parcelsOf('return', cohort, layout, 1).map(({ id, x, y }) => ({ id, x, y }));
		const merging = parcelsOf('combine', cohort, layout, 0).map(({ id, x, y }) => ({ id, x, y }));
		expect(arrived).toEqual(merging);
		for (const { x, y, opacity } of parcelsOf('combine', cohort, layout, 1)) {
			expect({ x, y }).toEqual(layout.server);
			expect(opacity).toBe(0);
		}
	});

	it('stays in the picture at any moment of any step', () => {
		fc.assert(
			fc.property(widths, shares, fc.constantFrom(...steps), (width, progress, step) => {
				const { height } = layoutSteps(width, 12);
				for (const parcel of parcelsOf(step, cohort, layoutSteps(width, 12), progress)) {
					expect(parcel.x).toBeGreaterThan(0);
					expect(parcel.x).toBeLessThan(width);
					expect(parcel.y).toBeGreaterThan(0);
					expect(parcel.y).toBeLessThan(height);
				}
			})
		);
	});

	it('is nothing while devices learn and while the model improves', () => {
		expect(parcelsOf('learn', cohort, layout, 0.5)).toEqual([]);
		expect(parcelsOf('improve', cohort, layout, 0.5)).toEqual([]);
	});
});

describe('the local step at a moment', () => {
	it('goes from the first to the last', () => {
		expect([0, 0.5, 1].map((progress) => localStepAt(11, progress))).toEqual([0, 5, 10]);
		expect(localStepAt(1, 0.7)).toBe(0);
	});
});
