/** The sections of `npm test`, in order. Adding a check means adding an entry here. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { browserOfThisMachine } from '../../src/build/browser/machine';
import { programOf, runNode, type RunOptions } from './runCommand';
import {
	addTallies,
	nothing,
	tallyOfCheck,
	tallyOfPlaywright,
	tallyOfSuite,
	tallyOfVitest,
	type PlaywrightReport,
	type Tally,
	type VitestReport
} from './tally';

export interface SectionResult {
	tally: Tally;
	/** What to show when something failed. */
	output: string;
}

export interface Section {
	/** What `--only` calls it. */
	name: string;
	title: string;
	/** Another section without whose success this one means nothing. */
	needs?: string;
	run(isLive: boolean): Promise<SectionResult>;
}

type Command = readonly [packageName: string, ...args: string[]];

export const sections: Section[] = [
	{
		name: 'format',
		title: 'Format',
		run: (isLive) => runChecks([['prettier', '--check', '.']], isLive)
	},
	{
		name: 'lint',
		title: 'Lint',
		run: (isLive) => runChecks([['eslint', '--max-warnings', '0', '.']], isLive)
	},
	{
		name: 'types',
		title: 'Types',
		run: (isLive) =>
			runChecks(
				[
					['@sveltejs/kit', 'sync'],
					['svelte-check', '--fail-on-warnings', '--output', 'human']
				],
				isLive
			)
	},
	{
		name: 'data',
		title: 'Kernels and data',
		run: (isLive) =>
			runChecks(
				[
					['tsx', 'src/build/compileKernels.ts'],
					['tsx', 'src/build/prepareData.ts']
				],
				isLive
			)
	},
	{ name: 'unit', title: 'Unit and property tests', run: runVitest },
	{
		name: 'build',
		title: 'Build',
		run: (isLive) => runChecks([['vite', 'build', '--logLevel', 'warn']], isLive)
	},
	{ name: 'browser', title: 'Browser tests', needs: 'build', run: runPlaywright }
];

/** One check a command; a failing one does not keep the others from running. */
async function runChecks(commands: readonly Command[], isLive: boolean): Promise<SectionResult> {
	let tally = nothing;
	let output = '';
	for (const [packageName, ...args] of commands) {
		const result = await runNode(programOf(packageName), args, { isLive });
		tally = addTallies(tally, tallyOfCheck(result.exitCode === 0));
		if (result.exitCode !== 0) output += result.output;
	}
	return { tally, output };
}

function runVitest(isLive: boolean): Promise<SectionResult> {
	return runSuite('vitest', (reportFile) => ({
		args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${reportFile}`],
		options: { isLive },
		readTally: (report) => tallyOfVitest(report as VitestReport)
	}));
}

async function runPlaywright(isLive: boolean): Promise<SectionResult> {
	const browser = browserOfThisMachine();
	return runSuite('@playwright/test', (reportFile) => ({
		args: ['test'],
		options: { isLive, env: { MANY_HANDS_BROWSER: browser, MANY_HANDS_REPORT: reportFile } },
		readTally: (report) => tallyOfPlaywright(report as PlaywrightReport)
	}));
}

/** Runs a suite that writes a JSON report and counts what the report says. */
async function runSuite(
	packageName: string,
	plan: (reportFile: string) => {
		args: string[];
		options: RunOptions;
		readTally: (report: unknown) => Tally;
	}
): Promise<SectionResult> {
	const folder = mkdtempSync(path.join(tmpdir(), 'many-hands-'));
	const reportFile = path.join(folder, 'report.json');
	const { args, options, readTally } = plan(reportFile);
	try {
		const { exitCode, output } = await runNode(programOf(packageName), args, options);
		return { tally: tallyOfSuite(readReport(reportFile, readTally), exitCode), output };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function readReport(file: string, readTally: (report: unknown) => Tally): Tally | null {
	try {
		return readTally(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return null;
	}
}
