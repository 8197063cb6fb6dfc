/** What a layout of the stage says: who stands where, and where the chosen ones step. */
import type { Box, Ellipse, Point } from './geometry';

export interface Place extends Point {
	/** Of the whole glyph with its petals, in pixels. */
	radius: number;
}

export interface StageArea {
	numClients: number;
	/** Clients that a round chooses, as planned; decides how much room they get. */
	cohortSize: number;
	/** Nobody was chosen yet: on a phone, everybody has the room of those who will be. */
	isWaiting?: boolean;
	/** Pixels; a phone's stage takes the height it needs. */
	width: number;
	height: number;
}

/** Rows that the chosen ones fill on a phone. */
export interface CohortRows {
	/** Left upper corner of the rows, and the room of one glyph. */
	x: number;
	y: number;
	pitch: number;
	numColumns: number;
}

export interface StageLayout {
	kind: 'ring' | 'rings' | 'crowd' | 'phone';
	width: number;
	height: number;
	server: Box;
	/** Where each client is at rest, by id. */
	seats: readonly Place[];
	/** Where the chosen ones stand around the server; null where they stay in their seats. */
	forward: Ellipse | null;
	/** The same for a phone. */
	rows: CohortRows | null;
	/** Largest glyph of a chosen client. */
	largest: number;
}
