/** The sheet of portraits in two inks: for those who take part, and for those at rest. */
import { PORTRAIT_EDGE } from '../../scene/portraitSheet';
import type { PortraitPicture } from '../../state/portraitPicture';
import type { StageColours } from './stageColours.svelte';

export interface PortraitInk {
	paint(
		context: CanvasRenderingContext2D,
		portrait: number,
		ink: 'ink' | 'rest',
		square: { x: number; y: number; edge: number }
	): void;
}

/** Loads the sheet's picture. Rejects where the browser cannot decode it. */
export async function loadSheet(picture: PortraitPicture): Promise<HTMLImageElement> {
	const image = new Image();
	image.src = picture.url;
	await image.decode();
	return image;
}

/** Pours both colours through the ink of the sheet, once a theme. */
export function pourInk(
	sheet: HTMLImageElement,
	numColumns: number,
	colours: StageColours
): PortraitInk {
	const sheets = { ink: tint(sheet, colours.ink), rest: tint(sheet, colours['rest-ink']) };
	return {
		paint(context, portrait, ink, { x, y, edge }) {
			const left = (portrait % numColumns) * PORTRAIT_EDGE;
			const top = Math.floor(portrait / numColumns) * PORTRAIT_EDGE;
			context.imageSmoothingEnabled = true;
			context.drawImage(
				sheets[ink],
				left,
				top,
				PORTRAIT_EDGE,
				PORTRAIT_EDGE,
				x - edge / 2,
				y - edge / 2,
				edge,
				edge
			);
		}
	};
}

function tint(sheet: HTMLImageElement, colour: string): HTMLCanvasElement {
	const canvas = document.createElement('canvas');
	canvas.width = sheet.naturalWidth;
	canvas.height = sheet.naturalHeight;
	const context = canvas.getContext('2d');
	if (!context) return canvas;
	context.drawImage(sheet, 0, 0);
	context.globalCompositeOperation = 'source-in';
	context.fillStyle = colour;
	context.fillRect(0, 0, canvas.width, canvas.height);
	return canvas;
}
