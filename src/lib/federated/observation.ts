/**
 * The glass wall of the demonstration: what an observer sees of clients and server while they work. No message
 * of the federation: nothing here is sent to the server that averages, and the wire log does not count it.
 */

/** Numbers of a model or an update as pixels: one class, one hidden unit or a sheet of filters. */
export interface NumberPicture {
	width: number;
	height: number;
	/** Row by row, -127 to 127; `scale` is the value behind 127. Masked ones are the top bytes of ring integers. */
	pixels: Int8Array;
	scale: number;
	/** What is shown, e.g. 'class 3'. */
	subject: string;
}

/** An update at one stop of its way. */
export interface UpdateView {
	picture: NumberPicture;
	/** A few of its numbers, from the middle of the picture: floats, or integers of the ring. */
	sample: readonly number[];
	/** Euclidean norm; null for integers of the ring, which have none. */
	norm: number | null;
}

/**
 * Where the pictures of a model lie in its flat parameters: pixel i of picture p of the first layer stands at
 * `offset + i * numPictures + p`.
 */
export interface ModelLens {
	offset: number;
	numPictures: number;
	width: number;
	height: number;
	/** What one picture is: 'class', 'hidden unit' or 'filter'. */
	noun: string;
	/** Its layers; their kernels are counted in histograms. */
	layers: readonly (LayerSummary & { offset: number; length: number })[];
}

/** What a host tells about a client that has just trained. */
export interface TrainingView {
	/** Mean cross-entropy of each local step, in nats. */
	stepLosses: Float32Array;
	trained: UpdateView;
	/** Null without differential privacy. */
	clipped: UpdateView | null;
	/** With the client's own noise; null where it adds none. */
	noised: UpdateView | null;
	/** How two models do on its held-out digits; null where it has none. */
	heldOut: HeldOutView | null;
}

export interface HeldOutView {
	numExamples: number;
	/** Accuracy of the model that it received. */
	received: number;
	/** Accuracy of the model that it made of it. */
	trained: number;
}

/** What a model takes digits for; the digits themselves stay where they are. */
export interface DigitReading {
	/** What each digit is, and what the model takes it for, [numDigits]. */
	labels: Uint8Array;
	predicted: Uint8Array;
}

/** One end of a pair of clients that share a mask. */
export interface MaskEnd {
	peerId: number;
	/** Short hash of the agreed secret, in hex: equal at both ends; the secret itself stays. */
	fingerprint: string;
	/** The first integers of the mask as this end adds it, modulo 2^32: at the other end they are the negatives. */
	first: readonly number[];
}

/** What a host tells about a client that has just masked its update. */
export interface MaskingView {
	clientId: number;
	/** The picture through which its update is seen. */
	chosen: number;
	ends: MaskEnd[];
	/** The integers before masking, [1 + numParams]: what the masked sum is checked against. */
	input: Uint32Array;
}

/** One layer of a model. */
export interface LayerSummary {
	/** The shape of its kernel, e.g. '784 × 10'. */
	name: string;
	/** 'dense' or 'conv'. */
	kind: string;
	/** Kernel and biases. */
	numParams: number;
}

/** How the numbers of a layer's kernel are spread: counts of equally wide bins from `low` to `high`. */
export interface LayerHistogram extends LayerSummary {
	low: number;
	high: number;
	counts: readonly number[];
}
