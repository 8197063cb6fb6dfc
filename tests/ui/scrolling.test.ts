import { afterEach, expect, it, vi } from 'vitest';
import { scrollBehaviour } from '../../src/lib/ui/scrolling';

afterEach(() => vi.unstubAllGlobals());

it('scrolls at once for readers who want no motion, as they want it now', () => {
	let wish = 'no-preference';
	vi.stubGlobal('matchMedia', (query: string) => ({
		matches: query === `(prefers-reduced-motion: ${wish})`
	}));
	expect(scrollBehaviour()).toBe('smooth');
	wish = 'reduce';
	expect(scrollBehaviour()).toBe('auto');
});
