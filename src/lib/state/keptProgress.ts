/** The reader's progress, once for all pages of the site. For browsers; a build sees none. */
import { LessonProgress } from './LessonProgress.svelte';

export const keptProgress = new LessonProgress(() => localStorage);
