/** Paints one client: petals for its labels, its digit, and the signs of its state. */
import type { GlyphState } from '../../scene/stage/clientState';
import type { Glyph } from '../../scene/stage/shapes';
import type { PortraitInk } from './portraitInk';
import type { ColourName, StageColours } from './stageColours.svelte';

export interface GlyphTools {
	colours: StageColours;
	/** Null until the portraits are there. */
	portraits: PortraitInk | null;
	/** Sheet position of each client's portrait; null where it has none. */
	portraitOf: readonly (number | null)[];
	/** Petals of each client, of `RING_SIZE`. */
	ringOf: readonly Path2D[];
}

/** Shapes are written down for a glyph of this radius. */
const DRAWN_RADIUS = 45;
export const RING_SIZE = { innerRadius: 33, outerRadius: 55 };
/** How large the face of a glyph is, and the digit on it, both by the glyph's radius. */
export const FACE_SHARE = 0.645;
const DIGIT_SHARE = 1.02;

/** Colours of the petals and of the line around the face, by state. */
const looks: Readonly<Record<GlyphState, { ring: ColourName; line: ColourName | null }>> = {
	idle: { ring: 'rest', line: null },
	chosen: { ring: 'server', line: 'server' },
	training: { ring: 'learning', line: 'hairline' },
	trained: { ring: 'learning', line: 'learning' },
	masked: { ring: 'mask', line: 'mask' },
	dropped: { ring: 'rest', line: 'edge' },
	recovered: { ring: 'rest', line: 'mask' }
};

/** What is done is a whole ring: part of how the glyph looks, and not to be painted in every frame. */
export function isRinged(state: GlyphState): boolean {
	return state === 'trained' || state === 'masked';
}

/** Pixels of the ring around a face, of a glyph of this radius. */
export function ringWidth(radius: number): number {
	return Math.max(1.5, radius * 0.085);
}

/** It takes no part, at rest or because it fell silent. */
export function isFaint(state: GlyphState): boolean {
	return state === 'idle' || isSilent(state);
}

function isSilent(state: GlyphState): boolean {
	return state === 'dropped' || state === 'recovered';
}

/** Paints a glyph where it is. */
export function paintGlyph(
	context: CanvasRenderingContext2D,
	{ id, x, y, radius, state }: Pick<Glyph, 'id' | 'x' | 'y' | 'radius' | 'state'>,
	{ colours, portraits, portraitOf, ringOf }: GlyphTools
): void {
	context.save();
	context.translate(x, y);
	context.scale(radius / DRAWN_RADIUS, radius / DRAWN_RADIUS);
	context.fillStyle = colours[looks[state].ring];
	if (ringOf[id]) context.fill(ringOf[id]);
	paintFace(context, state, radius, colours);
	if (isSilent(state)) paintCut(context, colours);
	if (state === 'recovered') paintBadge(context, colours);
	context.restore();
	const portrait = portraitOf[id] ?? null;
	if (portrait === null) return;
	const edge = radius * DIGIT_SHARE;
	portraits?.paint(context, portrait, isFaint(state) ? 'rest' : 'ink', { x, y, edge });
}

/** The wash behind a client that was picked. */
export function paintPicked(
	context: CanvasRenderingContext2D,
	{ x, y, radius }: Glyph,
	colours: StageColours
): void {
	context.fillStyle = colours['server-wash'];
	context.strokeStyle = colours.server;
	context.lineWidth = (3 * radius) / DRAWN_RADIUS;
	context.beginPath();
	context.arc(x, y, radius * 0.98, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
}

function paintFace(
	context: CanvasRenderingContext2D,
	state: GlyphState,
	radius: number,
	colours: StageColours
): void {
	const { line } = looks[state];
	context.fillStyle = colours.card;
	context.beginPath();
	context.arc(0, 0, DRAWN_RADIUS * FACE_SHARE, 0, 2 * Math.PI);
	context.fill();
	if (!line) return;
	context.strokeStyle = colours[line];
	context.lineWidth = isRinged(state) ? (ringWidth(radius) * DRAWN_RADIUS) / radius : 2;
	context.setLineDash(isSilent(state) ? [5, 5] : []);
	context.stroke();
	context.setLineDash([]);
}

function paintCut(context: CanvasRenderingContext2D, colours: StageColours): void {
	context.strokeStyle = colours.edge;
	context.lineWidth = 4;
	context.beginPath();
	context.moveTo(-22, 22);
	context.lineTo(22, -22);
	context.stroke();
}

/** A tick: the masks of this one were rebuilt. */
function paintBadge(context: CanvasRenderingContext2D, colours: StageColours): void {
	context.fillStyle = colours.mask;
	context.strokeStyle = colours.paper;
	context.lineWidth = 3;
	context.beginPath();
	context.arc(24, 24, 13, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
	context.strokeStyle = colours['on-ink'];
	context.lineWidth = 3.5;
	context.lineCap = 'round';
	context.beginPath();
	context.moveTo(17.5, 24.5);
	context.lineTo(22, 29);
	context.lineTo(30.5, 18.5);
	context.stroke();
}
