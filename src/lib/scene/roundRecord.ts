/**
 * One round as the stage plays it: what happened, to whom, with which numbers. Filled event by event
 * while the engine runs; a phase can be drawn as soon as its part is there, and as often as wished.
 * Picture = pure function of (records, playhead), so stepping back shows exactly what was shown before.
 */
import type {
	AggregationFailed,
	AggregationStageClosed,
	RoundMetrics,
	SumUnmasked
} from '../federated/events';

/** The ten phases of a round, in order. `clip`, `mask` and `unmask` have nothing to show in some runs. */
export const phases = [
	'choose',
	'broadcast',
	'train',
	'clip',
	'mask',
	'upload',
	'sum',
	'unmask',
	'apply',
	'evaluate'
] as const;
export type Phase = (typeof phases)[number];

/** Where the reader looks: a round, a phase of it, and how far its motion has come, 0 to 1. */
export interface Playhead {
	roundNum: number;
	phase: Phase;
	progress: number;
}

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
	/** Its first few numbers, floats or integers of the ring. */
	first: readonly number[];
	/** Euclidean norm; null for masked integers, which have none. */
	norm: number | null;
}

/** One chosen client in one round. Stops that the run does not have, or that it never reached, are null. */
export interface ClientRound {
	id: number;
	numExamples: number;
	/** The last phase it took part in when it fell silent; null when it stayed. */
	droppedIn: Phase | null;
	isTrained: boolean;
	/** Mean cross-entropy of each local step, in nats, in order. */
	stepLosses: readonly number[];
	/** Mean over its steps. */
	loss: number | null;
	/** Bytes that it received and sent so far in this round. */
	bytesDown: number;
	bytesUp: number;
	/** As trained; after clipping; after its own noise; as integers of the ring under masks. */
	trained: UpdateView | null;
	clipped: UpdateView | null;
	noised: UpdateView | null;
	masked: UpdateView | null;
}

/** What stands at the server in one round. */
export interface ServerRound {
	/** Pictures of the global model before and after the round. */
	before: readonly NumberPicture[];
	after: readonly NumberPicture[] | null;
	/** The masked sum after each arrival, in order of ids; empty without masks. */
	runningSums: readonly UpdateView[];
	/** The sum or mean without masks. */
	sum: UpdateView | null;
	/** How many of the numbers of the unmasked sum differ from the plain integer sum; null without masks. */
	numDiffering: number | null;
	deltaNorm: number | null;
}

export interface RoundRecord {
	roundNum: number;
	/** Chosen clients, ascending by id. */
	clients: readonly ClientRound[];
	/** Phases whose data is complete, in order: the playhead may enter these. */
	reached: readonly Phase[];
	/** Pairs that share a mask, lower id first: the lower adds, the higher subtracts. */
	pairs: readonly (readonly [number, number])[];
	stages: readonly AggregationStageClosed[];
	outcome: SumUnmasked | AggregationFailed | null;
	server: ServerRound;
	/** Null until the round is complete. */
	metrics: RoundMetrics | null;
}
