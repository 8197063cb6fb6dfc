/** Keeps what was drawn last as long as nothing about it has changed, so that whoever draws it can rest. */
import type { Glyph } from './shapes';

/** The glyphs of before, if they look the same: same places, same states. Progress is not looked at. */
export function keepGlyphs(before: readonly Glyph[], now: readonly Glyph[]): readonly Glyph[] {
	if (before.length !== now.length) return now;
	const isSame = now.every((glyph, index) => {
		const old = before[index];
		return (
			glyph.x === old.x &&
			glyph.y === old.y &&
			glyph.radius === old.radius &&
			glyph.state === old.state &&
			glyph.isForward === old.isForward
		);
	});
	return isSame ? before : now;
}
