/**
 * All figures that lessons can show, by name: the files below this folder, each loaded when a reader comes near.
 * The build refuses a lesson that names another one.
 */
import type { Component } from 'svelte';

export interface LessonFigureProps {
	/** Its name in the lesson: reports are made, and solutions applied, under it. */
	name: string;
}

type FigureModule = { default: Component<LessonFigureProps> };

const files = import.meta.glob<FigureModule>('./*/*.svelte');

const loaders = new Map(
	Object.entries(files).map(([file, load]) => [file.replace(/^.*\/|\.svelte$/g, ''), load])
);

/** Rejects where the file cannot be fetched. */
export async function loadLessonFigure(name: string): Promise<Component<LessonFigureProps>> {
	const load = loaders.get(name);
	if (!load) throw new Error(`There is no lesson figure "${name}".`);
	return (await load()).default;
}
