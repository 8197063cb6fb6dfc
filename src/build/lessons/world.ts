/** What a lesson may refer to. */
import type { GlossaryTerm } from '../../lib/lessons/document';

export interface LessonWorld {
	/** Path of the site, without a slash at its end. */
	base: string;
	/** Names of the lesson figures: their files without ".svelte". */
	figures: ReadonlySet<string>;
	terms: ReadonlyMap<string, Pick<GlossaryTerm, 'title' | 'sentence'>>;
	/** Addresses of all pages of the site: "/", "/learn/meet-the-writers". */
	pages: ReadonlySet<string>;
}
