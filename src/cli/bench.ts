/** `npm run bench`: how fast the engine is, as ratios in one run; --json for machines, --only for some parts. */
import { parseArgs } from 'node:util';
import { dataFolder, prepareData } from '../build/prepareData';
import { createDatasetStore } from '../lib/data/store';
import { createNodeReader } from '../lib/workers/nodeReader';
import { firstSentence } from './arguments';
import { timeCell } from './bench/cell';
import { describe, type Figures } from './bench/describe';
import { timeEvaluations } from './bench/evaluation';
import { measurePage } from './bench/page';
import { startPeers } from './bench/peers';
import { measurePrivacy, timeMasking } from './bench/privacy';
import { timeRounds, timeWholeRun, type RoundTiming } from './bench/rounds';
import { measureStage } from './bench/stage';
import { timeSteps } from './bench/steps';
import { roundSettings } from './bench/targets';

const say = (line: string) => console.error(line);
const readExamples = () => createDatasetStore(createNodeReader(dataFolder)).writer(0);

/** The parts of the benchmark, in order; each gives some of the figures. */
const parts: Record<string, () => Promise<Partial<Figures>>> = {
	async steps() {
		say('Timing gradient steps ...');
		const peers = await startPeers();
		const steps = await timeSteps(await readExamples(), peers);
		peers.end();
		return { steps, absences: peers.absences };
	},
	async evaluation() {
		say('Timing measurements ...');
		return { evaluations: await timeEvaluations() };
	},
	async rounds() {
		const rounds: RoundTiming[] = [];
		for (const setting of roundSettings) {
			say(`Timing rounds of ${setting.model} ...`);
			for (const numWorkers of [1, 2]) rounds.push(await timeRounds(setting, numWorkers));
		}
		return { rounds };
	},
	async runs() {
		say('Timing whole runs ...');
		return { wholeRuns: [await timeWholeRun('softmax', 1.5), await timeWholeRun('2nn', 6)] };
	},
	async cell() {
		say('Reproducing the published 2NN cell ...');
		return { cell: await timeCell() };
	},
	async masking() {
		say('Timing masked rounds against plain ones ...');
		return {
			masking: [
				await timeMasking('softmax', 10, 'training', 20),
				await timeMasking('softmax', 10, 'round', 20),
				await timeMasking('2nn', 10, 'training', 6),
				await timeMasking('2nn', 10, 'round', 6),
				await timeMasking('2nn', 48, 'training', 3)
			]
		};
	},
	async privacy() {
		say('Training under noise, clip by clip ...');
		return { privacy: await measurePrivacy() };
	},
	async stage() {
		say('Recording frames of the stage, and 200 rounds of everybody ...');
		return measureStage().then(
			(stage) => ({ stage }),
			(error: Error) => {
				say(`The stage was not measured: ${error.message}`);
				return {};
			}
		);
	},
	async page() {
		say('Measuring the page in a browser ...');
		return measurePage().then(
			(page) => ({ page }),
			(error: Error) => {
				say(`The page was not measured: ${error.message}`);
				return {};
			}
		);
	}
};

const help = `npm run bench -- [options]

  --only PARTS  some of ${Object.keys(parts).join(', ')}, separated by commas
  --json        prints the figures as JSON
  --help        show this text`;

interface BenchOptions {
	names: string[];
	isJson: boolean;
}

/** What is wished, or null where help is wanted; throws one sentence. */
function readOptions(): BenchOptions | null {
	const { values } = parseArgs({
		options: {
			json: { type: 'boolean', default: false },
			only: { type: 'string', default: Object.keys(parts).join() },
			help: { type: 'boolean', default: false }
		}
	});
	const names = values.only.split(',');
	const odd = names.find((name) => !Object.hasOwn(parts, name));
	if (odd !== undefined) {
		throw new Error(`only: expected some of ${Object.keys(parts).join(', ')}, got "${odd}"`);
	}
	return values.help ? null : { names, isJson: values.json };
}

async function main({ names, isJson }: BenchOptions): Promise<void> {
	await prepareData({ log: say });
	const figures: Partial<Figures> = {};
	for (const name of names) Object.assign(figures, await parts[name]());
	console.log(isJson ? JSON.stringify(figures, null, '\t') : `\n${describe(figures)}`);
}

try {
	const options = readOptions();
	if (options) await main(options);
	else console.log(help);
	process.exit(0);
} catch (error) {
	say(firstSentence(error));
	process.exit(1);
}
