/** A canvas of pictures below each other, so that each is one piece of its bytes and many are shown in one go. */

export interface PictureSheet {
	/** What the pictures are copied from. */
	readonly source: CanvasImageSource;
	/** Four of each pixel, row by row. */
	readonly bytes: Uint8ClampedArray;
	/** Brings these rows to the source, as they are in the bytes. */
	show(fromRow: number, toRow: number): void;
}

export type SheetMaker = (width: number, height: number) => PictureSheet;

/** A sheet of the page. Where the browser has no context for it, it stays empty. */
export function createPictureSheet(width: number, height: number): PictureSheet {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = height;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	const image = new ImageData(width, height);
	return {
		source: canvas,
		bytes: image.data,
		show(fromRow, toRow) {
			context?.putImageData(image, 0, 0, 0, fromRow, width, toRow - fromRow);
		}
	};
}
