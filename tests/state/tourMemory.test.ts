import { expect, it } from 'vitest';
import { hasSeenTour, rememberTour } from '../../src/lib/state/tourMemory';

function createStorage() {
	const items = new Map<string, string>();
	return {
		getItem: (key: string) => items.get(key) ?? null,
		setItem: (key: string, value: string) => void items.set(key, value)
	};
}

it('remembers for good that the tour was seen', () => {
	const storage = createStorage();
	expect(hasSeenTour(() => storage)).toBe(false);
	rememberTour(() => storage);
	expect(hasSeenTour(() => storage)).toBe(true);
});

it('bothers nobody whose browser keeps nothing', () => {
	const forbidden = () => {
		throw new Error('The operation is insecure.');
	};
	expect(hasSeenTour(forbidden)).toBe(true);
	expect(() => rememberTour(forbidden)).not.toThrow();
});
