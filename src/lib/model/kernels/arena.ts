/**
 * The memory of one model's kernels, laid out once: plan, parameters, activations, gradients of a chunk of
 * examples; the examples of a call stand behind them. Field numbers are those of assembly/plan.ts.
 * A memory of our own, not that of tfjs: nothing else grows or moves it, so addresses hold for good, the
 * built-in models start without tfjs, and copying the parameters in and out takes 0.1 ms for 2nn (memcpy).
 */
import { KERNEL_SIDE, type Layer, type ModelSpec } from '../modelSpec';

const PAGE_BYTES = 65536;
const VECTOR_FLOATS = 4;
const FLOAT_BYTES = 4;
const DOUBLE_BYTES = 8;
/** What a list holds: where a row stands, and its weight. */
export const ENTRY_BYTES = 8;
/** Where a list begins or ends. */
export const ADDRESS_BYTES = 4;
const ALIGNMENT = 64;
/** Below this a compiled module may keep constants of its own. */
const FIRST_ADDRESS = 4096;
/** Most examples of a dense or of a convolutional model that are worked on at a time. */
const CHUNK_ROWS = { dense: 64, conv: 32 };
/** Kinds of layers: dense, convolution, and the dense layer that sees the digits. */
const KIND = { dense: 0, conv: 1, ink: 2 };
const PLAN_FIELDS = 28;
const LAYER_FIELDS = 20;

/** Addresses of the plan's fields, in 4-byte steps. */
export const planField = {
	...{ numLayers: 0, layers: 1, chunkRows: 2, params: 3, paramsEnd: 4, gradients: 5, anchor: 6 },
	...{ correction: 7, images: 8, labels: 9, batchSizes: 10, numBatches: 11, losses: 12 },
	...{ predicted: 13, rowLosses: 14, lists: 15, map: 16, table: 17, kernelGradient: 18 },
	...{ learningRate: 19, mu: 20, patch: 23, inkStarts: 24, columns: 25, columnEnds: 26 },
	...{ listStarts: 27 }
} as const;

export interface PlacedLayer {
	/** Addresses of the first kernel row and of the bias. */
	kernel: number;
	bias: number;
	/** Rows of the kernel, and floats from one to the next. */
	numRows: number;
	width: number;
}

export interface Arena {
	readonly memory: WebAssembly.Memory;
	/** Address of the plan, what every kernel takes. */
	readonly plan: number;
	readonly params: number;
	readonly paramsBytes: number;
	readonly layers: readonly PlacedLayer[];
	readonly chunkRows: number;
	/** Everything that was taken so far, with at least a vector between two blocks. */
	readonly blocks: readonly { address: number; numBytes: number }[];
	/** Takes more room for good. Throws a RangeError where the machine has no more. */
	allocate(numBytes: number): number;
	/** Writes a field of the plan. */
	setInt(field: keyof typeof planField, value: number): void;
	setFloat(field: keyof typeof planField, value: number): void;
}

export function createArena(spec: ModelSpec): Arena {
	let end = FIRST_ADDRESS;
	const memory = new WebAssembly.Memory({ initial: 1 });
	const blocks: { address: number; numBytes: number }[] = [];

	function allocate(numBytes: number): number {
		const address = Math.ceil(end / ALIGNMENT) * ALIGNMENT;
		// A vector more: the last reads of a list or a patch may reach past their end.
		end = address + numBytes + ALIGNMENT;
		blocks.push({ address, numBytes });
		const missing = end - memory.buffer.byteLength;
		if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
		return address;
	}

	const chunkRows = CHUNK_ROWS[spec.layers[0].kind];
	const plan = allocate(PLAN_FIELDS * 4);
	const records = allocate(spec.layers.length * LAYER_FIELDS * 4);
	const { layers, params, paramsBytes } = placeParams(spec, allocate);
	const fields = placeActivations(spec, layers, chunkRows, allocate);
	fields.forEach((values, i) => {
		new Int32Array(memory.buffer, records + i * LAYER_FIELDS * 4, LAYER_FIELDS).set(values);
	});
	const at = (field: keyof typeof planField) => plan + planField[field] * 4;
	const setInt = (field: keyof typeof planField, value: number) =>
		new DataView(memory.buffer).setInt32(at(field), value, true);

	setInt('numLayers', layers.length);
	setInt('layers', records);
	setInt('chunkRows', chunkRows);
	setInt('params', params);
	setInt('paramsEnd', params + paramsBytes);
	setInt('rowLosses', allocate(chunkRows * DOUBLE_BYTES));
	const scratch = scratchBytes(spec, chunkRows);
	for (const name of scratchNames) {
		setInt(name, allocate(scratch[name]));
	}
	return {
		...{ memory, plan, params, paramsBytes, layers, chunkRows, blocks, allocate, setInt },
		setFloat: (field, value) => new DataView(memory.buffer).setFloat32(at(field), value, true)
	};
}

const roundUp = (floats: number) => Math.ceil(floats / VECTOR_FLOATS) * VECTOR_FLOATS;
const numRowsOf = ({ kind, numInputs }: Layer) =>
	kind === 'conv' ? KERNEL_SIDE ** 2 * numInputs : numInputs;
/** Pixels along a side of a padded image. */
const paddedSide = (side: number) => side + KERNEL_SIDE - 1;
/** Floats of one line of a kernel, in whole vectors. */
const lineFloats = ({ numInputs }: Layer) => roundUp(KERNEL_SIDE * numInputs);

function placeParams(spec: ModelSpec, allocate: Arena['allocate']) {
	const sizes = spec.layers.map((layer) => {
		const [numRows, width] = [numRowsOf(layer), roundUp(layer.numOutputs)];
		return { numRows, width, numBytes: (numRows + 1) * width * FLOAT_BYTES };
	});
	const paramsBytes = sizes.reduce((sum, { numBytes }) => sum + numBytes, 0);
	const params = allocate(paramsBytes);
	let kernel = params;
	const layers = sizes.map(({ numRows, width, numBytes }): PlacedLayer => {
		const placed = { kernel, bias: kernel + numRows * width * FLOAT_BYTES, numRows, width };
		kernel += numBytes;
		return placed;
	});
	return { params, paramsBytes, layers };
}

/** What goes into a layer for one example: a padded image, activations, or the list of its ink. */
function bytesOfInput(layer: Layer, isFirst: boolean): number {
	if (layer.kind === 'conv') return paddedSide(layer.side) ** 2 * layer.numInputs * FLOAT_BYTES;
	return isFirst ? (layer.numInputs + 2) * ENTRY_BYTES : roundUp(layer.numInputs) * FLOAT_BYTES;
}

/** The record of each layer: what it reads and writes. */
function placeActivations(
	{ layers }: ModelSpec,
	placed: readonly PlacedLayer[],
	chunkRows: number,
	allocate: Arena['allocate']
): number[][] {
	const perChunk = (floats: number) => allocate(chunkRows * floats * FLOAT_BYTES);
	const inputBytes = layers.map((layer, i) => bytesOfInput(layer, i === 0));
	const inputs = inputBytes.map((numBytes) => allocate(chunkRows * numBytes));
	const outputFloats = (layer: Layer, width: number) =>
		layer.kind === 'conv' ? (layer.side / 2) ** 2 * width : width;
	const gradients = layers.map((layer, i) => perChunk(outputFloats(layer, placed[i].width)));
	return layers.map((layer, i) => {
		const { kernel, bias, width, numRows } = placed[i];
		const next = layers[i + 1] as Layer | undefined;
		const isConv = layer.kind === 'conv';
		const side = isConv ? layer.side : 0;
		const gradientBytes = outputFloats(layer, width) * FLOAT_BYTES;
		const line = (next?.kind === 'conv' ? paddedSide(next.side) : side / 2) * width * FLOAT_BYTES;
		const inside = next?.kind === 'conv' ? 2 * line + 2 * width * FLOAT_BYTES : 0;
		const isFirst = i === 0;
		return [
			...[
				KIND[isFirst && !isConv ? 'ink' : layer.kind],
				Number(!next),
				kernel,
				bias,
				layer.numInputs,
				width,
				layer.numOutputs
			],
			...[inputs[i], inputBytes[i]],
			...(next ? [inputs[i + 1] + inside, inputBytes[i + 1]] : [gradients[i], gradientBytes]),
			...[gradients[i], gradientBytes],
			...(isFirst ? [0, 0] : [gradients[i - 1], inputGradientBytes(layer)]),
			...[side, line],
			isConv ? perChunk(outputFloats(layer, width)) : 0,
			isConv && !isFirst ? allocate((numRows + 1) * width * FLOAT_BYTES) : 0,
			isConv && !isFirst ? allocate(inputBytes[i]) : 0
		];
	});
}

/** From one example to the next in the gradient by what goes into the layer: no padding. */
function inputGradientBytes(layer: Layer): number {
	const floats =
		layer.kind === 'conv' ? layer.side ** 2 * layer.numInputs : roundUp(layer.numInputs);
	return floats * FLOAT_BYTES;
}

const scratchNames = [
	...(['lists', 'map', 'table', 'patch', 'kernelGradient'] as const),
	...(['listStarts', 'inkStarts', 'columns', 'columnEnds'] as const)
] as const;

/** Room that layers take turns in, for the largest of them. */
function scratchBytes({ layers }: ModelSpec, chunkRows: number) {
	const sizes = Object.fromEntries(scratchNames.map((name) => [name, 0])) as Record<
		(typeof scratchNames)[number],
		number
	>;
	const need = (name: keyof typeof sizes, numBytes: number) => {
		sizes[name] = Math.max(sizes[name], numBytes);
	};
	for (const layer of layers) {
		if (layer.kind !== 'conv') {
			need('lists', (chunkRows * layer.numInputs + 1) * ENTRY_BYTES);
			need('listStarts', (chunkRows + 1) * ADDRESS_BYTES);
			continue;
		}
		const { side, numInputs, numOutputs } = layer;
		// An image, pixel by pixel; winners of the pool, four channels side by side.
		need('lists', (side ** 2 * numInputs + 1) * ENTRY_BYTES);
		need('lists', (4 * chunkRows * (side / 2) ** 2 + 1) * ENTRY_BYTES);
		need('map', side ** 2 * roundUp(numOutputs) * FLOAT_BYTES);
		need('patch', (KERNEL_SIDE ** 2 * numInputs + 1) * ENTRY_BYTES);
		need('table', paddedSide(side) * (paddedSide(side) + 1) * FLOAT_BYTES);
		need('kernelGradient', 4 * KERNEL_SIDE * lineFloats(layer) * FLOAT_BYTES);
	}
	if (layers[0].kind === 'dense') {
		need('inkStarts', (chunkRows + 1) * ADDRESS_BYTES);
		need('columns', chunkRows * layers[0].numInputs * ENTRY_BYTES);
		need('columnEnds', layers[0].numInputs * ADDRESS_BYTES);
	}
	return sizes;
}
