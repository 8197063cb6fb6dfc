/**
 * Pictures of numbers, on sheets: those at rest are kept there, those that change are written anew in every frame. All
 * of a frame are written first, then each sheet is shown once: showing it picture by picture took a frame by itself.
 */
import {
	grainMoment,
	paintBlend,
	type PictureBlend,
	type PictureSide,
	settledSide,
	stillPicture
} from '../../scene/stage/pictureBlend';
import { createPictureSheet, type PictureSheet, type SheetMaker } from './pictureSheet';
import type { StageColours } from './stageColours.svelte';

interface Square {
	/** Left upper corner and edge, in pixels of the layout. */
	x: number;
	y: number;
	edge: number;
}

/** A picture that is to be painted this large, in pixels of the layout. */
export interface WantedPicture {
	picture: PictureBlend | null;
	edge: number;
}

/** Where a picture stands on its sheet. */
export interface PictureCell {
	sheet: PictureSheet;
	/** Its first row there. */
	top: number;
	width: number;
	height: number;
	bytes: Uint8ClampedArray;
	/** The last frame that needed it. */
	usedIn: number;
}

/** A whole cohort of 300 has its parcels, and the server its tiles. Frames that need more have more. */
const MOST_KEPT = 400;
/** Whoever was needed in this many frames before the last is left alone where others can give their place. */
const NUM_RECENT = 30;
/** Sheets are small: one that is written on between two frames is copied as a whole. */
const NUM_ON_SHEET = 16;

/** So small a picture changes in a few steps: nobody could see more, and hundreds at once would take a frame each. */
const SMALL_EDGE = 20;
const NUM_STEPS = 10;
/** Of small pictures, for a frame: some 4 ms of work. */
export const MOST_NEW = 48;

/** Pictures of one size. */
interface Shelf {
	width: number;
	height: number;
	/** By picture and look. */
	kept: Map<string, PictureCell>;
	free: PictureCell[];
	/** For pictures of one frame only, the first `numPassing` of them taken in this one. */
	passing: PictureCell[];
	numPassing: number;
}

export class PictureMemory {
	readonly #createSheet: SheetMaker;
	/** By size: a run has one or two. */
	#shelves: Shelf[] = [];
	#colours: StageColours | null = null;
	/** A number for each picture, so that no picture is held for its place's sake. */
	#numbers = new WeakMap<object, number>();
	#numPictures = 0;
	#frame = 0;
	/** How many more small pictures this frame may write. */
	#numLeft = 0;
	/** Whether a picture of this frame had to wait for a later one. */
	#isBehind = false;
	/** Rows that have been written since their sheet was shown. */
	#written = new Map<PictureSheet, { from: number; to: number }>();

	constructor(createSheet: SheetMaker = createPictureSheet) {
		this.#createSheet = createSheet;
	}

	/**
	 * Where each of these pictures stands; null for none. Holds until the next call, which begins another frame. Where
	 * more than `mostNew` small ones are new, the others are a step behind or null, and `isWhole` is false: then it is
	 * to be called again in the next frame.
	 */
	find(
		wanted: readonly WantedPicture[],
		colours: StageColours,
		mostNew = Infinity
	): { cells: (PictureCell | null)[]; isWhole: boolean } {
		this.#frame++;
		this.#numLeft = mostNew;
		this.#isBehind = false;
		if (colours !== this.#colours) this.#shelves = [];
		this.#colours = colours;
		for (const shelf of this.#shelves) shelf.numPassing = 0;
		const cells = wanted.map(
			({ picture, edge }) => picture && this.#cellOf(picture, edge, colours)
		);
		for (const [sheet, { from, to }] of this.#written) sheet.show(from, to);
		this.#written = new Map();
		return { cells, isWhole: !this.#isBehind };
	}

	#cellOf(blend: PictureBlend, edge: number, colours: StageColours): PictureCell | null {
		const isSmall = edge < SMALL_EDGE;
		const settled = settledSide(blend);
		if (!settled) return isSmall ? this.#stepped(blend, colours) : this.#passing(blend, colours);
		const key = this.#keyOf(settled);
		if (isSmall && this.#mustWait(blend, key)) {
			return settled === blend.from ? null : this.#stepBefore(blend, NUM_STEPS + 1);
		}
		return this.#kept(key, stillPicture(settled), colours);
	}

	/** As it looks, written once for as long as there is room. */
	#kept(key: string, blend: PictureBlend, colours: StageColours): PictureCell {
		const shelf = this.#shelfOf(blend);
		let cell = shelf.kept.get(key);
		if (!cell) {
			this.#numLeft--;
			if (shelf.free.length === 0 && shelf.kept.size >= MOST_KEPT) this.#makeRoom(shelf);
			if (shelf.free.length === 0) shelf.free = this.#addSheet(shelf);
			cell = shelf.free.pop()!;
			shelf.kept.set(key, cell);
			this.#write(cell, blend, colours);
		}
		cell.usedIn = this.#frame;
		return cell;
	}

	/** Steps of different pictures come at different moments, so that no frame writes them all. */
	#stepped(blend: PictureBlend, colours: StageColours): PictureCell | null {
		const offset = grainMoment(this.#numberOf(blend.from.picture));
		const step = Math.floor(blend.mix * NUM_STEPS + offset);
		const mix = Math.min(0.99, Math.max(0.01, (step + 0.5 - offset) / NUM_STEPS));
		const key = this.#stepKey(blend, step);
		if (this.#mustWait(blend, key)) return this.#stepBefore(blend, step);
		return this.#kept(key, { ...blend, mix }, colours);
	}

	#mustWait(blend: PictureBlend, key: string): boolean {
		if (this.#numLeft > 0 || this.#shelfOf(blend).kept.has(key)) return false;
		this.#isBehind = true;
		return true;
	}

	/** One of the last two steps of a change, if it has been written. */
	#stepBefore(blend: PictureBlend, step: number): PictureCell | null {
		const { kept } = this.#shelfOf(blend);
		const cell = [1, 2].map((back) => kept.get(this.#stepKey(blend, step - back))).find(Boolean);
		if (cell) cell.usedIn = this.#frame;
		return cell ?? null;
	}

	#stepKey({ from, to, way }: PictureBlend, step: number): string {
		return `${this.#keyOf(from)} ${to ? this.#keyOf(to) : ''} ${way} ${step}`;
	}

	#passing(blend: PictureBlend, colours: StageColours): PictureCell {
		const shelf = this.#shelfOf(blend);
		if (shelf.numPassing === shelf.passing.length) shelf.passing.push(...this.#addSheet(shelf));
		const cell = shelf.passing[shelf.numPassing++];
		this.#write(cell, blend, colours);
		return cell;
	}

	#write(cell: PictureCell, blend: PictureBlend, colours: StageColours): void {
		paintBlend(blend, colours.numbers, cell.bytes);
		const to = cell.top + cell.height;
		const rows = this.#written.get(cell.sheet) ?? { from: cell.top, to };
		rows.from = Math.min(rows.from, cell.top);
		rows.to = Math.max(rows.to, to);
		this.#written.set(cell.sheet, rows);
	}

	#keyOf({ picture, look, reference }: PictureSide): string {
		return `${this.#numberOf(picture)} ${look} ${reference}`;
	}

	#numberOf(picture: object): number {
		const number = this.#numbers.get(picture) ?? ++this.#numPictures;
		this.#numbers.set(picture, number);
		return number;
	}

	#shelfOf({ from: { picture } }: PictureBlend): Shelf {
		const { width, height } = picture;
		const known = this.#shelves.find((shelf) => shelf.width === width && shelf.height === height);
		if (known) return known;
		const shelf = { width, height, kept: new Map(), free: [], passing: [], numPassing: 0 };
		this.#shelves.push(shelf);
		return shelf;
	}

	/** Takes the places of pictures that are not needed any more, many at a time; never those of this frame. */
	#makeRoom({ kept, free }: Shelf): void {
		for (const age of [NUM_RECENT, 0]) {
			for (const [key, cell] of kept) {
				if (cell.usedIn >= this.#frame - age) continue;
				kept.delete(key);
				free.push(cell);
			}
			if (free.length > 0) return;
		}
	}

	#addSheet({ width, height }: Shelf): PictureCell[] {
		const sheet = this.#createSheet(width, NUM_ON_SHEET * height);
		const numBytes = 4 * width * height;
		return Array.from({ length: NUM_ON_SHEET }, (_, place) => {
			const bytes = sheet.bytes.subarray(place * numBytes, (place + 1) * numBytes);
			return { sheet, top: place * height, width, height, bytes, usedIn: 0 };
		});
	}
}

/** Paints a picture into a square, its pixels kept sharp. */
export function paintPicture(
	context: CanvasRenderingContext2D,
	{ sheet, top, width, height }: PictureCell,
	{ x, y, edge }: Square
): void {
	const longest = Math.max(width, height);
	const scale = edge / longest;
	context.imageSmoothingEnabled = edge < longest;
	context.drawImage(
		sheet.source,
		0,
		top,
		width,
		height,
		x + (edge - width * scale) / 2,
		y + (edge - height * scale) / 2,
		width * scale,
		height * scale
	);
}
