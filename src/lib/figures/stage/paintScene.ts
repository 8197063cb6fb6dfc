/** Paints the part of a scene that changes from frame to frame: pictures of numbers, portraits, progress, travel. */
import type { Beam, Glyph, Parcel, Scene, Tile } from '../../scene/stage/shapes';
import { between, type Box } from '../../scene/stage/geometry';
import type { GlyphState } from '../../scene/stage/clientState';
import type { Place } from '../../scene/stage/layout';
import { MOST_NEW, paintPicture, type PictureCell, type PictureMemory } from './pictureMemory';
import type { GlyphSheets } from './glyphSheets';
import type { StageColours } from './stageColours.svelte';
import {
	FACE_SHARE,
	type GlyphTools,
	isFaint,
	isRinged,
	paintGlyph,
	paintPicked,
	ringWidth
} from './paintGlyph';

export interface PaintTools extends GlyphTools {
	pictures: PictureMemory;
	/** Null where everything is to be painted at once and anew, as for a larger copy. */
	sheets: GlyphSheets | null;
	/** States that those in the light go through. */
	states: readonly GlyphState[];
	/** The client that was picked, if any. */
	selectedId: number | null;
	/** The part of the layout that is in sight. */
	view: Box;
}

/** Paints everything but those at rest. False where it is to be called again in the next frame, to complete it. */
export function paintScene(
	context: CanvasRenderingContext2D,
	scene: Scene,
	tools: PaintTools
): boolean {
	paintBeams(context, scene.beams, tools);
	const forward = scene.glyphs.filter(({ isForward }) => isForward);
	const areGlyphsWhole = paintGlyphs(context, forward, tools);
	paintProgress(context, scene.glyphs, tools);
	const arePicturesWhole = paintPictures(context, scene, tools);
	tools.sheets?.prepare(forward, tools.states);
	return areGlyphsWhole && arePicturesWhole;
}

/** What stands at the server, and what travels. False where some pictures are to come in the next frame. */
function paintPictures(
	context: CanvasRenderingContext2D,
	{ server, parcels }: Scene,
	{ pictures, colours, sheets }: PaintTools
): boolean {
	const tiles = server.mode === 'model' ? [...server.tiles] : [];
	if (server.sum) tiles.push(server.sum);
	const mostNew = sheets ? MOST_NEW : Infinity;
	const { cells, isWhole } = pictures.find([...tiles, ...parcels], colours, mostNew);
	context.lineWidth = 1;
	tiles.forEach((tile, index) => paintTile(context, tile, cells[index], colours));
	context.fillStyle = colours.card;
	parcels.forEach((parcel, index) =>
		paintParcel(context, parcel, cells[tiles.length + index], colours)
	);
	return isWhole;
}

/** Paints those at rest, and the seats that others have left. False where it is to be called again, as above. */
export function paintResting(
	context: CanvasRenderingContext2D,
	{ resting, left }: { resting: readonly Glyph[]; left: readonly Place[] },
	tools: PaintTools
): boolean {
	context.strokeStyle = tools.colours.rest;
	context.lineWidth = 1;
	context.setLineDash([2, 3]);
	for (const { x, y, radius } of left) {
		context.beginPath();
		context.arc(x, y, radius * 0.6, 0, 2 * Math.PI);
		context.stroke();
	}
	context.setLineDash([]);
	return paintGlyphs(context, resting, tools);
}

function paintGlyphs(
	context: CanvasRenderingContext2D,
	glyphs: readonly Glyph[],
	tools: PaintTools
): boolean {
	const picked = glyphs.find(({ id }) => id === tools.selectedId);
	if (picked) paintPicked(context, picked, tools.colours);
	const seen = glyphs.filter((glyph) => isInSight(glyph, tools.view));
	if (tools.sheets) return tools.sheets.paint(context, seen);
	for (const glyph of seen) paintGlyph(context, glyph, tools);
	return true;
}

function isInSight({ x, y, radius }: Glyph, view: Box): boolean {
	const reach = 1.3 * radius;
	const isBeside = x + reach < view.x || x - reach > view.x + view.width;
	return !isBeside && y + reach >= view.y && y - reach <= view.y + view.height;
}

const beamColours = {
	model: 'server',
	update: 'rest-ink',
	share: 'mask'
} as const;

/**
 * Lines as far as they have come, shares with a small head where they are. All of a scene are of one kind, and go in
 * one stroke: hairlines still darken each other where they cross, and hundreds of them cost a frame little.
 */
function paintBeams(
	context: CanvasRenderingContext2D,
	beams: readonly Beam[],
	{ colours }: PaintTools
): void {
	const sent = beams.filter(({ share }) => share > 0);
	if (sent.length === 0) return;
	const [{ kind }] = sent;
	const heads = sent.map(({ from, to, share }) => between(from, to, share));
	context.strokeStyle = colours[beamColours[kind]];
	context.fillStyle = context.strokeStyle;
	context.globalAlpha = 0.6;
	context.lineWidth = 1;
	context.beginPath();
	sent.forEach(({ from }, index) => {
		context.moveTo(from.x, from.y);
		context.lineTo(heads[index].x, heads[index].y);
	});
	context.stroke();
	context.globalAlpha = 1;
	if (kind !== 'share') return;
	context.beginPath();
	for (const { x, y } of heads) {
		context.moveTo(x + 3.5, y);
		context.arc(x, y, 3.5, 0, 2 * Math.PI);
	}
	context.fill();
}

/** Arcs around the faces: how much of the training is done, or accuracy, over the whole of which it is a part. */
function paintProgress(
	context: CanvasRenderingContext2D,
	glyphs: readonly Glyph[],
	{ colours }: PaintTools
): void {
	const arcs = new Arcs();
	for (const glyph of glyphs) {
		const { radius, state, trained, accuracy } = glyph;
		const lineWidth = ringWidth(radius);
		if (accuracy !== null) {
			arcs.add(glyph, 1, lineWidth + TRACK_EDGE, colours.hairline);
			arcs.add(glyph, accuracy, lineWidth, colours.server);
		} else if (!isFaint(state) && !isRinged(state)) {
			arcs.add(glyph, trained, lineWidth, colours.learning);
		}
	}
	arcs.stroke(context);
}

/** Pixels by which a track is wider than what it hides. */
const TRACK_EDGE = 0.75;

/** Arcs around faces, clockwise from the top; all of one pen become one stroke. */
class Arcs {
	readonly #pens: { colour: string; lineWidth: number; path: Path2D }[] = [];

	/** Adds this share of a whole turn. */
	add({ x, y, radius }: Place, share: number, lineWidth: number, colour: string): void {
		if (share <= 0) return;
		let pen = this.#pens.find((known) => known.lineWidth === lineWidth && known.colour === colour);
		if (!pen) this.#pens.push((pen = { colour, lineWidth, path: new Path2D() }));
		pen.path.moveTo(x, y - radius * FACE_SHARE);
		pen.path.arc(x, y, radius * FACE_SHARE, -Math.PI / 2, (share * 2 - 0.5) * Math.PI);
	}

	stroke(context: CanvasRenderingContext2D): void {
		for (const { colour, lineWidth, path } of this.#pens) {
			context.strokeStyle = colour;
			context.lineWidth = lineWidth;
			context.stroke(path);
		}
	}
}

function paintTile(
	context: CanvasRenderingContext2D,
	{ x, y, edge, opacity }: Tile,
	cell: PictureCell | null,
	colours: StageColours
): void {
	const [left, top] = [Math.round(x - edge / 2), Math.round(y - edge / 2)];
	context.globalAlpha = opacity;
	context.fillStyle = colours.well;
	context.fillRect(left, top, edge, edge);
	if (cell) paintPicture(context, cell, { x: left, y: top, edge });
	context.strokeStyle = colours.hairline;
	context.strokeRect(left - 0.5, top - 0.5, edge + 1, edge + 1);
	context.globalAlpha = 1;
}

function paintParcel(
	context: CanvasRenderingContext2D,
	{ x, y, edge, opacity, isMasked }: Parcel,
	cell: PictureCell | null,
	colours: StageColours
): void {
	const [left, top] = [x - edge / 2, y - edge / 2];
	context.globalAlpha = opacity;
	context.fillRect(left - 2, top - 2, edge + 4, edge + 4);
	if (cell) paintPicture(context, cell, { x: left, y: top, edge });
	context.strokeStyle = isMasked ? colours.mask : colours['rest-ink'];
	context.strokeRect(left - 2, top - 2, edge + 4, edge + 4);
	context.globalAlpha = 1;
}
