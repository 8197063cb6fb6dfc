/**
 * Cells of Tables 1 and 2 of McMahan et al. 2017 (arXiv 1602.05629) on MNIST: 100 clients of 600 digits, rounds until
 * the test accuracy reaches the target. Names: table, model, split, then whatever the table varies.
 */

export interface Cell {
	name: string;
	model: '2nn' | 'cnn';
	/** Shuffled, or sorted by label and dealt in shards, two a client. */
	split: 'iid' | 'shards';
	/** Share of the clients in a round; 0 means one client. */
	fraction: number;
	epochs: number;
	/** Digits in a step; 0 takes all of a client at once. */
	batchSize: number;
	/** Test accuracy to reach. */
	target: number;
	/** Rounds it took there; null where it was not reached. */
	publishedRounds: number | null;
}

export const NUM_CLIENTS = 100;

type Column = readonly (number | null)[];

/** Rows C = 0, 0.1, 0.2, 0.5 and 1. */
const fractions = [0, 0.1, 0.2, 0.5, 1];

const tableOne = [
	...columns('2nn', 1, 0.97, {
		'iid/Binf': [1455, 1474, 1658, null, null],
		'iid/B10': [316, 87, 77, 75, 70],
		'shards/Binf': [4278, 1796, 1528, null, null],
		'shards/B10': [3275, 664, 619, 443, 380]
	}),
	...columns('cnn', 5, 0.99, {
		'iid/Binf': [387, 339, 337, 164, 246],
		'iid/B10': [50, 18, 18, 18, 16],
		'shards/Binf': [1181, 1100, 978, 1067, null],
		'shards/B10': [956, 206, 200, 261, 97]
	})
];

/** E, B, and the rounds on shuffled and on sorted digits; the first row is FedSGD. All with C = 0.1. */
const tableTwo = [
	[1, 0, 626, 483],
	[5, 0, 179, 1000],
	[1, 50, 65, 600],
	[20, 0, 234, 672],
	[1, 10, 34, 350],
	[5, 50, 29, 334],
	[20, 50, 32, 426],
	[5, 10, 20, 229],
	[20, 10, 18, 173]
].flatMap(([epochs, batchSize, ...rounds]) =>
	(['iid', 'shards'] as const).map((split, i): Cell => ({
		name: `table2/cnn/${split}/E${epochs}/B${batchSize || 'inf'}`,
		model: 'cnn',
		split,
		fraction: 0.1,
		epochs,
		batchSize,
		target: 0.99,
		publishedRounds: rounds[i]
	}))
);

export const cells: readonly Cell[] = [...tableOne, ...tableTwo];

/** What is reproduced unless told otherwise: FedAvg at its best known setting, on both splits. */
export const defaultCells = ['table1/2nn/iid/B10/C0.1', 'table1/2nn/shards/B10/C0.1'];

function columns(
	model: Cell['model'],
	epochs: number,
	target: number,
	published: Record<`${Cell['split']}/${'Binf' | 'B10'}`, Column>
): Cell[] {
	return Object.entries(published).flatMap(([column, rounds]) => {
		const split = column.startsWith('iid') ? 'iid' : 'shards';
		const batchSize = column.endsWith('Binf') ? 0 : 10;
		return fractions.map((fraction, row) => ({
			name: `table1/${model}/${column}/C${fraction}`,
			model,
			split,
			fraction,
			epochs,
			batchSize,
			target,
			publishedRounds: rounds[row]
		}));
	});
}
