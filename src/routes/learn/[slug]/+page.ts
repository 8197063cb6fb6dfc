import { error } from '@sveltejs/kit';
import { lessons, loadLesson } from 'virtual:lessons';
import type { EntryGenerator, PageLoad } from './$types';

export const entries: EntryGenerator = () => lessons.map(({ slug }) => ({ slug }));

export const load: PageLoad = async ({ params }) => {
	const load = loadLesson[params.slug];
	if (!load) error(404, 'There is no such lesson.');
	return await load();
};
