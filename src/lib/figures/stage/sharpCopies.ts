/** Canvases that can be painted once more, larger: a picture that is saved is to be sharp on paper. */

type Copier = (pixelRatio: number) => HTMLCanvasElement;

const copiers = new WeakMap<HTMLCanvasElement, Copier>();

/** Remembers how a canvas is painted at another number of its pixels for one of the page. */
export function keepCopier(canvas: HTMLCanvasElement, copier: Copier): void {
	copiers.set(canvas, copier);
}

/** The same picture at this resolution; the canvas itself where nobody knows how to paint it. */
export function sharpCopy(canvas: HTMLCanvasElement, pixelRatio: number): HTMLCanvasElement {
	return copiers.get(canvas)?.(pixelRatio) ?? canvas;
}
