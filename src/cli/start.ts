/** `npm start`: prepares the data, builds the site and serves it on this computer. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { preview, type PreviewServer } from 'vite';
import { compileKernels } from '../build/compileKernels';
import { prepareData } from '../build/prepareData';

const defaultPort = 4173;
const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

const help = `npm start -- [options]

  --port <number>  port to serve on; the next free one is used where it is taken (default ${defaultPort})
  --host           also serve the other computers of this network
  --help           show this text`;

interface StartOptions {
	port: number;
	isOpenToNetwork: boolean;
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exit(1);
});

async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (!options) return console.log(help);
	process.chdir(projectFolder);
	console.log('Many Hands');
	console.log('Preparing the data ...');
	await prepareData({ log: (line) => console.log(`  ${line}`) });
	await compileKernels({ log: (line) => console.log(`  ${line}`) });
	console.log('Building the site ...');
	await buildSite();
	const server = await serve(options);
	announce(server, options);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void server.close().finally(() => process.exit(0)));
	}
}

/** The options of the command line, or null where help is wanted; throws one sentence. */
function readOptions(args: string[]): StartOptions | null {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: String(defaultPort) },
			host: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false }
		}
	});
	if (values.help) return null;
	const port = Number(values.port);
	if (!Number.isInteger(port) || port < 1 || port > 65535) {
		throw new Error(`--port: expected a whole number from 1 to 65535, got "${values.port}"`);
	}
	return { port, isOpenToNetwork: values.host };
}

/** Builds in a process of its own, whose chatter is shown only where the build fails. */
function buildSite(): Promise<void> {
	const startMs = performance.now();
	return new Promise((resolve, reject) => {
		const args = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'];
		const child = spawn(process.execPath, args, {
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let output = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			if (code !== 0) {
				reject(
					new Error(`${output}The site could not be built (${signal ?? `exit code ${code}`}).`)
				);
				return;
			}
			console.log(`  Built in ${((performance.now() - startMs) / 1000).toFixed(1)} s.`);
			resolve();
		});
	});
}

async function serve({ port, isOpenToNetwork }: StartOptions): Promise<PreviewServer> {
	try {
		return await preview({
			logLevel: 'error',
			preview: { port, host: isOpenToNetwork, strictPort: false, open: false }
		});
	} catch (error) {
		throw new Error(`The site could not be served: ${(error as Error).message}`, { cause: error });
	}
}

function announce({ resolvedUrls, httpServer }: PreviewServer, options: StartOptions): void {
	const address = httpServer.address();
	if (address && typeof address === 'object' && address.port !== options.port) {
		console.log(`Port ${options.port} is taken; using ${address.port}.`);
	}
	console.log('\nMany Hands is ready:');
	for (const url of resolvedUrls?.local ?? []) console.log(`  ${url}`);
	for (const url of resolvedUrls?.network ?? []) console.log(`  ${url} (for this network)`);
	console.log('Ctrl-C ends it.');
}
