/** How much of a window is not the stage's: what stands above it on the page, and below it caption and transport. */

/** Height of caption and transport, in rem; below a narrow stage their words take more lines. */
const DOCK_REM = 14.5;
const NARROW_DOCK_REM = 17.5;
const NARROW_REM = 36;

/** Tells the pixels at once, and again whenever the page has grown or shrunk. */
export function measureAround(ontell: (pixels: number) => void) {
	return (place: HTMLElement) => {
		const observer = new ResizeObserver(() => {
			const pixelsPerRem = parseFloat(getComputedStyle(document.documentElement).fontSize);
			const top = place.getBoundingClientRect().top + scrollY;
			const isNarrow = place.clientWidth < NARROW_REM * pixelsPerRem;
			const dock = isNarrow ? NARROW_DOCK_REM : DOCK_REM;
			ontell(Math.round(top + dock * pixelsPerRem));
		});
		observer.observe(document.body);
		return () => observer.disconnect();
	};
}
