/**
 * `npm run pictures`: the playground's stage in every phase, at the width of a phone, a laptop and a large screen,
 * in both themes, as PNG files to look at. Needs the built site.
 */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { preview } from 'vite';
import { browserOfThisMachine, isRoot } from '../build/browser/machine';
import { type Phase, phases } from '../lib/scene/roundRecord';
import { firstSentence } from './arguments';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const widths = [360, 1280, 1920];
const themes = ['light', 'dark'] as const;
/** Pixels for the stage of a phone with its legend. */
const stageHeight = 1420;
/** How far each phase has come when it is taken. */
const SHARE = 0.6;
/** Runs that show something in every phase: one under masks with drop-outs, one with noise of the clients' own. */
const runs: { query: string; isShown: (phase: Phase) => boolean }[] = [
	{
		query: 'rounds=3&cohortSize=12&seed=3&secureAggregation=true&dropout=0.15',
		isShown: (phase) => phase !== 'clip'
	},
	{
		query: 'rounds=2&cohortSize=12&seed=3&dp=local&clip=0.5&noiseMultiplier=0.3',
		isShown: (phase) => phase === 'clip' || phase === 'upload' || phase === 'sum'
	}
];

/** Takes all pictures; says where each one is. */
async function takePictures(folder: string): Promise<void> {
	if (!existsSync(path.join(projectFolder, 'build/index.html'))) {
		throw new Error('expected the built site, got no build folder; run "npm run build" first');
	}
	mkdirSync(folder, { recursive: true });
	process.chdir(projectFolder);
	const server = await preview({ preview: { port: 0 }, logLevel: 'silent' });
	const browser = await chromium.launch({
		executablePath: browserOfThisMachine(),
		chromiumSandbox: !isRoot,
		args: ['--disable-gpu', '--no-first-run', '--disable-background-networking']
	});
	try {
		for (const width of widths) {
			for (const colorScheme of themes) {
				const name = path.join(folder, `${width}-${colorScheme}`);
				await takeOneLook(browser, server.resolvedUrls!.local[0], { width, colorScheme, name });
			}
		}
	} finally {
		await browser.close();
		await server.close();
	}
}

interface Look {
	width: number;
	colorScheme: (typeof themes)[number];
	/** Path of the files without their last part. */
	name: string;
}

async function takeOneLook(browser: Browser, address: string, look: Look): Promise<void> {
	const viewport = { width: look.width, height: look.width < 500 ? 800 : 1000 };
	const page = await browser.newPage({ viewport, colorScheme: look.colorScheme });
	await page.addInitScript(() => localStorage.setItem('many-hands.tour', 'seen'));
	for (const [index, { query, isShown }] of runs.entries()) {
		await page.goto(`${address}playground?${query}`, { waitUntil: 'networkidle' });
		if (index === 0) await page.screenshot({ path: `${look.name}-page-ready.png` });
		await page.getByRole('button', { name: 'Start', exact: true }).click();
		await page.getByText(/^Done/).first().waitFor({ timeout: 180_000 });
		await page.getByRole('button', { name: 'Pause', exact: true }).click();
		await page.keyboard.press('End');
		await page.evaluate(() => scrollTo(0, 0));
		// Nobody is to be marked as pointed at.
		await page.mouse.move(0, 0);
		await page.screenshot({ path: `${look.name}-page-${index}.png` });
		// High enough for all of a phone's stage above what is fixed at the bottom.
		await page.setViewportSize({ ...viewport, height: Math.max(viewport.height, stageHeight) });
		for (const phase of phases.filter(isShown)) {
			await scrubTo(page, phase);
			const file = `${look.name}-${index}-${phases.indexOf(phase)}-${phase}.png`;
			await page.getByRole('region', { name: 'The federation' }).screenshot({ path: file });
			process.stdout.write(`${file}\n`);
		}
		await page.setViewportSize(viewport);
	}
	await page.close();
}

/** Presses the line of phases a good way before the bead of a phase. */
async function scrubTo(page: Page, phase: Phase): Promise<void> {
	const beads = page.getByRole('group', { name: 'Phases of the round' });
	const names = await beads.getByRole('button').allInnerTexts();
	const place = names.map((name) => name.trim()).indexOf(phase);
	if (place < 0)
		throw new Error(`expected the phase "${phase}" in the run, got ${names.join(', ')}`);
	const line = beads.getByRole('presentation');
	const { width } = (await line.boundingBox())!;
	const x = (width * (place + SHARE)) / names.length;
	await line.click({ position: { x, y: 4 }, force: true });
	await page.waitForTimeout(200);
}

const help = `npm run pictures -- [options]

  --out FOLDER  where the pictures go (default results/pictures)
  --help        show this text

Takes the stage in every phase at ${widths.join(', ')} pixels, light and dark. Needs the built site (npm run build).`;

/** The options of the command line, or null where help is wanted; throws one sentence. */
function readOptions(): { out: string } | null {
	const { values } = parseArgs({
		options: {
			out: { type: 'string', default: 'results/pictures' },
			help: { type: 'boolean', default: false }
		}
	});
	return values.help ? null : { out: values.out };
}

try {
	const options = readOptions();
	if (options) await takePictures(path.resolve(options.out));
	else process.stdout.write(`${help}\n`);
} catch (error) {
	process.stderr.write(`${firstSentence(error)}\n`);
	process.exitCode = 1;
}
