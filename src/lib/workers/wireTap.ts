/** Writes what crosses between server and clients into the wire log. */
import type { EvaluationMessage } from '../federated/federation';
import { messageBytes } from '../federated/messageBytes';
import type { BroadcastMessage, ClientOutput, EvaluationResult } from '../federated/records';
import type { SecureRequest } from '../federated/secureParticipant';
import { requestBytes } from '../federated/secureStage';
import type { WireRecorder } from '../federated/wireLog';
import { messageBytes as secureMessageBytes, type ClientMessage } from '../masking/messages';

export function logBroadcast(recorder: WireRecorder, message: BroadcastMessage): void {
	recorder.record({
		roundNum: message.roundNum,
		party: 'client',
		id: message.clientId,
		direction: 'down',
		kind: 'model',
		numBytes: messageBytes(message)
	});
}

export function logOutput(recorder: WireRecorder, roundNum: number, output: ClientOutput): void {
	recorder.record({
		roundNum,
		party: 'client',
		id: output.clientId,
		direction: 'up',
		kind: output.delta.length > 0 ? 'update' : 'report',
		numBytes: messageBytes(output)
	});
}

/** Nothing for a request that rode on the model's message. */
export function logSecureRequest(recorder: WireRecorder, request: SecureRequest): void {
	const numBytes = requestBytes(request);
	if (numBytes === 0) return;
	const { roundNum, clientId: id } = request;
	recorder.record({
		roundNum,
		party: 'client',
		id,
		direction: 'down',
		kind: 'keysAndShares',
		numBytes
	});
}

export function logSecureAnswer(recorder: WireRecorder, answer: ClientMessage): void {
	recorder.record({
		roundNum: answer.roundNum,
		party: 'client',
		id: answer.clientId,
		direction: 'up',
		kind: answer.kind === 'maskedInput' ? 'maskedUpdate' : 'keysAndShares',
		numBytes: secureMessageBytes(answer)
	});
}

/**
 * Each device is charged the model it needs, although the devices of one worker share a copy.
 * The students' digits are public and lie with the server: nothing crosses for them.
 */
export function logEvaluation(
	recorder: WireRecorder,
	{ roundNum, population, params }: EvaluationMessage,
	results: readonly EvaluationResult[]
): void {
	if (population === 'students') return;
	if (results.length === 0) return;
	const party = population === 'unseen' ? 'unseenWriter' : 'client';
	const ids = results.map(({ id }) => id);
	const base = { roundNum, party } as const;
	const model = messageBytes({ roundNum, id: 0, params });
	recorder.recordAll({ ...base, direction: 'down', kind: 'evaluationModel', numBytes: model }, ids);
	// Results are alike in all but their values.
	const numBytes = messageBytes(results[0]);
	recorder.recordAll({ ...base, direction: 'up', kind: 'evaluationResult', numBytes }, ids);
}
