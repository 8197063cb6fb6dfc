/** Gives the description of the public API to the page as `virtual:api`; a function without words stops the build. */
import path from 'node:path';
import type { Plugin } from 'vite';
import { readApi } from './readApi';

const ID = 'virtual:api';

export function apiPlugin(): Plugin {
	let root = '';
	return {
		name: 'many-hands:api',
		configResolved: (config) => void (root = config.root),
		resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
		load(id) {
			if (id !== `\0${ID}`) return undefined;
			const { groups, types } = readApi(path.join(root, 'src/lib/api'));
			return `export const groups = ${JSON.stringify(groups)};\nexport const types = ${JSON.stringify(types)};`;
		}
	};
}
