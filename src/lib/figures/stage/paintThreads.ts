/** Paints the masks of a round: a thread for each pair, vermilion where it is added, blue where it is subtracted. */
import type { Point } from '../../scene/stage/geometry';
import type { Thread, ThreadSet } from '../../scene/stage/shapes';
import { beginningOf } from '../../scene/stage/threads';
import type { StageColours } from './stageColours.svelte';

/** Paints the threads as far as they reach from their + ends, 0 to 1. */
export function paintThreads(
	context: CanvasRenderingContext2D,
	{ faint, strong }: ThreadSet,
	reach: number,
	colours: StageColours
): void {
	if (reach <= 0) return;
	context.strokeStyle = colours['rest-ink'];
	context.globalAlpha = 0.22;
	context.lineWidth = 0.8;
	// Hundreds of lines in one stroke: as hairlines they still darken each other where they cross.
	context.beginPath();
	for (const thread of faint) traceThread(context, beginningOf(thread, reach));
	context.stroke();
	context.lineWidth = 2;
	for (const thread of strong) {
		context.globalAlpha = thread.isOrphaned ? 0.55 : 1;
		context.strokeStyle = poleGradient(context, thread, colours);
		context.beginPath();
		traceThread(context, beginningOf(thread, reach));
		context.stroke();
	}
	context.globalAlpha = 1;
	if (reach < 1) return;
	for (const { from, to } of strong) {
		paintSign(context, from, colours.mask, colours.card, true);
		paintSign(context, to, colours.server, colours.card, false);
	}
}

function traceThread(context: CanvasRenderingContext2D, { from, control, to }: Thread): void {
	context.moveTo(from.x, from.y);
	context.quadraticCurveTo(control.x, control.y, to.x, to.y);
}

function poleGradient(
	context: CanvasRenderingContext2D,
	{ from, to }: Thread,
	colours: StageColours
): CanvasGradient {
	const gradient = context.createLinearGradient(from.x, from.y, to.x, to.y);
	gradient.addColorStop(0.12, colours.mask);
	gradient.addColorStop(0.88, colours.server);
	return gradient;
}

/** A disc with the sign that the mask has at this end. */
function paintSign(
	context: CanvasRenderingContext2D,
	{ x, y }: Point,
	tone: string,
	ground: string,
	isPlus: boolean
): void {
	context.fillStyle = ground;
	context.strokeStyle = tone;
	context.lineWidth = 1;
	context.beginPath();
	context.arc(x, y, 7, 0, 2 * Math.PI);
	context.fill();
	context.stroke();
	context.lineWidth = 1.8;
	context.beginPath();
	context.moveTo(x - 3.5, y);
	context.lineTo(x + 3.5, y);
	if (isPlus) context.moveTo(x, y - 3.5);
	if (isPlus) context.lineTo(x, y + 3.5);
	context.stroke();
}
