/**
 * Glyphs as they look in each state, painted once on a sheet a state and copied from there: so that hundreds of them
 * cost a frame little. A sheet fills as clients come into its state.
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
	numColumns: number;
	painted: Set<number>;
}

/** Petals reach beyond the radius of a glyph. */
const REACH = 1.25;
/** Larger sheets, as of a crowd that is zoomed, are not worth their memory. In pixels. */
const LARGEST_SHEET = 2 ** 22;

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
	#sheets = new Map<GlyphState, Sheet | null>();

	constructor(tools: GlyphTools, sizes: SheetSizes) {
		this.#tools = tools;
		this.#sizes = sizes;
	}

	/** Paints glyphs where they are. */
	paint(context: CanvasRenderingContext2D, glyphs: readonly Glyph[]): void {
		// First all sheets are completed: a canvas that changes between two copies is copied as a whole each time.
		for (const glyph of glyphs) this.#complete(glyph);
		for (const glyph of glyphs) {
			const sheet = this.#sheets.get(glyph.state);
			if (sheet) this.#copy(context, glyph, sheet);
			else paintGlyph(context, glyph, this.#tools);
		}
	}

	#complete({ id, state }: Glyph): void {
		let sheet = this.#sheets.get(state);
		if (sheet === undefined) {
			sheet = this.#create(state === 'idle' ? this.#sizes.restRadius : this.#sizes.largest);
			this.#sheets.set(state, sheet);
		}
		if (!sheet || sheet.painted.has(id)) return;
		sheet.painted.add(id);
		const { cell, numColumns, context, radius } = sheet;
		const step = cell / this.#sizes.scale;
		const x = ((id % numColumns) + 0.5) * step;
		const y = (Math.floor(id / numColumns) + 0.5) * step;
		paintGlyph(context, { id, state, x, y, radius }, this.#tools);
	}

	#create(radius: number): Sheet | null {
		const { numClients, scale } = this.#sizes;
		const cell = 2 * Math.ceil(radius * REACH * scale);
		if (numClients * cell ** 2 > LARGEST_SHEET) return null;
		const numColumns = Math.ceil(Math.sqrt(numClients));
		const canvas = document.createElement('canvas');
		canvas.width = numColumns * cell;
		canvas.height = Math.ceil(numClients / numColumns) * cell;
		const context = canvas.getContext('2d');
		context?.scale(scale, scale);
		return context && { canvas, context, radius, cell, numColumns, painted: new Set() };
	}

	#copy(context: CanvasRenderingContext2D, glyph: Glyph, sheet: Sheet): void {
		const { id, x, y, radius } = glyph;
		const { canvas, cell, numColumns } = sheet;
		const { scale } = this.#sizes;
		const size = (cell / scale) * (radius / sheet.radius);
		const isWhole = Math.abs(radius - sheet.radius) < 0.01;
		// At rest, pixels are copied one to one; nobody sees a fraction of one while it moves.
		const align = (value: number) => (isWhole ? Math.round(value * scale) / scale : value);
		context.drawImage(
			canvas,
			(id % numColumns) * cell,
			Math.floor(id / numColumns) * cell,
			cell,
			cell,
			align(x - size / 2),
			align(y - size / 2),
			size,
			size
		);
	}
}
