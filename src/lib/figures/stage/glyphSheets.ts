/**
 * Glyphs as they look in each state, painted once on sheets and copied from there: so that hundreds of them cost a
 * frame little. Sheets fill as clients come into a state, or a few at a time before that.
 */
import type { GlyphState } from '../../scene/stage/clientState';
import type { Glyph } from '../../scene/stage/shapes';
import { type GlyphTools, paintGlyph } from './paintGlyph';

interface Sheet {
	canvas: HTMLCanvasElement;
	context: CanvasRenderingContext2D;
	/** Radius of the glyphs on it, in pixels of the layout. */
	radius: number;
	/** Edge of a glyph's place on it, in pixels of the screen. */
	cell: number;
	painted: Set<number>;
}

/** Sheets are small: one that is painted on between two frames is copied as a whole. */
const NUM_COLUMNS = 4;
const NUM_ON_SHEET = NUM_COLUMNS ** 2;

/** Petals reach beyond the radius of a glyph. */
const REACH = 1.25;
/** Some 3 ms of work. */
const MOST_IN_A_FRAME = 24;
/** More for a state, as for a crowd that is zoomed, is not worth its memory. In pixels. */
const MOST_PIXELS = 2 ** 22;

export interface SheetSizes {
	numClients: number;
	/** Pixels of the screen for one of the layout. */
	scale: number;
	/** Radius of the largest glyph at rest, and of the largest that takes part, in pixels of the layout. */
	restRadius: number;
	largest: number;
}

export class GlyphSheets {
	readonly #tools: GlyphTools;
	readonly #sizes: SheetSizes;
	/** By state and by sixteen clients; null where sheets are not worth it. */
	#sheets = new Map<GlyphState, (Sheet | null)[]>();

	constructor(tools: GlyphTools, sizes: SheetSizes) {
		this.#tools = tools;
		this.#sizes = sizes;
	}

	/**
	 * Paints glyphs where they are. Where too many are new for one frame, some still look as at rest, or wait: then it
	 * returns false, and is to be called again in the next frame.
	 */
	paint(context: CanvasRenderingContext2D, glyphs: readonly Glyph[]): boolean {
		// First the sheets are filled: one that changes between two copies would be copied as a whole each time.
		this.#fill(glyphs, MOST_IN_A_FRAME);
		let isWhole = true;
		for (const glyph of glyphs) {
			const sheet = this.#known(glyph.id, glyph.state);
			if (sheet === null) {
				paintGlyph(context, glyph, this.#tools);
				continue;
			}
			const isThere = sheet?.painted.has(glyph.id) ?? false;
			isWhole &&= isThere;
			const shown = isThere ? sheet : this.#known(glyph.id, 'idle');
			if (shown?.painted.has(glyph.id)) this.#copy(context, glyph, shown);
		}
		return isWhole;
	}

	/**
	 * Paints a few of these clients as they will look in these states, so that no frame has to paint them all. False
	 * where there may be more to paint.
	 */
	prepare(glyphs: readonly Glyph[], states: readonly GlyphState[], most = 4): boolean {
		let left = most;
		for (const state of states) left = this.#fill(glyphs, left, state);
		return left > 0;
	}

	/** Paints at most so many of them, as they look or in this state; returns how many more it might have painted. */
	#fill(glyphs: readonly Glyph[], most: number, as?: GlyphState): number {
		let left = most;
		for (const { id, state } of glyphs) {
			if (left <= 0) break;
			left -= Number(this.#complete(id, as ?? state));
		}
		return left;
	}

	/** The sheet of this client; undefined where there is none yet. */
	#known(id: number, state: GlyphState): Sheet | null | undefined {
		return this.#sheets.get(state)?.[Math.floor(id / NUM_ON_SHEET)];
	}

	#sheetOf(id: number, state: GlyphState): Sheet | null {
		const known = this.#known(id, state);
		if (known !== undefined) return known;
		const { restRadius, largest } = this.#sizes;
		const sheets = this.#sheets.get(state) ?? [];
		this.#sheets.set(state, sheets);
		const made = this.#create(state === 'idle' ? restRadius : largest);
		sheets[Math.floor(id / NUM_ON_SHEET)] = made;
		return made;
	}

	/** True where it was not there yet. */
	#complete(id: number, state: GlyphState): boolean {
		const sheet = this.#sheetOf(id, state);
		if (!sheet || sheet.painted.has(id)) return false;
		sheet.painted.add(id);
		const { cell, context, radius } = sheet;
		const { column, row } = placeOnSheet(id);
		const step = cell / this.#sizes.scale;
		const [x, y] = [(column + 0.5) * step, (row + 0.5) * step];
		paintGlyph(context, { id, state, x, y, radius }, this.#tools);
		return true;
	}

	#create(radius: number): Sheet | null {
		const { numClients, scale } = this.#sizes;
		const cell = 2 * Math.ceil(radius * REACH * scale);
		if (numClients * cell ** 2 > MOST_PIXELS) return null;
		const canvas = document.createElement('canvas');
		canvas.width = canvas.height = NUM_COLUMNS * cell;
		const context = canvas.getContext('2d');
		context?.scale(scale, scale);
		return context && { canvas, context, radius, cell, painted: new Set() };
	}

	#copy(context: CanvasRenderingContext2D, glyph: Glyph, sheet: Sheet): void {
		const { id, x, y, radius } = glyph;
		const { canvas, cell } = sheet;
		const { column, row } = placeOnSheet(id);
		const { scale } = this.#sizes;
		const size = (cell / scale) * (radius / sheet.radius);
		const isWhole = Math.abs(radius - sheet.radius) < 0.01;
		// At rest, pixels are copied one to one; nobody sees a fraction of one while it moves.
		const align = (value: number) => (isWhole ? Math.round(value * scale) / scale : value);
		context.drawImage(
			canvas,
			column * cell,
			row * cell,
			cell,
			cell,
			align(x - size / 2),
			align(y - size / 2),
			size,
			size
		);
	}
}

function placeOnSheet(id: number): { column: number; row: number } {
	const place = id % NUM_ON_SHEET;
	return { column: place % NUM_COLUMNS, row: Math.floor(place / NUM_COLUMNS) };
}
