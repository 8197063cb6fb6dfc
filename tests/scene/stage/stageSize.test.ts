import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layStage, PHONE_WIDTH } from '../../../src/lib/scene/stage/stageLayout';
import { sizeStage } from '../../../src/lib/scene/stage/stageSize';

const rooms = fc.record({
	width: fc.integer({ min: 320, max: 2600 }),
	height: fc.integer({ min: 100, max: 1300 }),
	isPresenting: fc.boolean()
});

describe('sizeStage', () => {
	it('fills the width of its place, whatever the magnification', () => {
		fc.assert(
			fc.property(rooms, (room) => {
				const { width, magnification } = sizeStage(room);
				expect(Math.abs(width * magnification - room.width)).toBeLessThanOrEqual(magnification);
			})
		);
	});

	it('fits its room where its words stay readable', () => {
		fc.assert(
			fc.property(rooms, (room) => {
				const { height, magnification } = sizeStage(room);
				if (room.width < PHONE_WIDTH || room.height < 352) return;
				expect(height * magnification).toBeLessThan(room.height + 2);
			})
		);
	});

	it('keeps a layout that is no phone’s one that is none', () => {
		fc.assert(
			fc.property(rooms, (room) => {
				const { width, height } = sizeStage(room);
				const { kind } = layStage({ numClients: 289, cohortSize: 10, width, height });
				expect(kind === 'phone').toBe(room.width < PHONE_WIDTH);
			}),
			{ numRuns: 30 }
		);
	});

	it('grows before a class, by half and more on a large screen', () => {
		const screen = { width: 1350, height: 700 };
		expect(sizeStage({ ...screen, isPresenting: false }).magnification).toBe(1);
		expect(sizeStage({ ...screen, isPresenting: true }).magnification).toBeGreaterThan(1.5);
	});
});
