/** Small canvases for pictures of numbers: those at rest are kept, those that change are painted anew. */
import {
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

/** A whole cohort of 300 has its parcels, and the server its tiles; more canvases would cost more than they spare. */
const MOST_KEPT = 400;

export class PictureMemory {
	/** Painted sides by picture, look and colours, the ones used last at the end. */
	#kept = new Map<string, HTMLCanvasElement>();
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
		const canvas = settled ? this.#settled(settled, colours) : this.#between(blend, colours);
		const { width, height } = canvas;
		const scale = square.edge / Math.max(width, height);
		context.imageSmoothingEnabled = square.edge < Math.max(width, height);
		context.drawImage(
			canvas,
			square.x + (square.edge - width * scale) / 2,
			square.y + (square.edge - height * scale) / 2,
			width * scale,
			height * scale
		);
	}

	#settled(side: PictureSide, colours: StageColours): HTMLCanvasElement {
		const key = `${this.#numberOf(side.picture)} ${side.look} ${side.reference} ${colours.key}`;
		const canvas = this.#kept.get(key) ?? this.#paintNew(side, colours);
		this.#kept.delete(key);
		this.#kept.set(key, canvas);
		return canvas;
	}

	/** On the canvas that was used longest ago, once there are enough of them. */
	#paintNew(side: PictureSide, colours: StageColours): HTMLCanvasElement {
		const [oldest] = this.#kept;
		const isFull = this.#kept.size >= MOST_KEPT;
		if (isFull) this.#kept.delete(oldest[0]);
		const canvas = isFull ? oldest[1] : document.createElement('canvas');
		this.#fill(canvas, stillPicture(side), colours);
		return canvas;
	}

	#numberOf(picture: object): number {
		const number = this.#numbers.get(picture) ?? ++this.#numPictures;
		this.#numbers.set(picture, number);
		return number;
	}

	#between(blend: PictureBlend, colours: StageColours): HTMLCanvasElement {
		this.#scratch ??= document.createElement('canvas');
		this.#fill(this.#scratch, blend, colours);
		return this.#scratch;
	}

	/** Gives a canvas the size and the pixels of a picture. One set of bytes serves all pictures of one size. */
	#fill(canvas: HTMLCanvasElement, blend: PictureBlend, colours: StageColours): void {
		const { width, height } = blend.from.picture;
		if (canvas.width !== width) canvas.width = width;
		if (canvas.height !== height) canvas.height = height;
		if (this.#image?.width !== width || this.#image.height !== height) {
			this.#image = new ImageData(width, height);
		}
		paintBlend(blend, colours.numbers, this.#image.data);
		canvas.getContext('2d', { willReadFrequently: true })?.putImageData(this.#image, 0, 0);
	}
}
