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

export class PictureMemory {
	/** Painted sides by their picture; gone with it. */
	#kept = new WeakMap<object, { key: string; canvas: HTMLCanvasElement }[]>();
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
		const key = `${side.look} ${side.reference} ${colours.key}`;
		const versions = this.#kept.get(side.picture) ?? [];
		const known = versions.find((version) => version.key === key);
		if (known) return known.canvas;
		const canvas = document.createElement('canvas');
		this.#fill(canvas, stillPicture(side), colours);
		// Colours of an earlier theme and scale are let go.
		this.#kept.set(side.picture, [...versions.slice(-2), { key, canvas }]);
		return canvas;
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
