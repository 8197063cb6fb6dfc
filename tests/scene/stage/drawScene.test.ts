import { describe, expect, it } from 'vitest';
import { type Phase, phases, type RoundRecord } from '../../../src/lib/scene/roundRecord';
import { layCohort } from '../../../src/lib/scene/stage/cohortPlaces';
import { drawScene } from '../../../src/lib/scene/stage/drawScene';
import { between } from '../../../src/lib/scene/stage/geometry';
import { moving, still, type Motion } from '../../../src/lib/scene/stage/motion';
import { settledSide } from '../../../src/lib/scene/stage/pictureBlend';
import type { Scene, Thread } from '../../../src/lib/scene/stage/shapes';
import { layStage } from '../../../src/lib/scene/stage/stageLayout';
import { beginningOf, layThreads } from '../../../src/lib/scene/stage/threads';
import { makeRecord } from '../../fixtures/roundRecords';

const layout = layStage({ numClients: 12, cohortSize: 5, width: 800, height: 600 });
const record = makeRecord({ dropped: { 2: 'broadcast', 5: 'mask' }, isNoised: true });
const placesOf = ({ clients }: RoundRecord) =>
	layCohort(
		layout,
		clients.map(({ id }) => id)
	);

function drawAt(
	phase: Phase,
	progress: number,
	{ shown = record, motion = moving }: { shown?: RoundRecord; motion?: Motion } = {}
): Scene {
	return drawScene({ layout, places: placesOf(shown), record: shown, phase, progress, motion });
}

const parcelOf = (scene: Scene, id: number) =>
	scene.parcels.find(({ clientId }) => clientId === id);
const stateOf = (scene: Scene, id: number) => scene.glyphs[id].state;
const shownPicture = (scene: Scene, id: number) =>
	settledSide(parcelOf(scene, id)!.picture)?.picture;

describe('drawScene', () => {
	it('shows everybody at rest and an empty server before the first round', () => {
		const scene = drawScene({
			layout,
			places: layCohort(layout, []),
			record: null,
			phase: 'choose',
			progress: 0,
			motion: moving
		});
		expect(scene.glyphs.map(({ state }) => state)).toEqual(new Array(12).fill('idle'));
		expect(scene.parcels).toEqual([]);
		expect(scene.server.tiles.map(({ picture }) => picture)).toEqual(new Array(10).fill(null));
	});

	it('gives the same picture each time it comes back to a moment', () => {
		for (const phase of phases) expect(drawAt(phase, 0.37)).toEqual(drawAt(phase, 0.37));
	});

	it('calls the chosen ones one after the other, and nobody else', () => {
		const counts = [0, 0.3, 0.6, 1].map(
			(progress) => drawAt('choose', progress).glyphs.filter((g) => g.state === 'chosen').length
		);
		expect(counts[0]).toBe(0);
		expect(counts[3]).toBe(record.clients.length);
		expect([...counts].sort((a, b) => a - b)).toEqual(counts);
		expect(stateOf(drawAt('choose', 1), 1)).toBe('idle');
	});

	it('ends each training with the mean loss that the client reported', () => {
		const scene = drawAt('train', 1);
		for (const client of record.clients.filter(({ isTrained }) => isTrained)) {
			expect(scene.glyphs[client.id]).toMatchObject({ trained: 1, loss: client.loss });
		}
		const midway = drawAt('train', 0.5);
		expect(record.clients[0].stepLosses).toContain(midway.glyphs[0].loss);
	});

	it('lets who has fewer steps finish sooner', () => {
		const scene = drawAt('train', 0.5);
		const [few, many] = [record.clients[0], record.clients[4]];
		expect(few.stepLosses.length).toBeLessThan(many.stepLosses.length);
		expect(scene.glyphs[few.id].trained).toBeGreaterThan(scene.glyphs[many.id].trained);
	});

	it('shows the update clipped, then noised, then under its mask', () => {
		const [client] = record.clients;
		expect(shownPicture(drawAt('clip', 0), 0)).toBe(client.trained!.picture);
		expect(shownPicture(drawAt('clip', 0.5), 0)).toBe(client.clipped!.picture);
		expect(shownPicture(drawAt('clip', 1), 0)).toBe(client.noised!.picture);
		expect(shownPicture(drawAt('mask', 0), 0)).toBe(client.noised!.picture);
		expect(shownPicture(drawAt('mask', 1), 0)).toBe(client.masked!.picture);
		expect(shownPicture(drawAt('upload', 0.4), 0)).toBe(client.masked!.picture);
	});

	it('shrinks what the clip shortens', () => {
		const edge = (progress: number) => parcelOf(drawAt('clip', progress), 0)!.edge;
		expect(edge(1)).toBeLessThan(edge(0));
	});

	it('takes parcels from the client to the server', () => {
		const start = parcelOf(drawAt('upload', 0), 3)!;
		const end = parcelOf(drawAt('upload', 1), 3)!;
		const { standing, docks } = placesOf(record);
		const reach = standing.get(3)!;
		expect(Math.hypot(start.x - reach.x, start.y - reach.y)).toBeLessThan(80);
		expect(end).toMatchObject(docks.get(3)!);
	});

	it('sums what has arrived, one by one, and ends at the unmasked sum', () => {
		const { runningSums, unmasked } = record.server;
		expect(drawAt('sum', 0).server).toMatchObject({ numArrived: 3, numAdded: 0, numExpected: 3 });
		expect(drawAt('sum', 1).server.numAdded).toBe(3);
		const shown = (scene: Scene) => settledSide(scene.server.sum!.picture!)?.picture;
		expect(shown(drawAt('sum', 0.5))).toBe(runningSums[0].picture);
		expect(shown(drawAt('sum', 1))).toBe(runningSums[2].picture);
		expect(shown(drawAt('unmask', 0))).toBe(runningSums[2].picture);
		expect(shown(drawAt('unmask', 1))).toBe(unmasked!.picture);
	});

	it('shows the unmasked sum to whoever steps, before anything has been made of it', () => {
		const stepped = { ...record, server: { ...record.server, sum: null } };
		const tile = drawAt('unmask', 1, { shown: stepped }).server.sum;
		expect(settledSide(tile!.picture!)?.picture).toBe(record.server.unmasked!.picture);
	});

	it('changes the model when the sum is applied', () => {
		const shown = (scene: Scene) =>
			scene.server.tiles.map(({ picture }) => settledSide(picture!)?.picture);
		expect(shown(drawAt('apply', 0))).toEqual(record.server.before);
		expect(shown(drawAt('apply', 1))).toEqual(record.server.after);
		expect(shown(drawAt('evaluate', 0))).toEqual(record.server.after);
		expect(shown(drawAt('sum', 1))).toEqual(record.server.before);
	});

	it('marks who fell silent, sends nothing of theirs, and says who was recovered', () => {
		expect(stateOf(drawAt('broadcast', 1), 2)).toBe('chosen');
		expect(stateOf(drawAt('train', 0), 2)).toBe('dropped');
		expect(stateOf(drawAt('upload', 0), 5)).toBe('dropped');
		expect(parcelOf(drawAt('upload', 1), 5)).toBeUndefined();
		expect(parcelOf(drawAt('train', 1), 2)).toBeUndefined();
		expect(stateOf(drawAt('unmask', 1), 5)).toBe('recovered');
		expect(stateOf(drawAt('unmask', 1), 2)).toBe('dropped');
	});

	it('lets who shares keys and never sends go when the others put their masks on', () => {
		for (const [progress, state, sender] of [
			[0, 'trained', 'trained'],
			[0.39, 'trained', 'trained'],
			[0.4, 'dropped', 'masked'],
			[1, 'dropped', 'masked']
		] as const) {
			const scene = drawAt('mask', progress);
			expect([stateOf(scene, 5), stateOf(scene, 0)], String(progress)).toEqual([state, sender]);
			expect(scene.areKeysShared).toBe(state === 'dropped');
		}
		expect(drawAt('mask', 0.4).threadReach).toBe(1);
	});

	it('puts nobody under masks where a round is lost before anybody sends', () => {
		const reason = '3 of the 4 clients needed answered';
		const failure = { type: 'AggregationFailed', roundNum: 1, stage: 'shareKeys', reason } as const;
		const shown: RoundRecord = { ...record, stages: [], outcome: failure };
		for (const phase of ['mask', 'upload', 'sum'] as const) {
			expect(stateOf(drawAt(phase, 1, { shown }), 0), phase).toBe('trained');
		}
	});

	it('shows nothing readable past the masks of who falls silent before it sends', () => {
		expect(parcelOf(drawAt('mask', 0.2), 5)!.opacity).toBe(1);
		expect(parcelOf(drawAt('mask', 0.35), 5)!.opacity).toBeLessThan(0.6);
		expect(parcelOf(drawAt('mask', 0.35), 5)!.isMasked).toBe(false);
		for (const { clientId, picture } of drawAt('mask', 0.4).parcels) {
			const client = record.clients.find(({ id }) => id === clientId)!;
			expect(picture).toMatchObject({ to: { picture: client.masked!.picture }, way: 'grains' });
		}
		for (const [phase, progress] of [
			['mask', 1],
			['upload', 0],
			['upload', 0.2],
			['sum', 0.5]
		] as const) {
			expect(parcelOf(drawAt(phase, progress), 5), phase).toBeUndefined();
			for (const { clientId, picture } of drawAt(phase, progress).parcels) {
				const client = record.clients.find(({ id }) => id === clientId)!;
				expect(settledSide(picture)?.picture).toBe(client.masked!.picture);
			}
		}
	});

	it('sums the update of who falls silent once it has sent, and crosses it out only then', () => {
		const shown = makeRecord({ dropped: { 5: 'sum' } });
		expect(parcelOf(drawAt('upload', 0.5, { shown }), 5)!.isMasked).toBe(true);
		expect(drawAt('sum', 1, { shown }).server.numAdded).toBe(5);
		expect(stateOf(drawAt('sum', 1, { shown }), 5)).toBe('masked');
		expect(stateOf(drawAt('unmask', 0, { shown }), 5)).toBe('dropped');
	});

	it('has no masks, threads or greys where the run has none', () => {
		const shown = makeRecord({ isMasked: false });
		for (const phase of shown.reached) {
			const scene = drawAt(phase, 0.6, { shown });
			expect(scene.threadOpacity).toBe(0);
			expect(scene.parcels.some(({ isMasked }) => isMasked)).toBe(false);
			expect(scene.glyphs.some(({ state }) => state === 'masked')).toBe(false);
		}
		const { sum } = drawAt('sum', 1, { shown }).server;
		expect(settledSide(sum!.picture!)?.picture).toBe(shown.server.sum!.picture);
	});

	it('stands still for who wants no motion, and shows the end of each phase', () => {
		for (const phase of phases) {
			const end = drawAt(phase, 1, { motion: still });
			expect(drawAt(phase, 0.2, { motion: still })).toEqual(end);
			const { glyphs, parcels, beams } = drawAt(phase, 1);
			expect(end).toMatchObject({ glyphs, parcels, beams });
		}
	});
});

describe('layThreads', () => {
	const silentIds = record.clients.filter(({ droppedIn }) => droppedIn).map(({ id }) => id);
	const threads = layThreads(record.pairs, silentIds, {
		layout,
		places: placesOf(record),
		focusId: 3
	});

	it('runs from the lower id, which adds, to the higher one, which subtracts', () => {
		const all = [...threads.strong, ...threads.faint];
		expect(all).toHaveLength(record.pairs.length);
		for (const { lowId, highId, from, to } of all) {
			expect(lowId).toBeLessThan(highId);
			const { standing } = placesOf(record);
			const gap = (id: number, end: { x: number; y: number }) =>
				Math.hypot(standing.get(id)!.x - end.x, standing.get(id)!.y - end.y);
			expect(gap(lowId, from)).toBeCloseTo(standing.get(lowId)!.radius + 1, 5);
			expect(gap(highId, to)).toBeCloseTo(standing.get(highId)!.radius + 1, 5);
		}
	});

	it('sets those of the client in focus apart', () => {
		expect(threads.strong).toHaveLength(4);
		for (const { lowId, highId } of threads.strong) expect([lowId, highId]).toContain(3);
	});

	it('knows which masks lost one of their ends', () => {
		const orphaned = [...threads.strong, ...threads.faint].filter((one) => one.isOrphaned);
		expect(orphaned.map(({ lowId, highId }) => [lowId, highId]).flat()).toContain(5);
		expect(orphaned.some(({ lowId, highId }) => lowId === 0 && highId === 3)).toBe(false);
	});

	it('grows along its own curve', () => {
		const [thread] = threads.strong;
		const half = beginningOf(thread, 0.5);
		const pointAt = ({ from, control, to }: Thread, share: number) =>
			between(between(from, control, share), between(control, to, share), share);
		for (const share of [0, 0.3, 1]) {
			const [own, whole] = [pointAt(half, share), pointAt(thread, share / 2)];
			expect(own.x).toBeCloseTo(whole.x, 9);
			expect(own.y).toBeCloseTo(whole.y, 9);
		}
		expect(beginningOf(thread, 1)).toBe(thread);
	});

	it('thins the others out where there are very many', () => {
		const clientIds = Array.from({ length: 48 }, (_, id) => id);
		const many = makeRecord({ clientIds });
		const wide = layStage({ numClients: 48, cohortSize: 48, width: 900, height: 640 });
		const set = layThreads(many.pairs, [], {
			layout: wide,
			places: layCohort(wide, clientIds),
			focusId: 0
		});
		expect(set.numPairs).toBe((48 * 47) / 2);
		expect(set.strong).toHaveLength(47);
		expect(set.faint.length).toBeLessThanOrEqual(420);
		expect(set.faint.length).toBeGreaterThan(200);
	});
});
