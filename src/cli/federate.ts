/** `npm run federate`: a whole run from the command line, on the same engine as the page. */
import { readFileSync } from 'node:fs';
import { dataFolder, prepareData } from '../build/prepareData';
import type { RoundMetrics } from '../lib/federated/events';
import type { RoundEvaluation } from '../lib/federated/records';
import { createNodeHost } from '../lib/workers/nodeHost';
import { describeArguments, parseFederateArguments, type FederateArguments } from './arguments';
import { createProgress, percent } from './progress';
import { openResultFiles } from './resultFiles';

async function federate({ config, out, numWorkers }: FederateArguments): Promise<number> {
	const progress = createProgress(process.stderr);
	await prepareData({ log: () => {} });
	const files = openResultFiles(out, config);
	const host = createNodeHost({ dataFolder, numWorkers });
	let isInterrupted = false;
	// Heard again and again: a terminal, npm and the loader may each pass the same Ctrl-C on.
	const interrupt = () => void (isInterrupted = true);
	process.on('SIGINT', interrupt);
	process.on('SIGTERM', interrupt);

	let last: RoundMetrics | null = null;
	let clients: RoundEvaluation['perClient'] = [];
	let params: Float32Array = new Float32Array();
	let notes: string[] = [];
	let machine: readonly string[] = [];
	try {
		await host.startRun(config);
		params = await host.params();
		for (;;) {
			const { done, value: event } = await host.next();
			if (done || isInterrupted) break;
			if (event.type === 'RunStarted') {
				notes = event.notes;
				machine = event.machine ?? [];
				files.settle(event.config);
				[...notes, ...machine].forEach(progress.say);
			} else if (event.type === 'ModelEvaluated') clients = event.evaluation.perClient;
			else if (event.type === 'ClientRetried') {
				progress.say(`Client ${event.clientId} starts again: ${event.reason}.`);
			} else if (event.type === 'MaskingRetried') {
				const { roundNum, clientIds, areLost, reason } = event;
				const loss = areLost ? 'lost are the keys of' : 'masking starts again for';
				progress.say(
					`In round ${roundNum}, ${loss} ${clientIds.length} of its clients: ${reason}.`
				);
			} else if (event.type === 'MeasuringRetried') {
				progress.say(`The ${event.task} of round ${event.roundNum} starts again: ${event.reason}.`);
			} else if (event.type === 'RoundCompleted') {
				last = event.metrics;
				params = await host.params();
				files.addRound(last);
				progress.round(last, config.rounds);
			}
		}
		progress.end();
		files.finish(params, last, clients, { notes, machine });
	} finally {
		await host.dispose();
	}
	progress.say(describeOutcome(last, out, isInterrupted));
	return isInterrupted ? 130 : 0;
}

function describeOutcome(last: RoundMetrics | null, out: string, isInterrupted: boolean): string {
	const rounds = `${last?.round ?? 0} round${last?.round === 1 ? '' : 's'}`;
	const head = isInterrupted ? `Stopped after ${rounds}` : `Done after ${rounds}`;
	const centralized = last?.centralized
		? `; all data in one place ${percent(last.centralized.unseen.accuracy)}`
		: '';
	const alone = last?.localOnly
		? `; each writer alone ${percent(last.localOnly.unseenAccuracy)}`
		: '';
	return `${head}${centralized}${alone}. Results in ${out}.`;
}

const parsed = parseFederateArguments(process.argv.slice(2), (path) => readFileSync(path, 'utf8'));
if (parsed.kind === 'help') console.log(describeArguments());
else if (parsed.kind === 'refused') {
	for (const sentence of parsed.sentences) console.error(sentence);
	process.exit(1);
} else {
	federate(parsed.arguments).then(
		(exitCode) => process.exit(exitCode),
		(error: unknown) => {
			console.error(error instanceof Error ? error.message : String(error));
			process.exit(1);
		}
	);
}
