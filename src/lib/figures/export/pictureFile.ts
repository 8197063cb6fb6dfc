/** A drawing of the page as a file of its own: an SVG with its colours written into it, or that as a PNG. */
import { fileName, saveFile } from './saveFile';
import { wrapWords } from './wrapWords';

/** What the page's style sheets say about a shape, and a file has to say itself. */
const shapeProperties = [
	...['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray'],
	...['stroke-linecap', 'stroke-linejoin', 'opacity', 'paint-order'],
	...['font-family', 'font-size', 'font-weight', 'text-anchor']
];
const svgNamespace = 'http://www.w3.org/2000/svg';
const margin = 20;
const titleHeight = 30;
/** From one row of a long title to the next. */
const titleRowHeight = 20;
const titleSize = 15;
const lineHeight = 18;
const lineSize = 12;
/** Pixels of a line before its name. */
const sampleWidth = 22;
/** PNG pixels a CSS pixel: sharp on paper and on a projector. */
const pngScale = 3;

/** A line under the title: the name of a curve in its colour, with its value. */
export interface PictureLine {
	text: string;
	/** Any CSS colour. */
	colour: string;
	/** 600 where left out. */
	weight?: number;
	/** Classes that the curve's line has on the page: a piece of it stands before the words. */
	stroke?: string;
}

/** The drawing as an SVG document under its title, with the colours of the theme on screen. */
export function toSvgText(
	drawing: SVGSVGElement,
	title: string,
	lines: readonly PictureLine[] = []
): string {
	const { width, height } = drawing.getBoundingClientRect();
	const style = getComputedStyle(document.documentElement);
	const sans = style.getPropertyValue('--sans');
	// A file has no web font, the first of the list: what stands in for it may be wider.
	const standIn = sans.replace(/^[^,]*,/, '');
	const titleRows = wrapWords(title, fitsInto(width, `600 ${titleSize}px ${standIn}`));
	const rows = lines.flatMap((line) => rowsOf(line, width, `600 ${lineSize}px ${standIn}`));
	const neck = margin + titleHeight + (titleRows.length - 1) * titleRowHeight;
	const head = neck + rows.length * lineHeight;
	const size = { width: width + 2 * margin, height: head + height + margin };
	const root = element('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
	const colour = (name: string) => resolveColour(`var(${name})`);
	root.append(element('rect', { ...size, fill: colour('--card') }));
	const words = { x: margin, 'font-family': sans, 'font-weight': 600, 'text-anchor': 'start' };
	titleRows.forEach((row, index) => {
		const y = margin + 12 + index * titleRowHeight;
		root.append(text(row, { ...words, y, fill: colour('--ink'), 'font-size': titleSize }));
	});
	rows.forEach((row, index) => {
		const y = neck + index * lineHeight + 4;
		const look = {
			fill: resolveColour(row.colour),
			'font-size': lineSize,
			'font-weight': row.weight ?? 600
		};
		if (row.stroke) root.append(lineSample(row.stroke, margin, y - 4));
		root.append(text(row.text, { ...words, ...look, x: margin + indentOf(row), y }));
	});
	const group = element('g', { transform: `translate(${margin},${head})` });
	group.append(...copyShapes(drawing));
	root.append(group);
	return new XMLSerializer().serializeToString(root);
}

/** A line in as many rows as it takes; the piece of its curve stands before the first. */
function rowsOf(line: PictureLine, width: number, font: string): PictureLine[] {
	const isFitting = fitsInto(width - indentOf(line), font);
	return wrapWords(line.text, isFitting).map((row, index) => ({
		...line,
		text: row,
		...(line.stroke !== undefined && index > 0 ? { stroke: '' } : {})
	}));
}

function indentOf({ stroke }: PictureLine): number {
	return stroke === undefined ? 0 : sampleWidth + 8;
}

function fitsInto(width: number, font: string): (row: string) => boolean {
	const pen = document.createElement('canvas').getContext('2d');
	if (!pen) return () => true;
	pen.font = font;
	return (row) => pen.measureText(row).width <= width;
}

/** Saves an SVG document. */
export function saveSvg(title: string, svgText: string): void {
	saveFile(`${fileName(title)}.svg`, 'image/svg+xml', svgText);
}

/** Saves an SVG document as pixels. Rejects with one sentence where the browser cannot draw it. */
export async function savePng(title: string, svgText: string): Promise<void> {
	const url = URL.createObjectURL(new Blob([svgText], { type: 'image/svg+xml' }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement('canvas');
		canvas.width = image.naturalWidth * pngScale;
		canvas.height = image.naturalHeight * pngScale;
		canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
		const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
		if (!blob) throw new Error('This browser could not draw the picture; SVG may work.');
		saveFile(`${fileName(title)}.png`, 'image/png', blob);
	} finally {
		URL.revokeObjectURL(url);
	}
}

/** A piece of a line as the page's style sheets draw it. */
function lineSample(stroke: string, x: number, y: number): Element {
	const probe = element('path', { class: stroke });
	const stage = element('svg', { width: 0, height: 0 });
	stage.append(probe);
	document.body.append(stage);
	const sample = element('path', { d: `M${x},${y}h${sampleWidth}`, style: writtenStyle(probe) });
	stage.remove();
	return sample;
}

/** What the style sheets say about a shape, to be written into it. */
function writtenStyle(shape: Element): string {
	const style = getComputedStyle(shape);
	return shapeProperties.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
}

function copyShapes(drawing: SVGSVGElement): Element[] {
	const copy = drawing.cloneNode(true) as SVGSVGElement;
	const originals = drawing.querySelectorAll('*');
	copy.querySelectorAll('*').forEach((shape, index) => {
		shape.setAttribute('style', writtenStyle(originals[index]));
		for (const name of ['class', 'role', 'tabindex', 'data-id']) shape.removeAttribute(name);
	});
	return [...copy.children];
}

/** A colour as the browser computes it, so that a file needs no variables. */
function resolveColour(colour: string): string {
	const probe = document.createElement('span');
	probe.style.color = colour;
	document.body.append(probe);
	const resolved = getComputedStyle(probe).color;
	probe.remove();
	return resolved;
}

function text(content: string, attributes: Record<string, string | number>): Element {
	const made = element('text', attributes);
	made.textContent = content;
	return made;
}

function element(name: string, attributes: Record<string, string | number>): Element {
	const made = document.createElementNS(svgNamespace, name);
	for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
	return made;
}
