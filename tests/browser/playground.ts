/** The playground as a reader meets it: what can be pressed, and what can be read. */
import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './watchedPage';

/** Time for a run to come to an end on a slow machine. */
export const runLimitMs = 180_000;

export type Settings = Readonly<Record<string, string | number>>;

export class PlaygroundPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** Opens the playground with these settings in the link. */
	async open(settings: Settings = {}): Promise<void> {
		const query = new URLSearchParams(
			Object.entries(settings).map(([name, value]) => [name, String(value)])
		);
		await open(this.page, `/playground?${query.toString()}`);
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole('button', { name });
	}

	/** The text field of a knob, by its label. */
	field(label: string): Locator {
		return this.page.getByRole('textbox', { name: label, exact: true });
	}

	/** Opens the drawer of all settings. */
	async openSettings(): Promise<void> {
		await this.page.getByRole('button', { name: 'Settings', exact: true }).click();
	}

	/** Opens a card that is one line at first. */
	async unfold(title: string): Promise<void> {
		await this.page.locator('summary', { hasText: title }).click();
	}

	/** The line about the run that everybody sees. */
	get line(): Locator {
		const starts = /^(Ready\.|Waking|Starting|Round \d|Paused\.|Done\.|The run has stopped)/;
		return this.page.getByRole('main').getByText(starts).first();
	}

	async start(): Promise<void> {
		await this.button('Start').click();
	}

	/** The stage may come to the end later than the run: it is taken there, for figures tell of the round on stage. */
	async waitUntilDone(): Promise<void> {
		await expect(this.line).toHaveText(/^Done/, { timeout: runLimitMs });
		await this.page.keyboard.press('End');
	}

	/** Number of the round that the line names; 0 before the first. */
	async round(): Promise<number> {
		const text = (await this.line.textContent()) ?? '';
		return Number(/(?:Round |Done\. )(\d+)/.exec(text)?.[1] ?? 0);
	}

	/** The table of accuracies, a row a string: "Federated 71.2 % 60.1 %". Of a run that rests. */
	async accuracies(): Promise<string[]> {
		// Cards redraw in turns: what stands still for longer than a turn is what they have to say.
		let rows = await this.#readAccuracies();
		for (let before = ''; before !== rows.join(); rows = await this.#readAccuracies()) {
			before = rows.join();
			await this.page.waitForTimeout(500);
		}
		return rows;
	}

	async #readAccuracies(): Promise<string[]> {
		const rows = await this.page
			.getByRole('table', { name: /^Accuracy/ })
			.getByRole('row')
			.all();
		const texts = await Promise.all(
			rows.slice(1).map((row) => row.getByRole('cell').allInnerTexts())
		);
		return texts.map((cells) => cells.join(' ').replaceAll('\u00a0', ' '));
	}
}
