/** The stage at one moment: a pure function of a round's record and the playhead, so that back is back. */
import { madeOnce } from '../madeOnce';
import type { Phase, RoundRecord } from '../roundRecord';
import {
	areKeysShared,
	clientState,
	type GlyphState,
	hasDropped,
	isCalled,
	isUnderMasks,
	KEYS_SHARED,
	lossNow,
	phaseIndex,
	trainingShare,
	wasReceived
} from './clientState';
import type { CohortPlaces } from './cohortPlaces';
import { crossingOf, grow, type Point } from './geometry';
import { clampShare, type Motion, staggered } from './motion';
import { drawParcels } from './parcels';
import { drawServer } from './serverShape';
import type { Beam, Glyph, Scene } from './shapes';
import type { Place, StageLayout } from './layout';

export interface SceneInput {
	layout: StageLayout;
	places: CohortPlaces;
	/** Null before the first round. */
	record: RoundRecord | null;
	phase: Phase;
	/** How far the phase has come, 0 to 1. */
	progress: number;
	motion: Motion;
}

/** Draws everything that can change from frame to frame; threads are laid out apart, once a round. */
export function drawScene(input: SceneInput): Scene {
	const { layout, record, phase, motion } = input;
	const progress = motion.progressOf(input.progress);
	return {
		glyphs: drawGlyphs(input, progress),
		parcels: record ? drawParcels({ ...input, record }) : [],
		beams: record ? drawBeams({ ...input, record }) : [],
		server: drawServer(layout.server, record, phase, input.progress, motion),
		threadReach: phase === 'mask' ? motion.along(input.progress, 0, KEYS_SHARED) : 1,
		threadOpacity: record ? threadOpacity(record, phase, progress) : 0,
		areKeysShared: areKeysShared(phase, progress)
	};
}

/** Threads are there from the masks on, and go when the masks do. */
function threadOpacity({ pairs }: RoundRecord, phase: Phase, progress: number): number {
	const now = phaseIndex(phase);
	if (pairs.length === 0 || now < phaseIndex('mask') || now > phaseIndex('unmask')) return 0;
	if (phase === 'mask') return 1;
	return phase === 'unmask' ? 0.55 * clampShare(1 - (progress - 0.4) / 0.5) : 0.55;
}

/** Hundreds are at rest in every frame: they are made once a layout. */
const restingGlyphs = madeOnce((seats: readonly Place[]): readonly Glyph[] =>
	seats.map((seat, id) => {
		const untouched = { isForward: false, trained: 0, loss: null, accuracy: null };
		return { ...seat, id, state: 'idle', ...untouched };
	})
);

function drawGlyphs({ layout, places, record, phase, motion, ...rest }: SceneInput, at: number) {
	const glyphs = [...restingGlyphs(layout.seats)];
	const evaluation = phase === 'evaluate' ? record?.evaluation : null;
	for (const { id, accuracy } of evaluation?.perClient ?? []) {
		const shown = accuracy * motion.along(rest.progress, 0, 0.8);
		if (glyphs[id]) glyphs[id] = { ...glyphs[id], accuracy: shown };
	}
	record?.clients.forEach((client, index) => {
		const seat = glyphs[client.id];
		const goal = places.standing.get(client.id);
		if (!seat || !goal) return;
		const state = clientState(record, client, phase, at);
		const moved = stepForward(index, record.clients.length, phase, rest.progress, motion);
		const trained = trainedShare(record, client, phase, at);
		glyphs[client.id] = {
			id: client.id,
			x: seat.x + (goal.x - seat.x) * moved,
			y: seat.y + (goal.y - seat.y) * moved,
			radius: seat.radius + (goal.radius - seat.radius) * moved,
			state,
			isForward: moved > 0,
			trained,
			loss: showsLoss(state, phase) ? lossNow(client, trained) : null,
			accuracy: seat.accuracy
		};
	});
	return glyphs;
}

/** How far a chosen client has come from its seat to its place in the light. */
function stepForward(
	index: number,
	count: number,
	phase: Phase,
	progress: number,
	motion: Motion
): number {
	if (phase !== 'choose') return 1;
	if (!isCalled(index, count, motion.progressOf(progress))) return 0;
	const { start, end } = staggered(index, count, 0.4);
	return motion.along(progress, start + 0.05, end);
}

function trainedShare(
	record: RoundRecord,
	client: RoundRecord['clients'][number],
	phase: Phase,
	at: number
): number {
	const now = phaseIndex(phase);
	if (now < phaseIndex('train')) return 0;
	return trainingShare(record, client, phase === 'train' ? at : 1);
}

function showsLoss(state: GlyphState, phase: Phase): boolean {
	return phaseIndex(phase) >= phaseIndex('train') && state !== 'dropped' && state !== 'recovered';
}

/** What crosses as lines with something travelling on them. */
function drawBeams(input: SceneInput & { record: RoundRecord }): Beam[] {
	const { record, phase, layout, places } = input;
	const at = input.motion.progressOf(input.progress);
	const kind = beamKinds[phase];
	if (!kind || (phase === 'unmask' && !isUnderMasks(record))) return [];
	const clients = record.clients.filter((client) => {
		if (phase === 'broadcast') return true;
		if (phase === 'upload') return wasReceived(client, record);
		return client.droppedIn === null && !hasDropped(client, phase, at);
	});
	const border = grow(layout.server, 4);
	return clients.flatMap(({ id }, index) => {
		const place = places.standing.get(id);
		const dock = places.docks.get(id);
		const home = places.homes.get(id);
		if (!place || !dock || !home) return [];
		const isDown = phase === 'broadcast';
		// Shares come from the clients themselves: no update is left at their side.
		const side = phase === 'unmask' ? place : home;
		const edge = crossingOf(border, side);
		const ends: [Point, Point] = isDown ? [edge, side] : [side, phase === 'upload' ? dock : edge];
		const { start, end } = staggered(index, clients.length, 0.6);
		const share = input.motion.along(input.progress, start, end);
		return [{ kind, from: ends[0], to: ends[1], share }];
	});
}

const beamKinds: Partial<Record<Phase, Beam['kind']>> = {
	broadcast: 'model',
	upload: 'update',
	unmask: 'share'
};
