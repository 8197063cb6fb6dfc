/** The stage as an SVG document of its own: structure as shapes with their colours, pictures as images. */

import { sharpCopy } from './sharpCopies';

/** Properties of the style sheet that a document of its own has to carry. */
const properties = [
	...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
	...['stroke-dashoffset', 'stroke-linecap', 'opacity', 'stop-color', 'paint-order'],
	...['font-family', 'font-size', 'font-weight', 'text-anchor']
];
/** Pixels of an image for one of the page: sharp on paper. */
const COPY_RATIO = 3;
const svgNamespace = 'http://www.w3.org/2000/svg';

/** Serializes the layers of a stage, lowest first, as they are now and in the colours of the theme. */
export function stageToSvg(
	stage: Element,
	{ width, height }: { width: number; height: number }
): string {
	const size = { width: String(width), height: String(height) };
	const root = createElement('svg', { ...size, viewBox: `0 0 ${width} ${height}` });
	const fill = getComputedStyle(document.documentElement).backgroundColor;
	root.append(createElement('rect', { ...size, fill }));
	for (const layer of stage.children) {
		if (layer instanceof SVGSVGElement) root.append(...copyShapes(layer));
		if (layer instanceof HTMLCanvasElement) root.append(copyPixels(layer, size));
	}
	return new XMLSerializer().serializeToString(root);
}

function copyPixels(layer: HTMLCanvasElement, size: Readonly<Record<string, string>>): SVGElement {
	const { opacity } = getComputedStyle(layer);
	return createElement('image', {
		...size,
		opacity,
		href: sharpCopy(layer, COPY_RATIO).toDataURL('image/png')
	});
}

/** Copies with their colours written beside them; what only listens for the pointer is left out. */
function copyShapes(layer: SVGSVGElement): Element[] {
	const copy = layer.cloneNode(true) as SVGSVGElement;
	const originals = layer.querySelectorAll('*');
	const listeners: Element[] = [];
	copy.querySelectorAll('*').forEach((element, index) => {
		if (element.getAttribute('role') === 'button') listeners.push(element);
		const style = getComputedStyle(originals[index]);
		const text = properties.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
		element.setAttribute('style', text);
		element.removeAttribute('class');
	});
	for (const element of listeners) element.remove();
	return [...copy.children];
}

function createElement(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
	const element = document.createElementNS(svgNamespace, name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
	return element;
}
