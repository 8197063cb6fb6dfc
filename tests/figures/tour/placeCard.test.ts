import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeCard } from '../../../src/lib/figures/tour/placeCard';

const card = { width: 350, height: 180 };
const view = { width: 1280, height: 800 };

it('stands below, else above, else beside what it speaks of', () => {
	const low = { left: 900, top: 20, width: 120, height: 40 };
	expect(placeCard(low, card, view)).toEqual({ left: 785, top: 72 });
	const foot = { left: 100, top: 700, width: 400, height: 90 };
	expect(placeCard(foot, card, view)).toEqual({ left: 125, top: 508 });
	const high = { left: 20, top: 100, width: 850, height: 900 };
	expect(placeCard(high, card, view)).toEqual({ left: 882, top: 360 });
	const column = { left: 900, top: 60, width: 352, height: 700 };
	expect(placeCard(column, card, view)).toEqual({ left: 538, top: 320 });
});

it('stands beside what is tall rather than on the controls below it', () => {
	const picture = { left: 20, top: 100, width: 850, height: 380 };
	expect(placeCard(picture, card, view)).toEqual({ left: 882, top: 200 });
});

it('hides as little as it can of what fills a phone', () => {
	const phone = { width: 374, height: 740 };
	const tall = { left: 16, top: 40, width: 328, height: 560 };
	expect(placeCard(tall, card, phone)).toEqual({ left: 12, top: 548 });
});

it('is always in the window', () => {
	const place = fc.integer({ min: -3000, max: 3000 });
	const size = fc.integer({ min: 0, max: 3000 });
	const views = fc.record({
		width: fc.integer({ min: 380, max: 2000 }),
		height: fc.integer({ min: 220, max: 1200 })
	});
	fc.assert(
		fc.property(
			fc.record({ left: place, top: place, width: size, height: size }),
			views,
			(target, window) => {
				const { left, top } = placeCard(target, card, window);
				expect(left).toBeGreaterThanOrEqual(0);
				expect(top).toBeGreaterThanOrEqual(0);
				expect(left + card.width).toBeLessThanOrEqual(window.width);
				expect(top + card.height).toBeLessThanOrEqual(window.height);
			}
		)
	);
});
