/**
 * How large a stage is laid out, and how much the page magnifies it: it fits what the window has left, made smaller as
 * a whole in a low one; in front of a class, its words grow with the screen.
 */
import { PHONE_WIDTH } from './stageLayout';

export interface StageRoom {
	/** Pixels of its place, and of the window beside caption and transport. */
	width: number;
	height: number;
	/** In front of a class. */
	isPresenting: boolean;
}

export interface StageSize {
	/** Pixels of the layout. */
	width: number;
	height: number;
	/** Pixels of the page for one of the layout. */
	magnification: number;
}

/** A layout of less than this has no room for its glyphs, and one of more looks empty. */
const LEAST_WIDTH = 620;
const LEAST_HEIGHT = 440;
const MOST_HEIGHT = 780;
/** Smaller and its words could not be read; larger and few would find place. */
const SMALLEST = 0.78;
const LARGEST = 2;

/** The size of a stage in its place; a phone's takes the height that it needs. */
export function sizeStage({ width, height: room, isPresenting }: StageRoom): StageSize {
	if (width < PHONE_WIDTH) return { width: Math.max(300, width), height: 0, magnification: 1 };
	const fitting = Math.min(room / LEAST_HEIGHT, isPresenting ? width / LEAST_WIDTH : 1);
	const largest = isPresenting ? LARGEST : 1;
	const magnification = Math.max(SMALLEST, Math.min(largest, fitting));
	const height = Math.min(MOST_HEIGHT, (width * 0.76) / magnification, room / magnification);
	return {
		width: Math.round(width / magnification),
		height: Math.round(Math.max(LEAST_HEIGHT, height)),
		magnification
	};
}
