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
		const canvas = paintCanvas(document.createElement('canvas'), stillPicture(side), colours);
		// Colours of an earlier theme and scale are let go.
		this.#kept.set(side.picture, [...versions.slice(-2), { key, canvas }]);
		return canvas;
	}

	#between(blend: PictureBlend, colours: StageColours): HTMLCanvasElement {
		this.#scratch ??= document.createElement('canvas');
		return paintCanvas(this.#scratch, blend, colours);
	}
}

function paintCanvas(
	canvas: HTMLCanvasElement,
	blend: PictureBlend,
	colours: StageColours
): HTMLCanvasElement {
	const { width, height } = blend.from.picture;
	if (canvas.width !== width) canvas.width = width;
	if (canvas.height !== height) canvas.height = height;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (!context) return canvas;
	const image = context.createImageData(width, height);
	paintBlend(blend, colours.numbers, image.data);
	context.putImageData(image, 0, 0);
	return canvas;
}
