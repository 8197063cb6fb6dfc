import { fileURLToPath } from 'node:url';
import { sveltekit } from '@sveltejs/kit/vite';
import { tsImport } from 'tsx/esm/api';
import { defineConfig } from 'vitest/config';
import type * as ApiPlugin from './src/build/api/apiPlugin';
import type * as LessonsPlugin from './src/build/lessons/lessonsPlugin';

// Read as the rest of src is, without extensions in its imports, which Vite's own reader warns about.
const { lessonsPlugin } = (await tsImport(
	'./src/build/lessons/lessonsPlugin.ts',
	import.meta.url
)) as typeof LessonsPlugin;
const { apiPlugin } = (await tsImport(
	'./src/build/api/apiPlugin.ts',
	import.meta.url
)) as typeof ApiPlugin;

export default defineConfig({
	plugins: [lessonsPlugin(process.env.BASE_PATH ?? ''), apiPlugin(), sveltekit()],
	worker: { format: 'es' },
	// What tfjs-vis draws with, at our own pace.
	resolve: {
		alias: {
			'vega-embed': fileURLToPath(
				new URL('./src/lib/figures/backstage/vegaEmbed.ts', import.meta.url)
			)
		}
	},
	build: { chunkSizeWarningLimit: 2000 },
	// Named here so that a cold `npm run dev` bundles them at start and never reloads in mid-run.
	optimizeDeps: {
		include: [
			'@codemirror/autocomplete',
			'@codemirror/commands',
			'@codemirror/lang-javascript',
			'@codemirror/language',
			'@codemirror/state',
			'@codemirror/view',
			'@lezer/highlight',
			'@noble/ciphers/chacha.js',
			'@noble/hashes/hkdf.js',
			'@noble/hashes/sha2.js',
			'@noble/hashes/utils.js',
			'@tensorflow/tfjs-backend-cpu',
			'@tensorflow/tfjs-backend-wasm',
			'@tensorflow/tfjs-backend-webgl',
			'@tensorflow/tfjs-backend-webgpu',
			'@tensorflow/tfjs-core',
			'@tensorflow/tfjs-layers',
			'acorn',
			'@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops',
			'@tensorflow/tfjs-vis/dist/render/table',
			'@tensorflow/tfjs-vis/dist/render/confusion_matrix',
			'@tensorflow/tfjs-vis/dist/render/barchart',
			'@tensorflow/tfjs-vis/dist/render/linechart',
			'comlink',
			'd3',
			'sucrase',
			'valibot',
			'vega',
			'vega-lite',
			'vega-tooltip'
		]
	},
	test: {
		include: ['tests/**/*.test.ts'],
		environment: 'node',
		globalSetup: ['tests/compileKernels.ts'],
		setupFiles: ['tests/setup.ts'],
		testTimeout: 60_000
	}
});
