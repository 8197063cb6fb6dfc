/**
 * The map of the project, held by reading every import under src. Its twin for people is ARCHITECTURE.md.
 * A file of a room may import from its own room, from the rooms listed for it, and from the packages below.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations, type RoomMap } from './harness/findViolations';

const mathAndData = ['math', 'data'];
const pureRooms = [
	...mathAndData,
	'aggregation',
	'masking',
	'privacy',
	'federated',
	'scene',
	'lessons'
];
const pageRooms = ['state', 'ui', 'figures', 'notebook', 'routes'];

/** Which other rooms (or single files of them) a room may import. */
const rooms: Record<string, readonly string[]> = {
	// Pure: typed arrays and plain records in, the same out.
	math: [],
	data: ['math'],
	aggregation: mathAndData,
	masking: mathAndData,
	privacy: mathAndData,
	federated: [...mathAndData, 'aggregation', 'masking', 'privacy'],
	scene: [...mathAndData, 'aggregation', 'masking', 'privacy', 'federated'],
	lessons: [],
	// What computes, and where it runs.
	model: [...mathAndData, 'federated'],
	workers: [...mathAndData, 'aggregation', 'masking', 'privacy', 'federated', 'model'],
	// What code of a learner has at hand, and where its cells run.
	api: [...mathAndData, 'aggregation', 'masking', 'privacy', 'federated', 'model', 'workers'],
	kernel: ['data', 'model', 'workers', 'api'],
	// The page.
	state: [...mathAndData, 'federated', 'scene', 'lessons', 'workers', 'api', 'kernel'],
	ui: [],
	figures: [...mathAndData, 'masking', 'privacy', 'federated', 'scene', 'state', 'ui'],
	notebook: ['lessons', 'api', 'kernel', 'scene', 'state', 'figures', 'ui'],
	routes: ['data', 'federated', 'lessons', 'state', 'figures', 'notebook', 'ui'],
	// Files of src itself: the service worker, and the types of modules that the build writes.
	app: ['state', 'lessons'],
	// Programs for the terminal.
	build: [...mathAndData, 'lessons'],
	cli: [...pureRooms, 'model', 'workers', 'api', 'kernel', 'build']
};

/** How the charts of tfjs-vis are compiled and drawn. */
const chartDrawing = ['chartCompiler', 'chartCompiler.worker', 'chartTurns', 'vegaEmbed'].map(
	(file) => `figures/backstage/${file}`
);

/** Which rooms (or single files) may import a package; the longest name counts, others are for nobody. */
const packages: Record<string, readonly string[]> = {
	d3: ['math', 'privacy', 'scene', 'figures'],
	valibot: ['federated', 'lessons'],
	'virtual:*': ['notebook', 'routes'],
	'mdast*': ['build'],
	'micromark*': ['build'],
	hast: ['build'],
	'hast-*': ['build'],
	katex: ['build'],
	typescript: ['build/api/readApi'],
	yaml: ['build'],
	'@lezer/*': ['build', 'notebook/editor'],
	'@codemirror/*': ['notebook/editor'],
	'@codemirror/autocomplete': ['notebook/editor', 'notebook/completions'],
	acorn: ['kernel/compileCell'],
	sucrase: ['kernel/compileCell'],
	'@noble/*': ['masking'],
	'@tensorflow/*': ['model'],
	'@tensorflow/tfjs-backend-wasm/dist/*.wasm': ['workers'],
	'@tensorflow/tfjs-vis*': ['figures/backstage/tfjsVis'],
	vega: chartDrawing,
	'vega-lite': chartDrawing,
	'vega-tooltip': chartDrawing,
	comlink: ['workers'],
	svelte: pageRooms,
	'svelte/*': pageRooms,
	'$app/*': pageRooms,
	'$service-worker': ['app'],
	'@sveltejs/kit': ['routes'],
	'@fontsource-variable/*': ['routes'],
	'node:*': ['build', 'cli', 'workers'],
	'tsx/*': ['workers/thread', 'cli/reproduce/thread', 'cli/bench/thread'],
	// The benchmark compares with stock tfjs, and looks at the page in a browser.
	// The terminal needs it for chained operations, too.
	'@tensorflow/tfjs': ['cli/bench/stockStep', 'cli/nodeWorld'],
	'@tensorflow/tfjs-backend-wasm': ['model', 'cli/bench/stockStep'],
	'playwright-core': [
		...['cli/bench/builtSite', 'cli/bench/page', 'cli/bench/stage'],
		...['cli/pictures', 'build/browser/machine']
	],
	vite: ['cli', 'build'],
	'assemblyscript/*': ['build/kernels/compileAssembly']
};

/** What a pure room gets as a parameter or does without. */
const impureGlobals = [
	...['window', 'document', 'navigator', 'localStorage', 'sessionStorage', 'self', 'postMessage'],
	...['requestAnimationFrame', 'setTimeout', 'setInterval', 'queueMicrotask', 'process', 'crypto'],
	...['Math.random', 'Date.now', 'new Date', 'performance', '$state', '$derived', '$effect']
];

const maxLines = 300;
const standIns = ['lib/figures/backstage/vegaEmbed.ts'];
const map: RoomMap = { rooms, packages, pureRooms, impureGlobals, maxLines, standIns };
const violations = (file: string, source: string) => findViolations(file, source, map);

const srcFolder = path.join(import.meta.dirname, '../src');

describe('the map of the rooms', () => {
	const files = readdirSync(srcFolder, { recursive: true, encoding: 'utf8' })
		.map((file) => file.split(path.sep).join('/'))
		.filter((file) => /\.(ts|m?js|svelte|css|html)$/.test(file));

	it('reads a source tree', () => {
		expect(files).toContain('lib/federated/config.ts');
	});

	it.each(files)('%s keeps to it', (file) => {
		expect(violations(file, readFileSync(path.join(srcFolder, file), 'utf8'))).toEqual([]);
	});

	it('has a line in ARCHITECTURE.md for each room, and no room that is not on it', () => {
		const folders = readdirSync(path.join(srcFolder, 'lib'), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map(({ name }) => name);
		const prose = readFileSync(path.join(srcFolder, '../ARCHITECTURE.md'), 'utf8');
		for (const folder of folders) {
			expect(Object.keys(rooms), 'the table of rooms').toContain(folder);
			expect(prose, 'ARCHITECTURE.md').toContain(`\`${folder}\``);
		}
	});
});

describe('the checker', () => {
	const offences: [file: string, source: string, sentence: string][] = [
		[
			'lib/math/vector.ts',
			"import { round } from '../federated/round';",
			'lib/math/vector.ts imports "../federated/round": math may import no other room'
		],
		[
			'lib/data/index.ts',
			"export * from '../model/learner';",
			'lib/data/index.ts imports "../model/learner": data may import only math'
		],
		[
			'lib/ui/Button.svelte',
			'<script lang="ts">\n\timport { x } from \'$lib/state/x\';\n</script>',
			'lib/ui/Button.svelte imports "$lib/state/x": ui may import no other room'
		],
		[
			'lib/federated/round.ts',
			"const tf = await import('@tensorflow/tfjs-core');",
			'lib/federated/round.ts imports "@tensorflow/tfjs-core": only model may import @tensorflow/*'
		],
		[
			'lib/model/chart.ts',
			"import type { Surface } from '@tensorflow/tfjs-vis';",
			'lib/model/chart.ts imports "@tensorflow/tfjs-vis": only figures/backstage/tfjsVis may import @tensorflow/tfjs-vis*'
		],
		[
			'lib/figures/pool.ts',
			"new Worker(new URL('../workers/client.worker.ts', import.meta.url));",
			'lib/figures/pool.ts imports "../workers/client.worker.ts": figures may import only math, data, masking, privacy, federated, scene, state, ui'
		],
		[
			'routes/+page.ts',
			"import _ from 'lodash';",
			'routes/+page.ts imports "lodash": this package is not in the table of packages'
		],
		[
			'lib/privacy/noise.ts',
			'export const noise = () => Math.random();',
			'lib/privacy/noise.ts uses Math.random: privacy is a pure room'
		],
		[
			'lib/scene/layout.ts',
			'export const now = () => new Date().getTime() + globalThis.performance.now();',
			'lib/scene/layout.ts uses new Date, performance: scene is a pure room'
		],
		[
			'lib/state/x.ts',
			'export { x as default };',
			'lib/state/x.ts has a default export: src/lib exports by name'
		],
		[
			'lib/math/long.ts',
			'// again\n'.repeat(maxLines + 1),
			`lib/math/long.ts has 301 lines: a file has at most ${maxLines}`
		]
	];

	it.each(offences)('refuses what %s should not do', (file, source, sentence) => {
		expect(violations(file, source)).toEqual([sentence]);
	});

	it('lets allowed code pass', () => {
		const source = [
			"import { randomStream } from '../math/random';",
			"import { localName } from './records';",
			"import type { Examples } from '$lib/data/examples';",
			'// window, document and Math.random may be named in a comment',
			"export const text = 'window' + randomStream.window + ({ document: 1 }).document;",
			'export const width = (window: readonly number[]) => window[1] - window[0];'
		];
		expect(violations('lib/federated/round.ts', source.join('\n'))).toEqual([]);
	});
});
