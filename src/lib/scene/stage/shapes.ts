/** What the stage shows at one moment, in pixels of the layout: who, where, in which state, with which picture. */
import type { Point } from './geometry';
import type { GlyphState } from './clientState';
import type { PictureBlend } from './pictureBlend';
import type { Place } from './layout';

/** One client. */
export interface Glyph extends Place {
	id: number;
	state: GlyphState;
	/** It has left its seat in the crowd. */
	isForward: boolean;
	/** Part of its local training that is done, 0 to 1. */
	trained: number;
	/** Cross-entropy in nats at this moment; null where there is none to show. */
	loss: number | null;
	/** Share of its held-out digits that the new model reads, as far as it is shown; null while it is not. */
	accuracy: number | null;
}

/** A pair of clients that share a mask: the lower id adds it, the higher one subtracts it. */
export interface Thread {
	lowId: number;
	highId: number;
	/** Where the mask is added, and where it is subtracted. */
	from: Point;
	to: Point;
	/** What the curve between them bends towards: a quadratic Bézier curve. */
	control: Point;
	/** The mask of a client that fell silent: it has to be rebuilt. */
	isOrphaned: boolean;
}

export interface ThreadSet {
	/** Those of the client in focus. */
	strong: readonly Thread[];
	/** A few hundred of the others at most. */
	faint: readonly Thread[];
	/** All pairs of the round. */
	numPairs: number;
}

/** An update, or the model, as a small picture. */
export interface Parcel {
	/** Whose update it is, or who receives the model. */
	clientId: number;
	/** Centre. */
	x: number;
	y: number;
	edge: number;
	opacity: number;
	picture: PictureBlend;
	/** Masked ones have a frame of their own. */
	isMasked: boolean;
}

/** Something small that crosses between a client and the server. */
export interface Beam {
	kind: 'model' | 'update' | 'share';
	from: Point;
	to: Point;
	/** How far it has come, 0 to 1. */
	share: number;
}

/** A picture inside of the server. */
export interface Tile {
	/** Centre. */
	x: number;
	y: number;
	edge: number;
	opacity: number;
	/** Null where nothing has been learned yet. */
	picture: PictureBlend | null;
	/** "class 3"; empty for the sum. */
	subject: string;
}

export interface ServerShape {
	/** The ten pictures of the model, or the sum that is being put together. */
	mode: 'model' | 'sum';
	tiles: readonly Tile[];
	sum: Tile | null;
	/** Updates that have arrived, those of them that are in the sum, and all that are expected. */
	numArrived: number;
	numAdded: number;
	numExpected: number;
	/** All masks are off the sum that is shown. */
	isUnmasked: boolean;
}

export interface Scene {
	glyphs: readonly Glyph[];
	parcels: readonly Parcel[];
	beams: readonly Beam[];
	server: ServerShape;
	/** How far the threads between pairs are drawn, 0 to 1; and how visible they are. */
	threadReach: number;
	threadOpacity: number;
	/** Who falls silent before it sends is gone by now: masks towards it are orphaned. */
	areKeysShared: boolean;
}
