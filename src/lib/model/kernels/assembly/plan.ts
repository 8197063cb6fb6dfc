// What a call works on, as records of 4-byte fields in memory. Its twin that writes them is ../arena.ts.

// The plan of a call.
export const NUM_LAYERS: usize = 0;
export const LAYERS: usize = 4;
/** Examples that are worked on at a time; a larger batch sums its gradients chunk by chunk. */
export const CHUNK_ROWS: usize = 8;
/** All parameters, layer after layer, rows padded to whole vectors: from here ... */
export const PARAMS: usize = 12;
/** ... to here. */
export const PARAMS_END: usize = 16;
/** Summed gradients of a batch of several chunks, laid out like the parameters. */
export const GRADIENTS: usize = 20;
/** Where the proximal term pulls to, laid out like the parameters; 0 for no such term. */
export const ANCHOR: usize = 24;
/** Added to every gradient, laid out like the parameters; 0 for none. */
export const CORRECTION: usize = 28;
/** Ink of the examples in order, [numExamples, 784] bytes. */
export const IMAGES: usize = 32;
export const LABELS: usize = 36;
/** Sizes of the batches, int32. */
export const BATCH_SIZES: usize = 40;
export const NUM_BATCHES: usize = 44;
/** float64: of each batch when training, of each example when predicting. */
export const LOSSES: usize = 48;
/** The most probable class of each example, a byte; only when predicting. */
export const PREDICTED: usize = 52;
/** float64 [CHUNK_ROWS]. */
export const ROW_LOSSES: usize = 56;
/** Room for lists (see weightedRows): of all examples of a chunk where a layer is dense. */
export const LISTS: usize = 60;
/** Room for one example's feature map before the pool. */
export const MAP: usize = 64;
/** Room for the table that finds a pixel's entries in a list. */
export const TABLE: usize = 68;
/** Room for the kernel gradient of four channels. */
export const KERNEL_GRADIENT: usize = 72;
/** float32. */
export const LEARNING_RATE: usize = 76;
/** float32, strength of the proximal term. */
export const MU: usize = 80;
/** 1 where zeros must be multiplied too: some value may be infinite or NaN. */
export const KEEPS_ZEROS: usize = 84;
/** float32, no parameter is larger than this. */
export const BOUND: usize = 88;

/** Room for the list of one patch. */
export const PATCH: usize = 92;
/** Where the list of each example's ink begins, and the last ends, [CHUNK_ROWS + 1]. */
export const INK_STARTS: usize = 96;
/** Room for the ink of all examples of a chunk, pixel by pixel, and where each pixel's ends. */
export const COLUMNS: usize = 100;
export const COLUMN_ENDS: usize = 104;
/** Where the list of each row of a dense layer begins, and the last ends, [CHUNK_ROWS + 1]. */
export const LIST_STARTS: usize = 108;

// The plan of a layer.
export const KIND: usize = 0;
export const DENSE: i32 = 0;
export const CONV: i32 = 1;
/** The dense layer that sees the digits: its INPUT are lists. */
export const INK: i32 = 2;
export const IS_LAST: usize = 4;
export const KERNEL: usize = 8;
export const BIAS: usize = 12;
/** Units or channels that go in. */
export const NUM_INPUTS: usize = 16;
/** Units or channels that come out, rounded up to whole vectors. */
export const WIDTH: usize = 20;
export const NUM_OUTPUTS: usize = 24;
/** Activations that go in, and from one example to the next. */
export const INPUT: usize = 28;
export const INPUT_BYTES: usize = 32;
/** Activations that come out, and from one example to the next. */
export const OUTPUT: usize = 36;
export const OUTPUT_BYTES: usize = 40;
/** Gradient of the loss by what comes out, and from one example to the next. */
export const GRADIENT: usize = 44;
export const GRADIENT_BYTES: usize = 48;
/** Gradient by what goes in, 0 for the first layer; and from one example to the next. */
export const INPUT_GRADIENT: usize = 52;
export const INPUT_GRADIENT_BYTES: usize = 56;
/** Pixels along a side of a feature map. */
export const SIDE: usize = 60;
/** From one line of the pooled output to the next. */
export const OUTPUT_LINE_BYTES: usize = 64;
/** For each pooled value the place of the patch that won it, in bytes within the padded input, int32. */
export const WINNERS: usize = 68;
/** The kernel, channel that comes out first; 0 for the first layer. */
export const TRANSPOSED: usize = 72;
/** Room for one example's gradient by its padded input; 0 for the first layer. */
export const PADDED_GRADIENT: usize = 76;
export const LAYER_BYTES: usize = 80;
