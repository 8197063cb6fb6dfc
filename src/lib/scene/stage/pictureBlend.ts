/** A picture on its way to becoming another one, and its pixels at each moment. */
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

/** A picture that shows its own largest number in full colour. */
export function signedSide(picture: NumberPicture, reference = picture.scale): PictureSide {
	return { picture, look: 'signed', reference };
}

export function maskedSide(picture: NumberPicture): PictureSide {
	return { picture, look: 'masked', reference: picture.scale };
}

/** A picture at rest. */
export function stillPicture(from: PictureSide): PictureBlend {
	return { from, to: null, mix: 0, way: 'fade' };
}

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
	if (settled) return paintSide(settled, colours, out);
	const { from, to, mix, way } = blend;
	const count = from.picture.pixels.length;
	for (let i = 0; i < count; i++) {
		const share = way === 'fade' ? mix : Number(grainMoment(i) < mix);
		writePixel(from, i, colours, out, 1);
		if (share > 0) writePixel(to!, i, colours, out, share);
	}
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

function paintSide(side: PictureSide, colours: NumberColours, out: Uint8ClampedArray): void {
	for (let i = 0; i < side.picture.pixels.length; i++) writePixel(side, i, colours, out, 1);
}

/** Mixes one pixel of a side into what is there already. */
function writePixel(
	{ picture, look, reference }: PictureSide,
	index: number,
	{ zero, plus, minus, grain }: NumberColours,
	out: Uint8ClampedArray,
	share: number
): void {
	const value = picture.pixels[index] / 127;
	let target = grain;
	let strength = (value + 1) / 2;
	if (look === 'signed') {
		target = value < 0 ? minus : plus;
		const size = reference === 0 ? 0 : Math.abs(value) * (picture.scale / reference);
		// A root shows small numbers, too; it is the same for all pictures.
		strength = Math.min(1, Math.sqrt(size)) * Math.min(1, size * 4);
	}
	for (let channel = 0; channel < 3; channel++) {
		const colour = zero[channel] + (target[channel] - zero[channel]) * strength;
		const place = index * 4 + channel;
		out[place] = share === 1 ? colour : out[place] + (colour - out[place]) * share;
	}
	out[index * 4 + 3] = 255;
}
