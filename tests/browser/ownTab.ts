/**
 * A tab that another one can hide. Playwright has all of its pages believe that they are in front; this one is none of
 * them: it lies in a context of its own and is spoken to in the protocol of the browser.
 */
import type { Browser, CDPSession } from '@playwright/test';

export class OwnTab {
	readonly #session: CDPSession;
	readonly #contextId: string;
	readonly #targetId: string;
	readonly #sessionId: string;
	readonly #answers = new Map<number, (answer: Answer) => void>();
	#numAsked = 0;

	private constructor(session: CDPSession, contextId: string, targetId: string, sessionId: string) {
		this.#session = session;
		this.#contextId = contextId;
		this.#targetId = targetId;
		this.#sessionId = sessionId;
		session.on('Target.receivedMessageFromTarget', ({ message }) => {
			const answer = JSON.parse(message) as Answer;
			this.#answers.get(answer.id)?.(answer);
			this.#answers.delete(answer.id);
		});
	}

	static async open(browser: Browser, url: string): Promise<OwnTab> {
		const session = await browser.newBrowserCDPSession();
		const { browserContextId } = await session.send('Target.createBrowserContext');
		const { targetId } = await session.send('Target.createTarget', { url, browserContextId });
		const attach = { targetId, flatten: false };
		const { sessionId } = await session.send('Target.attachToTarget', attach);
		return new OwnTab(session, browserContextId, targetId, sessionId);
	}

	/** What a function gives in the tab; it sees nothing of what is around it here. */
	async evaluate<Result>(read: () => Result): Promise<Result> {
		const id = ++this.#numAsked;
		const params = { expression: `(${read.toString()})()`, returnByValue: true };
		const answer = new Promise<Answer>((resolve) => this.#answers.set(id, resolve));
		const message = JSON.stringify({ id, method: 'Runtime.evaluate', params });
		await this.#session.send('Target.sendMessageToTarget', {
			sessionId: this.#sessionId,
			message
		});
		const { result } = await answer;
		if (!result || result.exceptionDetails) {
			throw new Error(`expected an answer of the tab, got ${JSON.stringify(result)}`);
		}
		return result.result.value as Result;
	}

	/** Puts another tab in front. */
	async hide(): Promise<void> {
		const target = { url: 'about:blank', browserContextId: this.#contextId };
		const { targetId } = await this.#session.send('Target.createTarget', target);
		await this.#session.send('Target.activateTarget', { targetId });
	}

	/** Is in front again. */
	async show(): Promise<void> {
		await this.#session.send('Target.activateTarget', { targetId: this.#targetId });
	}

	async close(): Promise<void> {
		await this.#session.send('Target.disposeBrowserContext', {
			browserContextId: this.#contextId
		});
		await this.#session.detach();
	}
}

interface Answer {
	id: number;
	result?: { result: { value: unknown }; exceptionDetails?: unknown };
}
