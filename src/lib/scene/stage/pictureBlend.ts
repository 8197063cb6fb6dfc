/** A picture on its way to becoming another one, and its pixels at each moment. */
import { madeOnce } from '../madeOnce';
import type { NumberPicture } from '../roundRecord';

/** A picture and how its numbers are to be read. */
export interface PictureSide {
	picture: NumberPicture;
	/** Signed numbers in two colours, or integers of the ring in greys: those have no sign that means anything. */
	look: 'signed' | 'masked';
	/** The value in full colour; pictures that are compared share it. */
	reference: number;
}

export interface PictureBlend {
	from: PictureSide;
	/** Null where the picture stays as it is. */
	to: PictureSide | null;
	/** 0 shows `from`, 1 shows `to`, exactly. */
	mix: number;
	/** All pixels at once, or one after the other, in an order that looks like none. */
	way: 'fade' | 'grains';
}

type Rgb = readonly [red: number, green: number, blue: number];

/** The colours that numbers become: zero, the largest positive, the largest negative; and the darkest grey. */
export interface NumberColours {
	zero: Rgb;
	plus: Rgb;
	minus: Rgb;
	grain: Rgb;
}

// Dozens of pictures are on stage in every frame: what does not change about them is made once.

const ownSide = madeOnce((picture: NumberPicture): PictureSide => ({
	picture,
	look: 'signed',
	reference: picture.scale
}));

/** A picture that shows its own largest number in full colour, or this one. */
export function signedSide(picture: NumberPicture, reference = picture.scale): PictureSide {
	const own = ownSide(picture);
	return reference === picture.scale ? own : { ...own, reference };
}

export const maskedSide = madeOnce((picture: NumberPicture): PictureSide => ({
	picture,
	look: 'masked',
	reference: picture.scale
}));

/** A picture at rest. */
export const stillPicture = madeOnce((from: PictureSide): PictureBlend => ({
	from,
	to: null,
	mix: 0,
	way: 'fade'
}));

/** The side that is shown unmixed at this moment; null in between. */
export function settledSide({ from, to, mix }: PictureBlend): PictureSide | null {
	if (!to || mix <= 0) return from;
	return mix >= 1 ? to : null;
}

/** Writes [height, width, 4] bytes. A change of size happens at half way. */
export function paintBlend(
	blend: PictureBlend,
	colours: NumberColours,
	out: Uint8ClampedArray
): void {
	const settled = settledSide(blend) ?? unequalSide(blend);
	const target = new Uint32Array(out.buffer, out.byteOffset, out.length / 4);
	if (settled) return lookUp(settled.picture.pixels, paletteOf(settled, colours), target);
	const { from, mix, way } = blend;
	const to = blend.to!;
	const before = paletteOf(from, colours);
	const after = paletteOf(to, colours);
	const pixels = from.picture.pixels;
	if (way === 'fade' && from.picture === to.picture) {
		return lookUp(pixels, mixBytes(before, after, mix), target);
	}
	lookUp(pixels, before, target);
	if (way === 'grains') return turnGrains(to.picture.pixels, after, mix, target);
	const goal = new Uint32Array(target.length);
	lookUp(to.picture.pixels, after, goal);
	target.set(mixBytes(target, goal, mix));
}

/** When a pixel of a grainy change turns over, 0 to 1: scattered, and the same each time. */
export function grainMoment(index: number): number {
	let hash = Math.imul(index + 1, 0x9e3779b1);
	hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

function unequalSide({ from, to, mix }: PictureBlend): PictureSide | null {
	const isEqual = from.picture.pixels.length === to!.picture.pixels.length;
	if (isEqual) return null;
	return mix < 0.5 ? from : to;
}

/** A colour for each value of a byte, as the four bytes of a pixel; at 255 stands -1. */
type Palette = Uint32Array<ArrayBuffer>;

/** Dozens of pictures are painted in every frame, in few looks: their palettes are kept as long as a theme is. */
const palettes = new WeakMap<NumberColours, Map<string, Palette>>();
const MOST_PALETTES = 64;

function paletteOf({ picture, look, reference }: PictureSide, colours: NumberColours): Palette {
	const known = palettes.get(colours) ?? new Map<string, Palette>();
	palettes.set(colours, known);
	const ratio = reference === 0 ? 0 : picture.scale / reference;
	const key = look === 'signed' ? String(ratio) : look;
	const palette = known.get(key) ?? createPalette(look, ratio, colours);
	if (known.size >= MOST_PALETTES) known.clear();
	known.set(key, palette);
	return palette;
}

function createPalette(
	look: PictureSide['look'],
	ratio: number,
	{ zero, plus, minus, grain }: NumberColours
): Palette {
	const bytes = new Uint8ClampedArray(256 * 4);
	for (let byte = 0; byte < 256; byte++) {
		const value = (byte < 128 ? byte : byte - 256) / 127;
		const size = Math.abs(value) * ratio;
		// A root shows small numbers, too; it is the same for all pictures.
		const strength =
			look === 'signed' ? Math.min(1, Math.sqrt(size)) * Math.min(1, size * 4) : (value + 1) / 2;
		const target = look === 'signed' ? (value < 0 ? minus : plus) : grain;
		const pixel = zero.map((channel, index) => channel + (target[index] - channel) * strength);
		bytes.set([...pixel, 255], byte * 4);
	}
	return new Uint32Array(bytes.buffer);
}

function lookUp(pixels: Int8Array, palette: Palette, target: Uint32Array): void {
	for (let i = 0; i < pixels.length; i++) target[i] = palette[pixels[i] & 255];
}

function turnGrains(pixels: Int8Array, palette: Palette, mix: number, target: Uint32Array): void {
	const moments = grainMoments(pixels.length);
	for (let i = 0; i < pixels.length; i++) {
		if (moments[i] < mix) target[i] = palette[pixels[i] & 255];
	}
}

let knownMoments = new Float64Array(0);

function grainMoments(count: number): Float64Array {
	if (knownMoments.length < count)
		knownMoments = Float64Array.from({ length: count }, (_, i) => grainMoment(i));
	return knownMoments;
}

/** Colours between those of two lists, byte by byte. */
function mixBytes(from: Uint32Array, to: Uint32Array, mix: number): Palette {
	const bytesOf = (pixels: Uint32Array) =>
		new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
	const [before, after] = [bytesOf(from), bytesOf(to)];
	const mixed = new Uint8ClampedArray(before.length);
	for (let i = 0; i < mixed.length; i++) mixed[i] = before[i] + (after[i] - before[i]) * mix;
	return new Uint32Array(mixed.buffer);
}
