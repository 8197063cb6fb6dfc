/** The parcels of a round: each is the update itself, as a picture, at the place where it is now. */
import type { ClientRound, Phase, RoundRecord, UpdateView } from '../roundRecord';
import {
	clientState,
	hasDropped,
	isUnderMasks,
	KEYS_SHARED,
	phaseIndex,
	trainingShare,
	wasReceived
} from './clientState';
import type { CohortPlaces } from './cohortPlaces';
import { between, crossingOf } from './geometry';
import { type Motion, staggered } from './motion';
import {
	maskedSide,
	type PictureBlend,
	type PictureSide,
	signedSide,
	stillPicture
} from './pictureBlend';
import { sumPlace, UPLOAD_SHARE } from './serverShape';
import type { Parcel } from './shapes';
import type { StageLayout } from './layout';

interface Moment {
	record: RoundRecord;
	layout: StageLayout;
	places: CohortPlaces;
	phase: Phase;
	progress: number;
	motion: Motion;
}

/** All parcels at this moment: models on their way down, updates beside their clients, on their way, or arriving. */
export function drawParcels(moment: Moment): Parcel[] {
	if (moment.phase === 'broadcast') return drawModels(moment);
	const senders = moment.record.clients.filter((client) => wasReceived(client, moment.record));
	return moment.record.clients.flatMap((client) => drawUpdate(moment, client, senders));
}

function drawModels(moment: Moment): Parcel[] {
	const { record, layout, places, progress, motion } = moment;
	const { before } = record.server;
	return record.clients.flatMap(({ id, trained }, index) => {
		const place = places.standing.get(id);
		const picture = before.find(({ subject }) => subject === trained?.picture.subject) ?? before[0];
		if (!place || !picture) return [];
		const { start, end } = staggered(index, record.clients.length, 0.65);
		const share = motion.along(progress, start, end);
		const goal = places.homes.get(id) ?? place;
		return [
			{
				clientId: id,
				...between(crossingOf(layout.server, goal), goal, share),
				edge: places.parcelEdge,
				opacity: Math.min(1, share * 8),
				picture: stillPicture(signedSide(picture)),
				isMasked: false
			}
		];
	});
}

function drawUpdate(
	moment: Moment,
	client: ClientRound,
	senders: readonly ClientRound[]
): Parcel[] {
	const { record, layout, places, phase, progress, motion } = moment;
	const now = phaseIndex(phase);
	const home = places.homes.get(client.id);
	const dock = places.docks.get(client.id);
	if (!home || !dock || now < phaseIndex('train') || now > phaseIndex('sum')) return [];
	const at = motion.progressOf(progress);
	if (hasDropped(client, phase, at) && !wasReceived(client, record)) return [];
	const picture = pictureAt(client, phase, at, motion, trainingShare(record, client, at));
	const presence = presenceAt(record, client, phase, progress, motion);
	if (!picture || presence <= 0) return [];
	const parcel: Parcel = {
		clientId: client.id,
		...home,
		edge: places.parcelEdge * clipShrink(client, phase, motion, progress),
		opacity: presence,
		picture,
		isMasked: clientState(record, client, phase, at) === 'masked'
	};
	if (now < phaseIndex('upload') || !wasReceived(client, record)) return [parcel];
	const index = senders.indexOf(client);
	if (phase === 'upload') {
		const { start, end } = staggered(index, senders.length, UPLOAD_SHARE);
		return [{ ...parcel, ...between(home, dock, motion.along(progress, start, end)) }];
	}
	const arrival = (index + 1) / (senders.length + 0.5);
	const share = motion.along(progress, arrival - 0.12, arrival);
	const goal = sumPlace(layout.server);
	// It fades into the sum, so that it hides no words on its way.
	const opacity = 1 - 0.8 * share ** 2;
	return share >= 1 ? [] : [{ ...parcel, ...between(dock, goal, share), opacity }];
}

/**
 * How much of an update is to be seen while it lies with its client. One that never gets masks goes out before they are
 * put on: its client falls silent then, and past the masks nothing readable is on its way.
 */
function presenceAt(
	record: RoundRecord,
	client: ClientRound,
	phase: Phase,
	progress: number,
	motion: Motion
): number {
	if (phase === 'train') {
		return Math.min(1, 2 * trainingShare(record, client, motion.progressOf(progress)));
	}
	const isGoing = isUnderMasks(record) && !client.masked && !wasReceived(client, record);
	if (!isGoing || phaseIndex(phase) < phaseIndex('mask')) return 1;
	return phase === 'mask' ? 1 - motion.along(progress, KEYS_SHARED / 2, KEYS_SHARED) : 0;
}

/** How far the masks are on. */
function masksOn(motion: Motion, progress: number): number {
	return motion.along(progress, KEYS_SHARED, 0.95);
}

/** The update as it is at this moment of its way: trained, clipped, with noise, under masks. */
function pictureAt(
	client: ClientRound,
	phase: Phase,
	progress: number,
	motion: Motion,
	share: number
): PictureBlend | null {
	const { trained, clipped, noised, masked } = client;
	if (!trained) return null;
	const reference = trained.picture.scale;
	const own = signedSide(trained.picture);
	if (phase === 'train') {
		return { from: { ...own, reference: Infinity }, to: own, mix: share, way: 'fade' };
	}
	const short = clipped && signedSide(clipped.picture, reference);
	const loud = noised && signedSide(noised.picture, Math.max(reference, noised.picture.scale));
	if (phase === 'clip') return clipBlend(own, short, loud, motion, progress);
	const settled = loud ?? short ?? own;
	if (!masked) return stillPicture(settled);
	const mix = phase === 'mask' ? masksOn(motion, progress) : 1;
	return { from: settled, to: maskedSide(masked.picture), mix, way: 'grains' };
}

/** First the clip, then the noise. */
function clipBlend(
	own: PictureSide,
	short: PictureSide | null,
	loud: PictureSide | null,
	motion: Motion,
	progress: number
): PictureBlend {
	const clipMix = motion.along(progress, 0.1, 0.5);
	if (short && clipMix < 1) return { from: own, to: short, mix: clipMix, way: 'fade' };
	const from = short ?? own;
	if (!loud) return stillPicture(from);
	return { from, to: loud, mix: motion.along(progress, 0.5, 1), way: 'grains' };
}

/** A clipped update is drawn as much smaller as its norm has become, within what can still be seen. */
function clipShrink(client: ClientRound, phase: Phase, motion: Motion, progress: number): number {
	const ratio = normRatio(client.trained, client.clipped);
	const now = phaseIndex(phase);
	const share = phase === 'clip' ? motion.along(progress, 0.1, 0.5) : Number(now > 3);
	// From the masks on all updates are alike: integers of one size.
	if (client.masked && now > 3) return 1;
	return 1 + (Math.max(0.55, ratio) - 1) * share;
}

function normRatio(before: UpdateView | null, after: UpdateView | null): number {
	if (!before?.norm || after?.norm === null || after?.norm === undefined) return 1;
	return Math.min(1, after.norm / before.norm);
}
