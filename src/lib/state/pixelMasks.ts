/** Numbers as small pictures of opacity, which the page colours: so that a change of theme redraws nothing. */

/** Signed numbers around zero; ink from 0 to `scale`; integers modulo 2^32. */
export type PixelKind = 'signed' | 'ink' | 'ring';

export interface PixelMasks {
	/** Addresses (data URLs) of the numbers above zero and below it; empty where there is nothing to show. */
	above: string;
	below: string;
}

const RING = 2 ** 32;

/** Draws one mask for each sign. Without a page (while it is built) both are empty. */
export function createPixelMasks(
	values: ArrayLike<number>,
	width: number,
	kind: PixelKind,
	scale?: number
): PixelMasks {
	if (typeof document === 'undefined' || values.length === 0) return { above: '', below: '' };
	const full = kind === 'ring' ? RING : (scale ?? largest(values));
	const draw = (sign: 1 | -1) =>
		drawMask(values.length, width, (i) => Math.min(1, Math.max(0, (sign * values[i]) / full)));
	return { above: draw(1), below: kind === 'signed' ? draw(-1) : '' };
}

function largest(values: ArrayLike<number>): number {
	let most = 0;
	for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
	return most || 1;
}

function drawMask(length: number, width: number, opacity: (index: number) => number): string {
	const canvas = document.createElement('canvas');
	canvas.width = width;
	canvas.height = length / width;
	const context = canvas.getContext('2d');
	if (!context) return '';
	const picture = context.createImageData(canvas.width, canvas.height);
	for (let i = 0; i < length; i++) picture.data[4 * i + 3] = 255 * opacity(i);
	context.putImageData(picture, 0, 0);
	return canvas.toDataURL();
}
