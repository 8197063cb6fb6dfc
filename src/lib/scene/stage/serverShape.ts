/** The server at one moment: the pictures of its model, or the sum in which the updates come together. */
import type { NumberPicture, Phase, RoundRecord } from '../roundRecord';
import { isUnderMasks, phaseIndex, wasReceived } from './clientState';
import type { Box } from './geometry';
import { maskedSide, type PictureBlend, signedSide, stillPicture } from './pictureBlend';
import { clampShare, staggered, type Motion } from './motion';
import type { ServerShape, Tile } from './shapes';

/** Room above the tiles for the name and what the model is, and below each tile for its class. */
export const SERVER_HEAD = 52;
const PADDING = 14;
const GAP = 6;
const NUM_COLUMNS = 5;
const MOST_TILES = 10;
/** Of a picture that stands alone, such as all filters of a layer. */
const LARGEST_TILE = 120;

/** Where up to ten pictures go: two rows of five with room for a name below each. */
export function tilePlaces(box: Box, count: number): { x: number; y: number; edge: number }[] {
	const numTiles = Math.min(MOST_TILES, Math.max(1, count));
	const numRows = Math.ceil(numTiles / NUM_COLUMNS);
	const numAcross = Math.min(numTiles, NUM_COLUMNS);
	const nameRoom = 15;
	const across = (box.width - 2 * PADDING - (numAcross - 1) * GAP) / numAcross;
	const down = (box.height - SERVER_HEAD - PADDING / 2) / numRows - nameRoom;
	const edge = Math.floor(Math.min(across, down, LARGEST_TILE));
	const stride = Math.min(edge + 34, (box.width - 2 * PADDING - edge) / Math.max(1, numAcross - 1));
	const left = box.x + box.width / 2 - ((numAcross - 1) * stride) / 2;
	return Array.from({ length: numTiles }, (_, index) => ({
		x: left + (index % NUM_COLUMNS) * stride,
		y: box.y + SERVER_HEAD + Math.floor(index / NUM_COLUMNS) * (edge + nameRoom) + edge / 2,
		edge
	}));
}

/** Where the sum is put together: large, at the left; words stand at its right. */
export function sumPlace(box: Box): { x: number; y: number; edge: number } {
	const edge = Math.floor(Math.min(box.height - SERVER_HEAD - PADDING, box.width * 0.5));
	return { x: box.x + PADDING + edge / 2, y: box.y + SERVER_HEAD + edge / 2, edge };
}

/** What the server shows; without a record its tiles are empty. */
export function drawServer(
	box: Box,
	record: RoundRecord | null,
	phase: Phase,
	progress: number,
	motion: Motion
): ServerShape {
	if (!record) return { ...resting(box, []), mode: 'model' };
	const now = phaseIndex(phase);
	const at = motion.progressOf(progress);
	const arrivals = record.clients.filter((client) => wasReceived(client, record));
	const numAdded = countSummed(arrivals.length, phase, at);
	const isSumming = phase === 'upload' || phase === 'sum' || phase === 'unmask';
	const applied = phase === 'apply' ? motion.along(progress, 0.35, 1) : Number(now > 8);
	const { before, after } = record.server;
	const shape = resting(box, after && applied >= 1 ? after : before);
	const sum = drawSum(box, record, phase, at, numAdded, arrivals.length);
	return {
		...shape,
		mode: isSumming ? 'sum' : 'model',
		tiles: shape.tiles.map((tile, index) => ({
			...tile,
			picture: morph(before[index], after?.[index] ?? null, applied)
		})),
		sum: isSumming ? sum : phase === 'apply' ? intoTile(sum, shape.tiles, motion, progress) : null,
		numArrived: countArrived(arrivals.length, phase, at),
		numAdded,
		numExpected: arrivals.length,
		isUnmasked: isUnmasked(record, phase, at)
	};
}

function isUnmasked(record: RoundRecord, phase: Phase, progress: number): boolean {
	if (!isUnderMasks(record)) return true;
	if (record.outcome?.type === 'AggregationFailed') return false;
	return phaseIndex(phase) > phaseIndex('unmask') || (phase === 'unmask' && progress > 0.6);
}

/** Share of the upload that each parcel is on its way for. */
export const UPLOAD_SHARE = 0.55;

/** Parcels that have come to the server: they set out one after the other. */
export function countArrived(count: number, phase: Phase, progress: number): number {
	const order = phaseIndex(phase) - phaseIndex('upload');
	if (order !== 0 || progress >= 1) return order < 0 ? 0 : count;
	const ends = Array.from({ length: count }, (_, i) => staggered(i, count, UPLOAD_SHARE).end);
	return ends.filter((end) => end <= progress).length;
}

/** Updates that wait at the server go into its sum one by one. */
export function countSummed(count: number, phase: Phase, progress: number): number {
	if (phaseIndex(phase) < phaseIndex('sum')) return 0;
	return phase === 'sum' ? Math.min(count, Math.floor(progress * (count + 0.5))) : count;
}

function drawSum(
	box: Box,
	record: RoundRecord,
	phase: Phase,
	progress: number,
	numAdded: number,
	numExpected: number
): Tile | null {
	const place = { ...sumPlace(box), opacity: 1, subject: '' };
	const { runningSums, sum, unmasked } = record.server;
	// Whoever steps sees the unmasked sum before anything has been made of it.
	const view = unmasked ?? sum;
	const plain = view ? signedSide(view.picture) : null;
	if (!isUnderMasks(record)) {
		if (!plain) return { ...place, picture: null };
		const blank = { ...plain, reference: Infinity };
		const mix = numExpected === 0 ? 0 : numAdded / numExpected;
		return { ...place, picture: { from: blank, to: plain, mix, way: 'fade' } };
	}
	const arrived = runningSums[Math.min(numAdded, runningSums.length) - 1];
	if (!arrived) return { ...place, picture: null };
	const masked = maskedSide(arrived.picture);
	if (!plain || phase === 'sum') return { ...place, picture: stillPicture(masked) };
	const mix = phase === 'unmask' ? clampShare((progress - 0.45) / 0.5) : 1;
	return { ...place, picture: { from: masked, to: plain, mix, way: 'grains' } };
}

/** The sum shrinks into the picture of the model that it changes. */
function intoTile(
	sum: Tile | null,
	tiles: readonly Tile[],
	motion: Motion,
	progress: number
): Tile | null {
	const subject = sum?.picture?.from.picture.subject;
	const target = tiles.find((tile) => tile.subject === subject);
	const moved = motion.along(progress, 0, 0.5);
	if (!sum || !target || moved >= 1) return null;
	const blend = (from: number, to: number) => from + (to - from) * moved;
	return {
		...sum,
		x: blend(sum.x, target.x),
		y: blend(sum.y, target.y),
		edge: blend(sum.edge, target.edge)
	};
}

function morph(
	before: NumberPicture | undefined,
	after: NumberPicture | null,
	mix: number
): PictureBlend | null {
	if (!before) return null;
	const reference = Math.max(before.scale, after?.scale ?? 0);
	if (!after) return stillPicture(signedSide(before));
	// At either end a picture shows its own range; between them they share the larger one.
	if (mix <= 0) return stillPicture(signedSide(before));
	if (mix >= 1) return stillPicture(signedSide(after));
	return {
		from: signedSide(before, reference),
		to: signedSide(after, reference),
		mix,
		way: 'fade'
	};
}

function resting(box: Box, pictures: readonly NumberPicture[]): ServerShape {
	const tiles = tilePlaces(box, pictures.length || MOST_TILES).map((place, index) => ({
		...place,
		opacity: 1,
		picture: pictures[index] ? stillPicture(signedSide(pictures[index])) : null,
		subject: pictures[index]?.subject ?? ''
	}));
	const nothing = { sum: null, numArrived: 0, numAdded: 0, numExpected: 0, isUnmasked: false };
	return { mode: 'model', tiles, ...nothing };
}
