import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layCohort } from '../../../src/lib/scene/stage/cohortPlaces';
import { airBetween, type Box, distance } from '../../../src/lib/scene/stage/geometry';
import type { Place, StageLayout } from '../../../src/lib/scene/stage/layout';
import { layStage, MOST_ON_RINGS } from '../../../src/lib/scene/stage/stageLayout';

const areas = fc.record({
	numClients: fc.integer({ min: 2, max: 300 }),
	cohortSize: fc.integer({ min: 1, max: 40 }),
	width: fc.integer({ min: 320, max: 1200 }),
	height: fc.integer({ min: 520, max: 760 })
});

/** Pixels that two glyphs share at most; petals are pointed, so that a little does not show. */
const TOLERANCE = 1.5;

function expectApart(places: readonly Place[]): void {
	let least = Infinity;
	for (let i = 0; i < places.length; i++) {
		for (let j = 0; j < i; j++) {
			const gap = distance(places[i], places[j]) - places[i].radius - places[j].radius;
			least = Math.min(least, gap);
		}
	}
	expect(least).toBeGreaterThan(-TOLERANCE);
}

const byNumber = (one: number, other: number) => one - other;

function expectInside(places: readonly Place[], { width, height }: StageLayout): void {
	for (const { x, y, radius } of places) {
		expect(x - radius).toBeGreaterThan(-TOLERANCE);
		expect(y - radius).toBeGreaterThan(-TOLERANCE);
		expect(x + radius).toBeLessThan(width + TOLERANCE);
		expect(y + radius).toBeLessThan(height + TOLERANCE);
	}
}

function distanceToBox({ x, y }: Place, box: Box): number {
	const dx = Math.max(box.x - x, 0, x - box.x - box.width);
	const dy = Math.max(box.y - y, 0, y - box.y - box.height);
	return Math.hypot(dx, dy);
}

describe('layStage', () => {
	it('gives everybody a seat inside, apart from all others and clear of the server', () => {
		fc.assert(
			fc.property(areas, (area) => {
				const layout = layStage(area);
				expect(layout.seats).toHaveLength(area.numClients);
				expectApart(layout.seats);
				expectInside(layout.seats, layout);
				for (const seat of layout.seats) {
					expect(distanceToBox(seat, layout.server)).toBeGreaterThan(seat.radius);
				}
			}),
			{ numRuns: 60 }
		);
	});

	it.each([
		[360, 289, 'phone'],
		[760, 20, 'ring'],
		[760, MOST_ON_RINGS, 'rings'],
		[760, MOST_ON_RINGS + 1, 'crowd']
	])('%i px and %i clients make %s', (width, numClients, kind) => {
		expect(layStage({ numClients, cohortSize: 10, width, height: 600 }).kind).toBe(kind);
	});

	it('gives everybody the room of the chosen ones on a phone until there are some', () => {
		const area = { numClients: 289, cohortSize: 12, width: 328, height: 0 };
		const [waiting, running] = [layStage({ ...area, isWaiting: true }), layStage(area)];
		expect(waiting.height).toBe(running.height);
		expect(waiting.seats[0].y).toBeLessThan(running.rows!.y + running.rows!.pitch);
		expect(waiting.seats[0].radius).toBeGreaterThan(running.seats[0].radius);
		expectApart(waiting.seats);
		expectInside(waiting.seats, waiting);
	});

	it('keeps glyphs large enough to read', () => {
		const area = { cohortSize: 10, width: 820, height: 620 };
		expect(layStage({ ...area, numClients: 20 }).seats[0].radius).toBeGreaterThanOrEqual(30);
		for (const numClients of [30, 48, 60, 289]) {
			expect(layStage({ ...area, numClients }).largest).toBeGreaterThanOrEqual(30);
		}
		const phone = layStage({ ...area, numClients: 289, width: 328 });
		expect(phone.largest).toBeGreaterThanOrEqual(28);
	});
});

describe('layCohort', () => {
	it('brings the chosen ones forward without anybody in the way', () => {
		fc.assert(
			fc.property(areas, fc.integer({ min: 1, max: 40 }), (area, stride) => {
				const layout = layStage(area);
				const ids = layout.seats
					.map((_, id) => id)
					.filter((id) => id % stride === 0)
					.slice(0, area.cohortSize);
				const { standing, docks } = layCohort(layout, ids);
				expect([...standing.keys()]).toEqual(ids);
				expect([...docks.keys()]).toEqual(ids);
				// On a single ring they stay where they are, a little larger.
				const places = [...standing.values()];
				if (layout.kind !== 'ring') expectApart(places);
				expectInside(places, { ...layout, width: layout.width + 6, height: layout.height + 6 });
			}),
			{ numRuns: 60 }
		);
	});

	it('lets parcels wait side by side at the server', () => {
		for (const width of [360, 640, 900]) {
			const layout = layStage({ numClients: 100, cohortSize: 30, width, height: 620 });
			const ids = Array.from({ length: 30 }, (_, index) => index * 3);
			const { docks, parcelEdge } = layCohort(layout, ids);
			const places = [...docks.values()];
			const gaps = places.flatMap((a, i) => places.slice(0, i).map((b) => distance(a, b)));
			expect(Math.min(...gaps)).toBeGreaterThan(width === 360 ? 8 : parcelEdge * 0.9);
		}
	});

	it.each([328, 559, 640, 720, 850, 1000])(
		'lays no two parcels of a cohort of 20 on each other, %i pixels wide',
		(width) => {
			for (const numClients of [20, 30, 60, 289]) {
				const layout = layStage({ numClients, cohortSize: 20, width, height: 440 });
				for (let first = 0; first < 5; first++) {
					const stride = Math.max(1, Math.floor((numClients - 4) / 20));
					const ids = Array.from({ length: 20 }, (_, i) => (first + i * stride) % numClients);
					const { homes, docks, parcelEdge } = layCohort(layout, [...new Set(ids)].sort(byNumber));
					expect(parcelEdge).toBeGreaterThanOrEqual(14);
					for (const parcels of [homes, docks]) {
						const places = [...parcels.values()];
						const gaps = places.flatMap((a, i) =>
							places.slice(0, i).map((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)))
						);
						expect(Math.min(...gaps)).toBeGreaterThanOrEqual(parcelEdge);
					}
				}
			}
		}
	);

	it.each([
		[289, 289, 849, 440],
		[289, 289, 849, 562],
		[289, 289, 640, 440],
		[289, 100, 849, 440],
		[289, 150, 1000, 600],
		[100, 100, 849, 440],
		[289, 289, 1300, 700]
	])(
		'lets %i clients with %i chosen wait in ranks and hold parcels that hide nobody else, on %i by %i',
		(numClients, cohortSize, width, height) => {
			const layout = layStage({ numClients, cohortSize, width, height });
			const stride = Math.floor(numClients / cohortSize);
			const ids = Array.from({ length: cohortSize }, (_, index) => index * stride);
			const { homes, docks, parcelEdge } = layCohort(layout, ids);
			const framed = parcelEdge + 4;
			expect(parcelEdge).toBeGreaterThanOrEqual(8);
			for (const parcels of [[...homes.values()], [...docks.values()]]) {
				const gaps = parcels.flatMap((a, i) =>
					parcels.slice(0, i).map((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)))
				);
				expect(Math.min(...gaps)).toBeGreaterThanOrEqual(framed);
			}
			for (const [id, { x, y, radius }] of layout.seats.entries()) {
				for (const dock of docks.values()) {
					expect(airBetween({ x, y, radius }, dock, framed)).toBeGreaterThanOrEqual(0);
				}
				for (const [owner, home] of homes) {
					if (owner === id) continue;
					// Its petals perhaps, not its face.
					expect(airBetween({ x, y, radius: radius * 0.7 }, home, framed)).toBeGreaterThan(0);
				}
			}
		}
	);

	it('hides hardly anybody of a small cohort behind what waits at the server', () => {
		for (const width of [559, 640, 850]) {
			const layout = layStage({ numClients: 60, cohortSize: 10, width, height: 440 });
			for (let first = 0; first < 10; first++) {
				const ids = Array.from({ length: 10 }, (_, index) => first + index * 5);
				const { standing, docks, parcelEdge } = layCohort(layout, ids);
				for (const dock of docks.values()) {
					for (const glyph of standing.values()) {
						const across = Math.max(0, Math.abs(glyph.x - dock.x) - parcelEdge / 2);
						const down = Math.max(0, Math.abs(glyph.y - dock.y) - parcelEdge / 2);
						expect(Math.hypot(across, down)).toBeGreaterThan(glyph.radius - 3);
					}
				}
			}
		}
	});

	it('keeps parcels off the server while they are with their clients', () => {
		fc.assert(
			fc.property(areas, (area) => {
				const layout = layStage({ ...area, width: Math.max(540, area.width) });
				const ids = layout.seats.map((_, id) => id).slice(0, area.cohortSize);
				const { homes, parcelEdge } = layCohort(layout, ids);
				const half = parcelEdge / 2;
				for (const { x, y } of homes.values()) {
					const { server } = layout;
					const dx = Math.max(server.x - x - half, x - half - server.x - server.width);
					const dy = Math.max(server.y - y - half, y - half - server.y - server.height);
					expect(Math.max(dx, dy)).toBeGreaterThan(2);
				}
			}),
			{ numRuns: 60 }
		);
	});

	it('keeps parcels off the shoulders of their glyphs, at the corners of the server as well', () => {
		for (const width of [560, 720, 1320]) {
			const layout = layStage({ numClients: 100, cohortSize: 12, width, height: 440 });
			for (let first = 0; first < 8; first++) {
				const ids = Array.from({ length: 12 }, (_, index) => first + index * 8);
				const { standing, homes, parcelEdge } = layCohort(layout, ids);
				for (const id of ids) {
					const [glyph, parcel] = [standing.get(id)!, homes.get(id)!];
					const across = Math.max(0, Math.abs(glyph.x - parcel.x) - parcelEdge / 2);
					const down = Math.max(0, Math.abs(glyph.y - parcel.y) - parcelEdge / 2);
					expect(Math.hypot(across, down)).toBeGreaterThanOrEqual(glyph.radius);
				}
			}
		}
	});
});
