/** How much of a window is not the stage's: what stands above it on the page, and below it caption and transport. */

/** Height of caption and transport by the width of the stage, in rem: its words take more lines on a narrow one. */
const docks = [
	{ fromRem: 63, heightRem: 14.5 },
	{ fromRem: 51.5, heightRem: 15.8 },
	{ fromRem: 36, heightRem: 16.6 },
	{ fromRem: 0, heightRem: 18.4 }
];

/** Tells the pixels at once, and again whenever the page has grown or shrunk. */
export function measureAround(ontell: (pixels: number) => void) {
	return (place: HTMLElement) => {
		const observer = new ResizeObserver(() => {
			const pixelsPerRem = parseFloat(getComputedStyle(document.documentElement).fontSize);
			const top = place.getBoundingClientRect().top + scrollY;
			const width = place.clientWidth / pixelsPerRem;
			const { heightRem } = docks.find(({ fromRem }) => width >= fromRem) ?? docks[0];
			ontell(Math.round(top + heightRem * pixelsPerRem));
		});
		observer.observe(document.body);
		return () => observer.disconnect();
	};
}
