/**
 * The clients' side of secure aggregation in one host: keeps each client's encoded update and protocol state from
 * stage to stage of a round, and answers the server's requests. A host that has lost them answers nothing: its
 * clients have dropped out.
 */
import type { AgreeAll } from '../masking/keyAgreement';
import type { ClientMessage, ServerMessage } from '../masking/messages';
import type { MaskingPurpose, RandomBytes } from '../masking/randomBytes';
import {
	advertiseKeys,
	maskInput,
	revealShares,
	shareKeys,
	type ClientState
} from '../masking/secureClient';
import { createSharedAgreements } from '../masking/sharedAgreements';

/** Opens the protocol: the first request to each client that has trained. */
export interface Invitation {
	kind: 'invitation';
	roundNum: number;
	clientId: number;
}

export type SecureRequest = Invitation | ServerMessage;

export interface SecureParticipant {
	/** Keeps a client's input, integers modulo 2^32, until it is masked. */
	hold(roundNum: number, clientId: number, input: Uint32Array): void;
	/** The client's answer, or null where it has nothing to answer with. */
	answer(request: SecureRequest): ClientMessage | null;
}

interface Session {
	roundNum: number;
	/** Null once it is masked: afterwards nobody can read it here either. */
	input: Uint32Array | null;
	state: ClientState | null;
}

/** `onMask` hears with which secret a client masks for which peer, in observed runs. */
export function createSecureParticipant(
	randomBytesFor: (roundNum: number, clientId: number, purpose: MaskingPurpose) => RandomBytes,
	onMask?: (clientId: number, peerId: number, maskSecret: Uint8Array) => void
): SecureParticipant {
	const sessions = new Map<number, Session>();
	let agreements: { roundNum: number; agreeAll: AgreeAll } | null = null;

	/** The clients of this host share the work of a round's agreements. */
	function agreementsOf(roundNum: number): AgreeAll {
		if (agreements?.roundNum !== roundNum)
			agreements = { roundNum, agreeAll: createSharedAgreements() };
		return agreements.agreeAll;
	}

	function answerWith(
		session: Session,
		request: SecureRequest
	): [ClientState, ClientMessage] | null {
		const { roundNum, clientId } = request;
		const { state, input } = session;
		switch (request.kind) {
			case 'invitation':
				return advertiseKeys({ roundNum, clientId }, randomBytesFor(roundNum, clientId, 'keys'));
			case 'keyList':
				if (state?.stage !== 'advertiseKeys') return null;
				return shareKeys(
					state,
					request,
					randomBytesFor(roundNum, clientId, 'shares'),
					agreementsOf(roundNum)
				);
			case 'shareInbox':
				if (state?.stage !== 'shareKeys' || !input) return null;
				session.input = null;
				return maskInput(state, request, input, agreementsOf(roundNum), (peerId, maskSecret) =>
					onMask?.(clientId, peerId, maskSecret)
				);
			case 'unmaskingRequest':
				if (state?.stage !== 'maskedInput') return null;
				return revealShares(state, request);
		}
	}

	return {
		hold: (roundNum, clientId, input) =>
			void sessions.set(clientId, { roundNum, input, state: null }),
		answer(request) {
			const session = sessions.get(request.clientId);
			if (!session || session.roundNum !== request.roundNum) return null;
			const answered = answerWith(session, request);
			if (!answered) return null;
			const [next, message] = answered;
			if (next.stage === 'unmask') sessions.delete(request.clientId);
			else session.state = next;
			return message;
		}
	};
}
