/**
 * Where everybody is on the stage: the server in the middle and its clients around it. A few sit on one ring; more
 * sit further out, on rings or as a crowd, and the chosen ones step forward. On a phone the server is on top.
 */
import { layCrowd } from './crowd';
import type { Box } from './geometry';
import type { StageArea, StageLayout } from './layout';
import { layPhone } from './phoneLayout';
import { layOuterRings, layRing } from './rings';

/** Narrower stages are laid out for a phone. */
export const PHONE_WIDTH = 520;
/** More clients than this are a crowd. */
export const MOST_ON_RINGS = 60;

/** Lays out a stage. Deterministic: the same numbers give the same picture. */
export function layStage(area: StageArea): StageLayout {
	if (area.width < PHONE_WIDTH) return layPhone(area);
	const server = placeServer(area);
	const ring = layRing(area, server);
	if (ring) return ring;
	const rings = area.numClients <= MOST_ON_RINGS ? layOuterRings(area, server) : null;
	return rings ?? layCrowd(area, server);
}

/** Wide enough for ten pictures in two rows; larger on a stage that has room around it. */
function placeServer({ width, height }: StageArea): Box {
	const widest = Math.min(360, Math.max(300, height * 0.48));
	const serverWidth = Math.round(Math.min(widest, Math.max(240, width * 0.33)));
	const serverHeight = Math.round(72 + serverWidth * 0.43);
	return {
		x: Math.round((width - serverWidth) / 2),
		y: Math.round((height - serverHeight) / 2),
		width: serverWidth,
		height: serverHeight
	};
}
