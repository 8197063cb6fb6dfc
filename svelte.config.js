import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ fallback: '404.html' }),
		// BASE_PATH is set when the site is published below the root of its host, e.g. "/many-hands".
		paths: { base: /** @type {'' | `/${string}`} */ (process.env.BASE_PATH ?? '') },
		// The service worker registers itself after the first run (see src/lib/state/offline.ts).
		serviceWorker: { register: false },
		typescript: {
			// Kit checks src, tests and vite.config.ts; the other configurations and the service worker count too.
			config: (config) => ({
				...config,
				include: [
					...config.include,
					'../eslint.config.js',
					'../playwright.config.ts',
					'../svelte.config.js'
				],
				// AssemblyScript has its own types, which the kernels' compiler checks.
				exclude: ['../node_modules/**', '../src/lib/**/assembly/**']
			})
		}
	}
};
