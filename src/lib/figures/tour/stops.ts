/** The stops of the tour: where to look, and what is there, in two sentences at most. */

export interface TourStop {
	/** Names the element: `data-tour` of it. */
	target: string;
	title: string;
	text: string;
	/** One more sentence, for readers with keys. */
	keys?: string;
}

export const stops: readonly TourStop[] = [
	{
		target: 'stage',
		title: 'A federation of real hands',
		text: 'Every circle is a writer with digits of their own, which never leave it. The server only ever gets what they learned.'
	},
	{
		target: 'transport',
		title: 'Start, and take it apart',
		text: 'Watch a round phase by phase, forward and back, or let it run as fast as it trains.',
		keys: 'Press ? for the keys.'
	},
	{
		target: 'settings',
		title: 'Turn the knobs',
		text: 'Open them: who holds what, how they train, how it is protected. With Live on, every knob redraws the learning curve.'
	},
	{
		target: 'presets',
		title: 'Six federations worth a look',
		text: 'Two digits per client, phones that drop out, noise that hurts: each with a sentence on what to look for.'
	},
	{
		target: 'accuracy',
		title: 'Compare',
		text: 'The shared model beside all data in one place and each writer alone. Pin a run, change a knob, and lay the next one over it.'
	},
	{
		target: 'everyone',
		title: 'Is it good for everyone?',
		text: 'One dot a writer, the worst tenth marked. Press a dot, or a circle on the stage, to meet its hand.'
	}
];
