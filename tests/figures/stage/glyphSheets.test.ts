import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GlyphSheets } from '../../../src/lib/figures/stage/glyphSheets';
import type { GlyphTools } from '../../../src/lib/figures/stage/paintGlyph';
import type { GlyphState } from '../../../src/lib/scene/stage/clientState';
import type { Glyph } from '../../../src/lib/scene/stage/shapes';

/** A context that takes everything and remembers the sheets that it was given, with the places on them. */
function fakeContext() {
	const copies: { sheet: unknown; left: number; top: number }[] = [];
	const known: Record<string, unknown> = {
		drawImage: (sheet: unknown, left: number, top: number) => copies.push({ sheet, left, top })
	};
	const context = new Proxy(known, {
		get: (target, name) => target[String(name)] ?? (() => {}),
		set: () => true
	});
	return { context: context as unknown as CanvasRenderingContext2D, copies };
}

const tools: GlyphTools = {
	colours: {} as GlyphTools['colours'],
	portraits: null,
	portraitOf: [],
	ringOf: []
};
const sizes = { numClients: 100, scale: 1, restRadius: 14, largest: 15 };

function crowd(state: GlyphState): Glyph[] {
	const rest = { isForward: false, trained: 0, loss: null, accuracy: null };
	return Array.from({ length: 100 }, (_, id) => ({ id, x: id, y: 0, radius: 14, state, ...rest }));
}

/** Where the glyphs were copied from. */
function paint(sheets: GlyphSheets, glyphs: readonly Glyph[]) {
	const { context, copies } = fakeContext();
	const isWhole = sheets.paint(context, glyphs);
	return { isWhole, copies };
}

describe('GlyphSheets', () => {
	beforeEach(() => {
		const createElement = () => ({ getContext: () => fakeContext().context });
		vi.stubGlobal('document', { createElement });
	});
	afterEach(() => void vi.unstubAllGlobals());

	it('paints a crowd over a few frames, and says until when', () => {
		const sheets = new GlyphSheets(tools, sizes);
		const frames = Array.from({ length: 6 }, () => paint(sheets, crowd('idle')));
		expect(frames.map(({ isWhole }) => isWhole)).toEqual([false, false, false, false, true, true]);
		expect(frames.map(({ copies }) => copies.length)).toEqual([24, 48, 72, 96, 100, 100]);
	});

	it('makes no more sheets in a frame than it paints on', () => {
		const createElement = vi.fn(() => ({ getContext: () => fakeContext().context }));
		vi.stubGlobal('document', { createElement });
		const sheets = new GlyphSheets(tools, sizes);
		paint(sheets, crowd('idle'));
		expect(createElement).toHaveBeenCalledTimes(2);
	});

	it('shows those that are still to be painted as at rest', () => {
		const sheets = new GlyphSheets(tools, sizes);
		for (let frame = 0; frame < 5; frame++) paint(sheets, crowd('idle'));
		const atRest = paint(sheets, crowd('idle'));
		const first = paint(sheets, crowd('trained'));
		expect(first.isWhole).toBe(false);
		expect(first.copies).toHaveLength(100);
		expect(first.copies.slice(24)).toEqual(atRest.copies.slice(24));
		for (let frame = 0; frame < 3; frame++) paint(sheets, crowd('trained'));
		const last = paint(sheets, crowd('trained'));
		expect(last.isWhole).toBe(true);
		const restSheets = new Set(atRest.copies.map(({ sheet }) => sheet));
		expect(last.copies.filter(({ sheet }) => restSheets.has(sheet))).toEqual([]);
	});

	it('paints ahead a few at a time, and says when there is nothing left to paint', () => {
		const sheets = new GlyphSheets(tools, sizes);
		const states: GlyphState[] = ['chosen', 'trained'];
		let numSteps = 1;
		while (!sheets.prepare(crowd('idle'), states)) numSteps++;
		expect(numSteps).toBe(200 / 4 + 1);
		expect(paint(sheets, crowd('chosen'))).toMatchObject({ isWhole: true });
		expect(paint(sheets, crowd('trained'))).toMatchObject({ isWhole: true });
	});
});
