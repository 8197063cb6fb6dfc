/** Parameters and updates as small pictures: a byte a number, so that whole runs of them fit in memory. */
import type { LayerHistogram, ModelLens, NumberPicture, UpdateView } from './observation';

/** Pictures of a model beyond this many are left out: 2nn alone has 200 hidden units. */
const MOST_PICTURES = 16;
/** Pictures smaller than this, in pixels a side, are shown together on one sheet. */
const LEAST_EDGE = 12;
const SAMPLE_SIZE = 6;
const NUM_BINS = 21;

/** The picture of an update that says most: that of the largest norm. */
export function strongestPicture(vector: ArrayLike<number>, lens: ModelLens): number {
	const { offset, numPictures, width, height } = lens;
	const squares = new Float64Array(numPictures);
	const end = offset + width * height * numPictures;
	for (let i = offset, p = 0; i < end; i++) {
		squares[p] += vector[i] * vector[i];
		if (++p === numPictures) p = 0;
	}
	return squares.reduce((best, square, p) => (square > squares[best] ? p : best), 0);
}

/** An update of real numbers, [numParams], seen through one picture. */
export function viewUpdate(vector: ArrayLike<number>, lens: ModelLens, chosen: number): UpdateView {
	const places = picturePlaces(lens, chosen);
	let square = 0;
	for (let i = 0; i < vector.length; i++) square += vector[i] * vector[i];
	return {
		picture: drawPicture(vector, lens, chosen, places),
		sample: samplePlaces(lens, chosen).map((place) => vector[place]),
		norm: Math.sqrt(square)
	};
}

/** Integers of the ring, [1 + numParams] with the weight at the front, seen through one picture. */
export function viewIntegers(vector: Uint32Array, lens: ModelLens, chosen: number): UpdateView {
	const { places, width, height } = picturePlaces(lens, chosen);
	const pixels = new Int8Array(places.length);
	for (let i = 0; i < places.length; i++) {
		if (places[i] >= 0) pixels[i] = vector[1 + places[i]] >> 24;
	}
	return {
		picture: { width, height, pixels, scale: 127 * 2 ** 24, subject: nameOf(lens, chosen) },
		sample: samplePlaces(lens, chosen).map((place) => vector[1 + place]),
		norm: null
	};
}

/** The numbers of the sample before masking, as the integers that code them; `vector` is [1 + numParams]. */
export function sampleIntegers(vector: Int32Array, lens: ModelLens, chosen: number): number[] {
	return samplePlaces(lens, chosen).map((place) => vector[1 + place]);
}

/** The first layer of a model as pictures of one common scale. */
export function drawModel(params: ArrayLike<number>, lens: ModelLens): NumberPicture[] {
	const numPictures = isSheet(lens) ? 1 : Math.min(lens.numPictures, MOST_PICTURES);
	const plans = Array.from({ length: numPictures }, (_, p) => picturePlaces(lens, p));
	const scale = Math.max(...plans.map(({ places }) => largest(params, places)));
	return plans.map((plan, p) => drawPicture(params, lens, p, plan, scale));
}

/** How the numbers of each layer are spread, over one symmetric range a layer. */
export function drawHistograms(params: ArrayLike<number>, lens: ModelLens): LayerHistogram[] {
	return lens.layers.map(({ name, kind, numParams, offset, length }) => {
		let high = 0;
		for (let i = offset; i < offset + length; i++) high = greater(high, params[i]);
		const counts = new Array<number>(NUM_BINS).fill(0);
		for (let i = offset; i < offset + length; i++) {
			const share = high > 0 ? (params[i] + high) / (2 * high) : 0.5;
			if (Number.isFinite(share)) counts[Math.min(NUM_BINS - 1, Math.floor(share * NUM_BINS))]++;
		}
		return { name, kind, numParams, low: -high, high, counts };
	});
}

interface PicturePlan {
	/** Place of each pixel in the flat parameters; -1 between the pictures of a sheet. */
	places: Int32Array;
	width: number;
	height: number;
}

function drawPicture(
	vector: ArrayLike<number>,
	lens: ModelLens,
	chosen: number,
	{ places, width, height }: PicturePlan,
	scale = largest(vector, places)
): NumberPicture {
	const unit = scale > 0 ? 127 / scale : 0;
	const pixels = new Int8Array(places.length);
	for (let i = 0; i < places.length; i++) {
		if (places[i] >= 0) pixels[i] = Math.round(vector[places[i]] * unit);
	}
	return { width, height, pixels, scale, subject: nameOf(lens, chosen) };
}

/** Plans by lens and picture: hundreds of updates a round are seen through the same few. */
const knownPlans = new WeakMap<ModelLens, Map<number, PicturePlan>>();

function picturePlaces(lens: ModelLens, chosen: number): PicturePlan {
	const plans = knownPlans.get(lens) ?? new Map<number, PicturePlan>();
	knownPlans.set(lens, plans);
	const number = isSheet(lens) ? 0 : chosen;
	const plan = plans.get(number) ?? layPicture(lens, number);
	plans.set(number, plan);
	return plan;
}

function layPicture(lens: ModelLens, chosen: number): PicturePlan {
	if (isSheet(lens)) return sheetPlaces(lens);
	const { width, height } = lens;
	const places = new Int32Array(width * height);
	for (let i = 0; i < places.length; i++) places[i] = placeOf(lens, chosen, i);
	return { places, width, height };
}

/** All pictures in rows, a pixel apart. */
function sheetPlaces(lens: ModelLens): PicturePlan {
	const { numPictures, width, height } = lens;
	const numColumns = Math.ceil(Math.sqrt(numPictures));
	const sheetWidth = numColumns * (width + 1) - 1;
	const sheetHeight = Math.ceil(numPictures / numColumns) * (height + 1) - 1;
	const places = new Int32Array(sheetWidth * sheetHeight).fill(-1);
	for (let p = 0; p < numPictures; p++) {
		const left = (p % numColumns) * (width + 1);
		const top = Math.floor(p / numColumns) * (height + 1);
		for (let i = 0; i < width * height; i++) {
			const at = (top + Math.floor(i / width)) * sheetWidth + left + (i % width);
			places[at] = placeOf(lens, p, i);
		}
	}
	return { places, width: sheetWidth, height: sheetHeight };
}

/** Neighbouring pixels of the middle row: at the border, digits are always blank. */
function samplePlaces(lens: ModelLens, chosen: number): number[] {
	const { width, height } = lens;
	const count = Math.min(SAMPLE_SIZE, width);
	const first = Math.floor(height / 2) * width + Math.floor((width - count) / 2);
	return Array.from({ length: count }, (_, i) => placeOf(lens, chosen, first + i));
}

function placeOf({ offset, numPictures }: ModelLens, picture: number, pixel: number): number {
	return offset + pixel * numPictures + picture;
}

function isSheet({ width, height }: ModelLens): boolean {
	return Math.max(width, height) < LEAST_EDGE;
}

function nameOf(lens: ModelLens, chosen: number): string {
	return isSheet(lens) ? `${lens.numPictures} ${lens.noun}s` : `${lens.noun} ${chosen}`;
}

function largest(vector: ArrayLike<number>, places: Int32Array): number {
	let most = 0;
	for (let i = 0; i < places.length; i++) {
		if (places[i] >= 0) most = greater(most, vector[places[i]]);
	}
	return most;
}

/** The greater magnitude. A model that has diverged holds numbers that are none: they count for nothing. */
function greater(most: number, value: number): number {
	const magnitude = Math.abs(value);
	return magnitude > most && magnitude < Infinity ? magnitude : most;
}
