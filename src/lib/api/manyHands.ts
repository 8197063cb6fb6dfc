/** The public API: everything that code of a learner has at hand, in cells, in the terminal and in tests. */
import { createDataApi, type DataApi } from './writers';
import { createDisplayApi, type DisplayApi } from './display';
import { createFederationApi, type FederationApi } from './federation';
import { createLearningApi, type LearningApi } from './learning';
import { createMeasuringApi, type MeasuringApi } from './measuring';
import { createModelApi, type ModelApi } from './models';
import { createPrivacyApi, type PrivacyApi } from './privacy';
import type { World } from './world';

export type ManyHands = DataApi &
	ModelApi &
	LearningApi &
	MeasuringApi &
	PrivacyApi &
	FederationApi &
	DisplayApi;

/** All functions, bound to the place where they run. They need no `this`, so each can be taken by itself. */
export function createManyHands(world: World): ManyHands {
	return {
		...createDataApi(world),
		...createModelApi(world),
		...createLearningApi(world),
		...createMeasuringApi(world),
		...createPrivacyApi(),
		...createFederationApi(world),
		...createDisplayApi(world)
	};
}
