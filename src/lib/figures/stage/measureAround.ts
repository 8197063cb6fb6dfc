/** How much of a window is not the stage's: what stands above it on the page, and below it caption and transport. */

/** Height of caption and transport, in rem. */
const DOCK_REM = 15.75;

/** Tells the pixels at once, and again whenever the page has grown or shrunk. */
export function measureAround(ontell: (pixels: number) => void) {
	return (place: HTMLElement) => {
		const observer = new ResizeObserver(() => {
			const pixelsPerRem = parseFloat(getComputedStyle(document.documentElement).fontSize);
			const top = place.getBoundingClientRect().top + scrollY;
			ontell(Math.round(top + DOCK_REM * pixelsPerRem));
		});
		observer.observe(document.body);
		return () => observer.disconnect();
	};
}
