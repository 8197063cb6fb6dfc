/** What a page must be at any moment: accessible, and no wider than its window. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules of axe that the page breaks now are none; a broken one is named with its elements. */
export async function expectAccessible(page: Page): Promise<void> {
	// All in the page itself, which has no frames of other origins: that takes half the time.
	const audit = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
	const { violations } = await audit.analyze();
	const sentences = violations.map(
		({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(' ')})`
	);
	expect(sentences).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page): Promise<void> {
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth - document.documentElement.clientWidth
	);
	expect(overflow, 'pixels to scroll sideways').toBe(0);
}
