/**
 * Pictures of numbers: those at rest are kept on sheets, as dozens of them come to rest in one frame and a canvas for
 * each would hold it up; those that change are painted anew.
 */
import {
	grainMoment,
	paintBlend,
	type PictureBlend,
	type PictureSide,
	settledSide,
	stillPicture
} from '../../scene/stage/pictureBlend';
import type { StageColours } from './stageColours.svelte';

interface Square {
	/** Left upper corner and edge, in pixels of the layout. */
	x: number;
	y: number;
	edge: number;
}

/** A whole cohort of 300 has its parcels, and the server its tiles. */
const MOST_KEPT = 400;
/** Sheets are small: one that is painted on between two copies is copied as a whole. */
const NUM_COLUMNS = 4;

/** So small a picture changes in a few steps: nobody could see more, and hundreds at once would take a frame each. */
const SMALL_EDGE = 20;
const NUM_STEPS = 10;

/** A picture on its sheet. */
interface Cell {
	canvas: HTMLCanvasElement;
	/** Left upper corner, in pixels of the sheet. */
	left: number;
	top: number;
}

/** Pictures of one size. */
interface Shelf {
	/** By picture, look and colours, the ones used last at the end. */
	kept: Map<string, Cell>;
	/** The sheet that is being filled. */
	newest: HTMLCanvasElement | null;
}

export class PictureMemory {
	/** By size: a run has one or two. */
	#shelves = new Map<string, Shelf>();
	/** A number for each picture, so that no picture is held for its canvas's sake. */
	#numbers = new WeakMap<object, number>();
	#numPictures = 0;
	#scratch: HTMLCanvasElement | null = null;
	#image: ImageData | null = null;

	/** Paints a picture into a square, its pixels kept sharp. */
	paint(
		context: CanvasRenderingContext2D,
		blend: PictureBlend,
		colours: StageColours,
		square: Square
	): void {
		const settled = settledSide(blend);
		const cell = settled
			? this.#kept(this.#keyOf(settled), stillPicture(settled), colours)
			: square.edge < SMALL_EDGE
				? this.#stepped(blend, colours)
				: this.#between(blend, colours);
		const { width, height } = (settled ?? blend.from).picture;
		const scale = square.edge / Math.max(width, height);
		context.imageSmoothingEnabled = square.edge < Math.max(width, height);
		context.drawImage(
			cell.canvas,
			cell.left,
			cell.top,
			width,
			height,
			square.x + (square.edge - width * scale) / 2,
			square.y + (square.edge - height * scale) / 2,
			width * scale,
			height * scale
		);
	}

	/** As it looks, painted once for as long as there is room. */
	#kept(name: string, blend: PictureBlend, colours: StageColours): Cell {
		const { width, height } = blend.from.picture;
		const size = `${width}x${height}`;
		const shelf = this.#shelves.get(size) ?? { kept: new Map(), newest: null };
		this.#shelves.set(size, shelf);
		const key = `${name} ${colours.key}`;
		let cell = shelf.kept.get(key);
		if (!cell) {
			cell = findRoom(shelf, width, height);
			this.#fill(cell, blend, colours);
		}
		shelf.kept.delete(key);
		shelf.kept.set(key, cell);
		return cell;
	}

	/** Steps of different pictures come at different moments, so that no frame paints them all. */
	#stepped(blend: PictureBlend, colours: StageColours): Cell {
		const offset = grainMoment(this.#numberOf(blend.from.picture));
		const step = Math.floor(blend.mix * NUM_STEPS + offset);
		const mix = Math.min(0.99, Math.max(0.01, (step + 0.5 - offset) / NUM_STEPS));
		const to = blend.to ? this.#keyOf(blend.to) : '';
		const name = `${this.#keyOf(blend.from)} ${to} ${blend.way} ${step}`;
		return this.#kept(name, { ...blend, mix }, colours);
	}

	#keyOf({ picture, look, reference }: PictureSide): string {
		return `${this.#numberOf(picture)} ${look} ${reference}`;
	}

	#numberOf(picture: object): number {
		const number = this.#numbers.get(picture) ?? ++this.#numPictures;
		this.#numbers.set(picture, number);
		return number;
	}

	#between(blend: PictureBlend, colours: StageColours): Cell {
		const { width, height } = blend.from.picture;
		this.#scratch ??= createCanvas();
		if (this.#scratch.width !== width) this.#scratch.width = width;
		if (this.#scratch.height !== height) this.#scratch.height = height;
		const cell = { canvas: this.#scratch, left: 0, top: 0 };
		this.#fill(cell, blend, colours);
		return cell;
	}

	/** One set of bytes serves all pictures of one size. */
	#fill({ canvas, left, top }: Cell, blend: PictureBlend, colours: StageColours): void {
		const { width, height } = blend.from.picture;
		if (this.#image?.width !== width || this.#image.height !== height) {
			this.#image = new ImageData(width, height);
		}
		paintBlend(blend, colours.numbers, this.#image.data);
		canvas.getContext('2d', { willReadFrequently: true })?.putImageData(this.#image, left, top);
	}
}

/** A new place, or that of the picture that was used longest ago, once there are enough of them. */
function findRoom(shelf: Shelf, width: number, height: number): Cell {
	const { kept } = shelf;
	const [oldest] = kept;
	if (kept.size >= MOST_KEPT) {
		kept.delete(oldest[0]);
		return oldest[1];
	}
	const place = kept.size % NUM_COLUMNS ** 2;
	if (place === 0 || !shelf.newest) {
		shelf.newest = createCanvas();
		shelf.newest.width = NUM_COLUMNS * width;
		shelf.newest.height = NUM_COLUMNS * height;
	}
	const [column, row] = [place % NUM_COLUMNS, Math.floor(place / NUM_COLUMNS)];
	return { canvas: shelf.newest, left: column * width, top: row * height };
}

function createCanvas(): HTMLCanvasElement {
	return document.createElement('canvas');
}
