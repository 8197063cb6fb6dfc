/**
 * One round as the stage plays it: what happened, to whom, with which numbers. Filled event by event
 * while the engine runs; a phase can be drawn as soon as its part is there, and as often as wished.
 * Picture = pure function of (records, playhead), so stepping back shows exactly what was shown before.
 */
import type { RoundMetrics } from '../federated/events';
import type { MaskColumns } from '../federated/maskColumns';
import type {
	AggregationFailed,
	AggregationStageClosed,
	SumUnmasked
} from '../federated/maskingEvents';
import type {
	HeldOutView,
	LayerHistogram,
	NumberPicture,
	UpdateView
} from '../federated/observation';
import type { RoundEvaluation } from '../federated/records';

export type { HeldOutView, LayerHistogram, NumberPicture, UpdateView };

/** The ten phases of a round, in order. A run has those of `phasesOf` alone: not all have masks or clips. */
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

/** One chosen client in one round. Stops that the run does not have, or that it never reached, are null. */
export interface ClientRound {
	id: number;
	numExamples: number;
	/** The last phase it took part in when it fell silent; null when it stayed. */
	droppedIn: Phase | null;
	/** Silenced by the reader, outside of the seed. */
	isByHand: boolean;
	hasStarted: boolean;
	isTrained: boolean;
	/** Mean cross-entropy of each local step, in nats, in order; empty in runs that nobody observes. */
	stepLosses: ArrayLike<number>;
	/** Mean over its steps. */
	loss: number | null;
	/** Euclidean norm of its update as trained. */
	deltaNorm: number | null;
	/** Bytes that it received and sent so far in this round. */
	bytesDown: number;
	bytesUp: number;
	/** As trained; after clipping; after its own noise; as integers of the ring under masks. */
	trained: UpdateView | null;
	clipped: UpdateView | null;
	noised: UpdateView | null;
	masked: UpdateView | null;
	/** The sample of the masked one before masking, as integers. */
	coded: readonly number[] | null;
	/** Its public key for masks in hex, shortened. */
	publicKey: string | null;
	/** On its held-out digits: the model it received and the model it trained. */
	heldOut: HeldOutView | null;
}

/** What stands at the server in one round. */
export interface ServerRound {
	/** Pictures of the global model before and after the round. */
	before: readonly NumberPicture[];
	after: readonly NumberPicture[] | null;
	/** What the round added to the model. */
	change: readonly NumberPicture[] | null;
	/** How the numbers of each layer are spread after the round. */
	histograms: readonly LayerHistogram[] | null;
	/** The masked sum after each arrival, in order of ids; empty without masks. */
	runningSums: readonly UpdateView[];
	/** The same sums as they would stand there without masks; the server never has them. */
	plainSums: readonly UpdateView[];
	/** Ids behind the running sums, in their order. */
	arrivedIds: readonly number[];
	/** The whole sum once all masks are off it, as the server has it; null where it stays masked. */
	unmasked: UpdateView | null;
	/** The mean update that all masks are off; null where there was no sum. */
	sum: UpdateView | null;
	/** The mean with the server's own noise; null where it adds none. */
	noised: UpdateView | null;
	/** How many of the numbers of the unmasked sum differ from the plain integer sum; null without masks. */
	numDiffering: number | null;
	/** How many were compared. */
	numCompared: number;
	/** Clients behind the mean; null before it is made. */
	numAveraged: number | null;
	deltaNorm: number | null;
}

export interface RoundRecord {
	roundNum: number;
	/** Updates travel under masks. */
	isMasked: boolean;
	/** Chosen clients, ascending by id. */
	clients: readonly ClientRound[];
	/** Phases of this run whose data is complete, in order: the playhead may enter these. */
	reached: readonly Phase[];
	/** Pairs that share a mask, lower id first: the lower adds, the higher subtracts. */
	pairs: readonly (readonly [number, number])[];
	/** What is told of their masks; null in runs that nobody observes, and in thinned rounds. */
	masks: MaskColumns | null;
	/** In the order of the protocol. How maskedInput closes is expected from `mask` on, and certain from `upload` on. */
	stages: readonly AggregationStageClosed[];
	outcome: SumUnmasked | AggregationFailed | null;
	server: ServerRound;
	/** Null until it is measured, and in rounds that are not. */
	evaluation: RoundEvaluation | null;
	/** Null until the round is complete. */
	metrics: RoundMetrics | null;
	/** Its pictures of updates, step losses and pairs were let go to bound the memory; the figures stay. */
	isThinned: boolean;
}
