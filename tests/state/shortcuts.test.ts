import { describe, expect, it } from 'vitest';
import { matchShortcut, type Shortcut } from '../../src/lib/state/shortcuts';

const shortcut = (keys: string[]): Shortcut => ({
	keys,
	caption: keys[0],
	action: '',
	run: () => {}
});
const start = shortcut([' ']);
const step = shortcut(['s', 'arrowright']);
const close = shortcut(['escape']);

/** A key press on an element that these selectors would find. */
function press(key: string, found: string[] = [], modifiers: Partial<KeyboardEvent> = {}) {
	const target = {
		closest: (selector: string) =>
			found.some((name) => selector.split(', ').includes(name)) ? {} : null
	};
	const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, repeat: false };
	const event = { key, target, ...held };
	return matchShortcut({ ...event, ...modifiers } as unknown as KeyboardEvent, [
		start,
		step,
		close
	]);
}

describe('matchShortcut', () => {
	it('finds a shortcut by any of its keys, in either case', () => {
		expect(press(' ')).toBe(start);
		expect(press('S')).toBe(step);
		expect(press('ArrowRight')).toBe(step);
		expect(press('x')).toBeNull();
	});

	it.each(['input', 'select', 'textarea', '[contenteditable]'])('keeps quiet in %s', (field) => {
		expect(press('s', [field])).toBeNull();
		expect(press(' ', [field])).toBeNull();
		expect(press('Escape', [field])).toBe(close);
	});

	it('leaves the space bar to buttons and the arrows to the clients', () => {
		expect(press(' ', ['button'])).toBeNull();
		expect(press('s', ['button'])).toBe(step);
		expect(press('ArrowRight', ['button'])).toBe(step);
		expect(press('ArrowRight', ['[role="option"]'])).toBeNull();
	});

	it('tells a key with Shift from one without where it matters', () => {
		const plain = { ...shortcut(['arrowleft']), isShifted: false };
		const shifted = { ...shortcut(['arrowleft']), isShifted: true };
		const match = (shiftKey: boolean, key = 'ArrowLeft') =>
			matchShortcut({ key, target: null, shiftKey } as unknown as KeyboardEvent, [
				plain,
				shifted,
				step
			]);
		expect(match(false)).toBe(plain);
		expect(match(true)).toBe(shifted);
		expect(match(true, 'S')).toBe(step);
		expect(match(false, 's')).toBe(step);
	});

	it('leaves chords to the browser, and does not repeat', () => {
		expect(press('s', [], { ctrlKey: true })).toBeNull();
		expect(press('s', [], { metaKey: true })).toBeNull();
		expect(press('s', [], { altKey: true })).toBeNull();
		expect(press('s', [], { repeat: true })).toBeNull();
	});
});
