/**
 * Vite bundles a package when it first meets it, and reloads the page: in the middle of a run, where a
 * worker is the first to ask. So everything the page or its workers import is named in the configuration.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import viteConfig from '../vite.config';
import { readImports } from './harness/readImports';

const libFolder = path.join(import.meta.dirname, '../src/lib');
/** Bundled by the Svelte plugin, by Kit, made by our own plugins, or only used in Node. */
const isLeftOut = /^(\.|\$|svelte(\/|$)|node:|tsx\/|virtual:)|\?url$/;

it('names every package of src/lib in optimizeDeps.include', () => {
	const specifiers = readdirSync(libFolder, { recursive: true, encoding: 'utf8' })
		.filter((file) => /\.(ts|js|mjs|svelte)$/.test(file))
		.flatMap((file) => readImports(readFileSync(path.join(libFolder, file), 'utf8'), file))
		.filter((specifier) => !isLeftOut.test(specifier));
	expect(specifiers).toContain('comlink');
	const named = viteConfig.optimizeDeps?.include ?? [];
	expect(specifiers.filter((specifier) => !named.includes(specifier))).toEqual([]);
});
