/**
 * How much of a window is not the stage's: what stands above it on the page, and below it the key of its colours, the
 * caption, and the transport with its notices.
 */

/** Height of caption and transport by the width of the stage, in rem: their words take more lines on a narrow one. */
const docks = [
	{ fromRem: 63, heightRem: 14.5 },
	{ fromRem: 51.5, heightRem: 15.8 },
	{ fromRem: 36, heightRem: 17.6 },
	{ fromRem: 0, heightRem: 18.4 }
];

/** What comes and goes below the stage, or takes more lines in one run than in another. */
const changing = '[data-part="key"], [data-part="notices"]';
/** Pixels between one part and the next. */
const gap = 8;

/** Tells the pixels at once, and again whenever the page has grown or shrunk. */
export function measureAround(ontell: (pixels: number) => void) {
	return (place: HTMLElement) => {
		const parts = [...(place.closest('section')?.querySelectorAll<HTMLElement>(changing) ?? [])];
		const observer = new ResizeObserver(() => {
			const pixelsPerRem = parseFloat(getComputedStyle(document.documentElement).fontSize);
			const top = place.getBoundingClientRect().top + scrollY;
			const width = place.clientWidth / pixelsPerRem;
			const { heightRem } = docks.find(({ fromRem }) => width >= fromRem) ?? docks[0];
			const changingHeight = parts
				.filter((part) => part.offsetHeight > 0 && getComputedStyle(part).order === '0')
				.reduce((sum, part) => sum + part.offsetHeight + gap, 0);
			ontell(Math.round(top + heightRem * pixelsPerRem + changingHeight));
		});
		for (const part of [document.body, ...parts]) observer.observe(part);
		return () => observer.disconnect();
	};
}
