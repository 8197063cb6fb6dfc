/** Modules that the build writes, from lessons/, glossary/ and the public API (see src/build). */
declare module 'virtual:lessons' {
	import type { Lesson, LessonSummary } from '$lib/lessons/document';
	/** In their order. */
	export const lessons: readonly LessonSummary[];
	/** By slug. */
	export const loadLesson: Readonly<Record<string, () => Promise<{ lesson: Lesson }>>>;
}

declare module 'virtual:glossary' {
	import type { GlossaryTerm } from '$lib/lessons/document';
	/** By title. */
	export const terms: readonly GlossaryTerm[];
}

declare module 'virtual:api' {
	import type { ApiGroup, ApiType } from '$lib/lessons/apiDocs';
	export const groups: readonly ApiGroup[];
	export const types: readonly ApiType[];
}
