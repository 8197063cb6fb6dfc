/** The theme's colours as a canvas needs them: resolved, and again whenever the theme changes. */
import { createSubscriber } from 'svelte/reactivity';
import type { NumberColours } from '../../scene/stage/pictureBlend';

const names = [
	'paper',
	'card',
	'well',
	'hairline',
	'ink',
	'ink-soft',
	'rest',
	'rest-ink',
	'edge',
	'on-ink',
	'server',
	'server-wash',
	'learning',
	'mask',
	'noise'
] as const;
export type ColourName = (typeof names)[number];

export interface StageColours extends Readonly<Record<ColourName, string>> {
	/** Changes with the colours; for whoever keeps something painted. */
	readonly key: string;
	/** What numbers are painted with. */
	readonly numbers: NumberColours;
}

/** Follows the theme of the document. Read `current` within an effect or a derivation. */
export class ThemeColours {
	#colours: StageColours | null = null;
	readonly #subscribe = createSubscriber((update) => {
		const forget = () => {
			this.#colours = null;
			update();
		};
		const observer = new MutationObserver(forget);
		observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'class'] });
		const query = matchMedia('(prefers-color-scheme: dark)');
		query.addEventListener('change', forget);
		return () => {
			observer.disconnect();
			query.removeEventListener('change', forget);
		};
	});

	get current(): StageColours {
		this.#subscribe();
		this.#colours ??= readColours(document.body);
		return this.#colours;
	}
}

/** Tokens may be functions of the theme; a computed `color` is always a plain colour. */
function readColours(host: HTMLElement): StageColours {
	const probe = document.createElement('span');
	host.append(probe);
	const colours = Object.fromEntries(
		names.map((name) => {
			probe.style.color = `var(--${name})`;
			return [name, getComputedStyle(probe).color];
		})
	) as Record<ColourName, string>;
	probe.remove();
	return {
		...colours,
		key: names.map((name) => colours[name]).join(),
		numbers: {
			zero: channelsOf(colours.card),
			plus: channelsOf(colours.mask),
			minus: channelsOf(colours.server),
			grain: channelsOf(colours.ink)
		}
	};
}

function channelsOf(colour: string): [number, number, number] {
	const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
	return [red, green, blue];
}
