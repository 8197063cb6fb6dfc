/**
 * The playground's federation, kept while the reader visits other pages of the site: its run goes on, and the
 * page finds it again. It ends with the document.
 */
import { sameSettings } from '../federated/config';
import { createPlaygroundFederation, type PlaygroundFederation } from './browserFederation';
import type { LinkState } from './link';
import type { Simulation } from './Simulation.svelte';

let kept: PlaygroundFederation | null = null;

/**
 * The federation of this document; made at the first visit. For browsers only: a build shares its modules. What it
 * derives outlives the page that asks first: as a part of that page it would stand still from its end on.
 */
export function keptFederation(base: string): PlaygroundFederation {
	if (!kept) $effect.root(() => void (kept = createPlaygroundFederation(base)));
	return kept!;
}

/**
 * Gives a simulation the settings of a link. A run with other settings ends; one with the same ones goes on.
 * True where a run that the link asks for has to be started.
 */
export function followLink(simulation: Simulation, link: LinkState): boolean {
	if (!sameSettings(simulation.config, link.config)) {
		simulation.reset();
		simulation.config = link.config;
	}
	return link.isAutorun && simulation.status === 'ready';
}
