/** How the page scrolls to something: at once where the reader wants no motion. Asked anew each time. */
export function scrollBehaviour(): ScrollBehavior {
	return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
}
