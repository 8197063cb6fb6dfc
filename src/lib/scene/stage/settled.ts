/** Keeps what was drawn last where nothing about it has changed, so that whoever draws it can rest. */
import type { ClientSnapshot } from '../runSnapshot';
import type { Glyph } from './shapes';

/** To name and place this many clients anew takes a page a few milliseconds. */
const MOST_NEW = 72;

/**
 * The glyphs of now, with the object of before for each that looks the same: same place, same state. Progress is
 * not looked at. The list of before where all do.
 */
export function keepGlyphs(before: readonly Glyph[], now: readonly Glyph[]): readonly Glyph[] {
	const kept = now.map((glyph, id) => (looksAlike(before[id], glyph) ? before[id] : glyph));
	return keepList(before, kept);
}

/**
 * The clients of before as long as they are the same ones with the same digits, whatever they have done since: also
 * when a run begins, and tells of those who were on stage already.
 */
export function keepHolders(
	before: readonly ClientSnapshot[],
	now: readonly ClientSnapshot[]
): readonly ClientSnapshot[] {
	const isSame =
		before.length === now.length &&
		now.every(({ labelCounts }, id) => hasSameDigits(before[id].labelCounts, labelCounts));
	return isSame ? before : now;
}

function looksAlike(before: Glyph | undefined, now: Glyph): boolean {
	if (before === now) return true;
	return (
		before !== undefined &&
		now.x === before.x &&
		now.y === before.y &&
		now.radius === before.radius &&
		now.state === before.state &&
		now.isForward === before.isForward
	);
}

/** The list of before where both hold the same objects. */
export function keepList<Item>(before: readonly Item[], now: readonly Item[]): readonly Item[] {
	return isSameList(before, now) ? before : now;
}

/** The list of now, but that no more than so many of it are new: others are those of before, as far as there are. */
export function keepMost<Item>(
	before: readonly Item[],
	now: readonly Item[],
	mostNew = MOST_NEW
): readonly Item[] {
	let numNew = 0;
	const kept = now.map((item, index) => {
		if (index >= before.length || item === before[index]) return item;
		return ++numNew > mostNew ? before[index] : item;
	});
	return numNew > mostNew ? kept : now;
}

function hasSameDigits(before: readonly number[], now: readonly number[]): boolean {
	return before === now || isSameList(before, now);
}

function isSameList(before: readonly unknown[], now: readonly unknown[]): boolean {
	return before.length === now.length && now.every((item, index) => item === before[index]);
}
